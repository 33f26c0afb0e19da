"""Slots of a service: when it is offered, worked out of a weekly pattern and the hours of its centre."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from huying.kernel.saying import said
from huying.services.rules.hours import Exceptional, Week, today_of
from huying.worktime import Calendar

MOST_DAYS: Final = 62
MOST_CAPACITY: Final = 500
MOST_OPEN: Final = 5
_SHORTEST, _LONGEST = 5, 12 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class NewService:
    """What a centre offers. ``minutes``: how long one slot is; ``notice`` hours ahead it must be asked for;
    ``confirms``: the centre arranges each one, else a place taken is a place kept; ``at_home``: somebody comes."""

    name: str
    words: str = ""
    category: str = ""
    minutes: int = 60
    notice: int = 2
    confirms: bool = True
    at_home: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """Slots of the days from ``first`` to ``last``: on these weekdays (Monday 0), at these times, for so many people."""

    first: date
    last: date
    weekdays: frozenset[int]
    times: tuple[time, ...]
    capacity: int


def wrong_in_service(new: NewService) -> dict[str, str]:
    """Field to what is wrong with it."""
    wrong: dict[str, str] = {}
    if not 0 < len(new.name.strip()) <= 40:
        wrong["name"] = said("请填写服务名称，最多 40 字。")
    if len(new.words.strip()) > 500:
        wrong["words"] = said("说明最多 %(most)s 字。", most=500)
    if len(new.category.strip()) > 12:
        wrong["category"] = said("类别最多 %(most)s 字。", most=12)
    if not _SHORTEST <= new.minutes <= _LONGEST:
        wrong["minutes"] = said("每次 5 分钟到 12 小时。")
    if not 0 <= new.notice <= 240:
        wrong["notice"] = said("提前 0 到 240 小时。")
    return wrong


def wrong_in_pattern(pattern: Pattern, today: date) -> dict[str, str]:
    """Field to what is wrong with it."""
    wrong: dict[str, str] = {}
    if pattern.first < today:
        wrong["first"] = said("不能从过去的日子开始。")
    if not timedelta(0) <= pattern.last - pattern.first < timedelta(days=MOST_DAYS):
        wrong["last"] = said("一次最多排 %(most)s 天。", most=MOST_DAYS)
    if not pattern.weekdays:
        wrong["weekdays"] = said("请选星期几。")
    if not 0 < len(pattern.times) <= 24:
        wrong["times"] = said("请写开始时间，如 09:00 10:00，最多 24 个。")
    if not 1 <= pattern.capacity <= MOST_CAPACITY:
        wrong["capacity"] = said("每个时段 1 到 %(most)s 人。", most=MOST_CAPACITY)
    return wrong


def times_of(
    pattern: Pattern,
    minutes: int,
    week: Week | None,
    exceptions: Sequence[Exceptional],
    calendar: Calendar,
) -> Iterator[datetime]:
    """When the slots of a pattern begin (aware). Where the hours are known, none lies outside them: on a holiday on
    which the centre is closed there is none, on a Saturday that is worked instead there is."""
    for step in range((pattern.last - pattern.first).days + 1):
        day = pattern.first + timedelta(days=step)
        if not _wanted(day, pattern.weekdays, calendar):
            continue
        spans = today_of(week, exceptions, calendar, day)[0]
        for at in sorted(set(pattern.times)):
            begins = 60 * at.hour + at.minute
            fits = any(since <= begins and begins + minutes <= until for since, until in spans)
            if fits or (week is None and not _excepted(day, exceptions)):
                yield datetime.combine(day, at, calendar.zone)


def _wanted(day: date, weekdays: Collection[int], calendar: Calendar) -> bool:
    """Its weekday is asked for; a weekend day that is worked instead counts as any working day does."""
    made_up = day.weekday() >= 5 and calendar.is_working(day)
    return day.weekday() in weekdays or (made_up and bool(set(weekdays) & set(range(5))))


def _excepted(day: date, exceptions: Sequence[Exceptional]) -> bool:
    return any(one.first <= day <= one.last for one in exceptions)
