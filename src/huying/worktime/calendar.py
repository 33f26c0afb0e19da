"""A district's working calendar: zone, working sessions, holidays and make-up workdays.

A day works if it is a make-up workday 调休上班, or if it is no holiday and no weekend day. The working time
of a working day is its sessions; an end at 00:00 is midnight at the day's end.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.worktime.table import EMPTY, EPOCH, Session, Table, closing_minutes, minutes

_YEARS: Final = range(1970, 2200)

USUAL_SESSIONS: Final[tuple[Session, ...]] = ((time(8), time(12)), (time(14), time(18)))


class DayKind(StrEnum):
    """Why a day differs from what its weekday says."""

    HOLIDAY = "holiday"  # 法定节假日
    MAKE_UP = "make_up"  # 调休上班


class Day(NamedTuple):
    """One day of the calendar that differs; ``name`` is the festival's, ``name_en`` the same in English."""

    kind: DayKind
    name: str
    name_en: str = ""


class Calendar:
    """When a district works. Immutable; its table of sessions grows by years as they are asked for.

    ``zone`` is an IANA zone. ``sessions`` are (from, to) in local time to the minute, in order and apart.
    ``days`` are the days that differ. ``covers`` is the (first, last) date for which ``days`` is complete:
    outside it the weekday decides, and explanations say so. ``provisional`` names covered years whose make-up
    days are not yet published. ``weekend`` holds the weekdays off, Monday being 0.

    Raises:
        Invalid: an unknown zone, no session, sessions out of order or finer than a minute, or no working
            weekday.
    """

    __slots__ = ("_table", "covers", "days", "nominal_day", "provisional", "sessions", "weekend", "zone")

    def __init__(
        self,
        zone: str = "Asia/Shanghai",
        sessions: Sequence[Session] = USUAL_SESSIONS,
        days: Mapping[date, Day] | None = None,
        covers: tuple[date, date] | None = None,
        provisional: Iterable[int] = (),
        weekend: Iterable[int] = (5, 6),
    ) -> None:
        self.zone: Final = _zone(zone)
        self.sessions: Final = _checked(sessions)
        self.days: Final = dict(days or {})
        self.covers: Final = covers
        self.provisional: Final = frozenset(provisional)
        self.weekend: Final = frozenset(weekend)
        if self.weekend >= set(range(7)):
            raise Invalid("工作日历里一周至少要有一天上班。")
        #: Working microseconds that one 工作日 is worth: a full working day by the wall clock.
        self.nominal_day: Final = 60_000_000 * sum(
            closing_minutes(end) - minutes(start) for start, end in self.sessions
        )
        self._table = EMPTY

    def is_working(self, day: date) -> bool:
        """Whether ``day`` is a working day here."""
        special = self.days.get(day)
        if special is not None:
            return special.kind is DayKind.MAKE_UP
        return day.weekday() not in self.weekend

    def is_published(self, day: date) -> bool:
        """Whether the year's arrangement was known for ``day``; otherwise its weekday decided."""
        return self.covers is not None and self.covers[0] <= day <= self.covers[1]

    def local_day(self, at: datetime) -> date:
        """The date on the district's wall at the moment ``at``."""
        return at.astimezone(self.zone).date()

    def is_open(self, at: datetime) -> bool:
        """Whether the district works at the moment ``at`` (aware)."""
        local = at.astimezone(self.zone)
        mark = local.hour * 60 + local.minute
        within = any(minutes(start) <= mark < closing_minutes(end) for start, end in self.sessions)
        return within and self.is_working(local.date())

    def work_between(self, start: int, end: int) -> int:
        """Working microseconds from ``start`` to ``end`` (moments in microseconds, ``start`` ≤ ``end``)."""
        table = self._table
        if start < table.low or end >= table.high:
            table = self._grown(start, end)
        return table.done(end) - table.done(start)

    def work_reached(self, start: int, amount: int) -> int:
        """The first moment at which ``amount`` > 0 working microseconds have passed since ``start``.

        Raises:
            Invalid: that moment lies outside the years 1970 to 2199.
        """
        table = self._table
        if not table.low <= start < table.high:
            table = self._grown(start, start)
        target = table.done(start) + amount
        while target > table.total:
            table = self._grown(start, table.high)
            target = table.done(start) + amount
        return table.moment(target)

    def _grown(self, start: int, end: int) -> Table:
        """A table that also holds the years of the moments ``start`` and ``end``, kept for the next question.

        It is built aside and put in place by one assignment, so that threads see the old one or the new one.
        """
        years = [self._year(start), self._year(end)]
        old = self._table
        if old.sessions:
            years += [old.first, old.last]
        first, last = min(years), max(years)
        if first not in _YEARS or last not in _YEARS:
            raise Invalid("时间超出工作日历的范围（1970 年至 2199 年）。")
        self._table = Table(first, last, self._working_days(first, last), self.sessions, self.zone)
        return self._table

    def _year(self, micros: int) -> int:
        try:
            return (EPOCH + timedelta(microseconds=micros)).astimezone(self.zone).year
        except OverflowError:
            raise Invalid("时间超出工作日历的范围（1970 年至 2199 年）。") from None

    def _working_days(self, first: int, last: int) -> Iterator[date]:
        day, end = date(first, 1, 1), date(last, 12, 31)
        while day <= end:
            if self.is_working(day):
                yield day
            day += timedelta(days=1)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid(said("没有这个时区：%(name)s", name=name)) from None


def _checked(sessions: Sequence[Session]) -> tuple[Session, ...]:
    marks = [mark for session in sessions for mark in (minutes(session[0]), closing_minutes(session[1]))]
    if not marks or any(later <= earlier for earlier, later in pairwise(marks)):
        # Two sessions that touch are one session.
        raise Invalid("作息时段应按先后排列、互不相连，每段先上班后下班。")
    if any(mark.second or mark.microsecond or mark.tzinfo for session in sessions for mark in session):
        raise Invalid("作息时段精确到分钟，不带时区。")
    return tuple(sessions)
