"""Setting a district's own limits, ladders, working hours and special days: the only writers.

Clocks that already run keep what they started with; what is set holds for those that start from then on.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from django.db import transaction
from django.utils.timezone import localdate, make_aware

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.cases.clocks import DEFAULT_LIMITS, WITH_LAST_RESORT, RungAction, RungRule
from huying.cases.lifecycle import ClockKind
from huying.cases.models import ClockLimit, Rung, SpecialDay, WorkingHours
from huying.cases.queries.desks.settings import OWN_LIMITS, limit_at, sessions_at
from huying.cases.queries.settings.calendars import WHOLE_YEAR
from huying.cases.queries.settings.timing import forget_timing, timing_of
from huying.kernel.errors import Denied, Invalid
from huying.kernel.saying import said
from huying.worktime import DayKind, Limit

_MOST_RUNGS: Final = 6
_KINDS: Final = {DayKind.HOLIDAY: "放假", DayKind.MAKE_UP: "上班"}


@transaction.atomic
def set_limit(by: Actor, kind: ClockKind, limit: Limit, now: datetime, since: date | None = None) -> None:
    """Let a step of the centre take this long from ``now``, or from the start of a later day, on.

    Raises Denied; Invalid where the list speaks, or for a day that has passed.
    """
    _must_set(by)
    if kind not in OWN_LIMITS:
        raise Invalid("这个时限由职责清单决定。", fields={"kind": "由职责清单决定。"})
    at = _start(since, now)
    before = limit_at(by.district, kind, at) or DEFAULT_LIMITS[kind]
    ClockLimit.objects.update_or_create(
        district=by.district, kind=kind.value, valid_from=at,
        defaults={"amount": limit.amount, "unit": limit.unit.value},
    )  # fmt: skip
    _tell(by, Subject.LIMIT, kind.value, kind.zh, {"时限": before.zh}, {"时限": limit.zh}, now, at)
    _renew()


@transaction.atomic
def set_ladder(by: Actor, kind: ClockKind, rungs: Sequence[RungRule], now: datetime) -> None:
    """Let these be the rungs of a clock, in rising order; none: the platform's own.

    Two rungs may be reached at the same moment where they do different things. Raises Denied, Invalid.
    """
    _must_set(by)
    shares = [rung.share for rung in rungs]
    if (
        len(rungs) > _MOST_RUNGS
        or shares != sorted(shares)
        or len({(rung.share, rung.action) for rung in rungs}) < len(rungs)
        or any(not 0 < share <= 10 or share != round(share, 2) for share in shares)
    ):
        raise Invalid("阶梯要从低到高，最多 6 级，每级是时限的 1% 到 1000%，不带小数。")
    if kind not in WITH_LAST_RESORT and any(rung.action is RungAction.FALLBACK for rung in rungs):
        raise Invalid("只有呼叫应答和裁定可以兜底。")
    if kind.to_a_date and rungs and shares[-1] != 1:
        raise Invalid("到日子的时限，最后一级须在 100%。")
    before = _ladder_words(timing_of(by.district).ladders[kind])
    Rung.objects.filter(district=by.district, kind=kind.value).delete()
    Rung.objects.bulk_create(
        Rung(district=by.district, kind=kind.value, number=number, action=rung.action.value, share=rung.share)
        for number, rung in enumerate(rungs, 1)
    )
    after = _ladder_words(rungs) or "平台默认"
    _tell(by, Subject.LADDER, kind.value, kind.zh, {"阶梯": before}, {"阶梯": after}, now)
    _renew()


@transaction.atomic
def set_hours(by: Actor, sessions: Sequence[tuple[str, str]], since: date, zone: str, now: datetime) -> None:
    """Let offices work in these sessions (HH:MM pairs) from a day on, which may lie ahead.

    Raises Denied, Invalid.
    """
    _must_set(by)
    checked = _checked(sessions)
    before = sessions_at(by.district, since)
    WorkingHours.objects.update_or_create(
        district=by.district, valid_from=since, defaults={"zone": zone, "sessions": checked}
    )
    told = {"时段": _session_words(before)}, {"时段": _session_words([(one[0], one[1]) for one in checked])}
    _tell(by, Subject.HOURS, "hours", "上下班时间", *told, now, make_aware(datetime.combine(since, time())))
    _renew()


@transaction.atomic
def set_day(
    by: Actor,
    day: date,
    kind: DayKind,
    name: str,
    now: datetime,
    source: str = "",
    *,
    until: date | None = None,
) -> int:
    """Make a day, or every day until another, a working day or a day off, over the statutory calendar; how many.

    Raises Denied, Invalid (fields named).
    """
    _must_set(by)
    if not name.strip():
        raise Invalid("请写明是什么日子。", fields={"name": "请写明是什么日子。"})
    last = until or day
    if not 0 <= (last - day).days <= 31:
        raise Invalid(
            "最后一天要在第一天之后，一次最多 31 天。", fields={"until": "最后一天要在第一天之后。"}
        )
    held = SpecialDay.objects.filter(district=by.district, day__range=(day, last))
    before = {row.day: {"算": _KINDS[DayKind(row.kind)], "名称": row.name} for row in held}
    days = [date.fromordinal(number) for number in range(day.toordinal(), last.toordinal() + 1)]
    for one in days:
        SpecialDay.objects.update_or_create(
            district=by.district, day=one,
            defaults={"kind": kind.value, "name": name.strip()[:40], "source": source.strip()[:120]},
        )  # fmt: skip
        after = {"算": _KINDS[kind], "名称": name.strip()[:40]}
        _tell(by, Subject.DAY, one.isoformat(), one.isoformat(), before.get(one, {}), after, now)
    _renew()
    return len(days)


@transaction.atomic
def set_year(by: Actor, year: int, rows: Sequence[tuple[date, DayKind, str]], now: datetime) -> int:
    """Enter a whole year's notice: these days off and make-up workdays, instead of what was entered of it before.

    From then on the year counts as known. Returns how many days. Raises Denied, Invalid.
    """
    _must_set(by)
    if not any(kind is DayKind.HOLIDAY for _, kind, _ in rows) or any(day.year != year for day, _, _ in rows):
        raise Invalid(
            said("至少写一个放假的日子，而且都要在 %(year)s 年。", year=str(year)),
            fields={"notice": said("至少写一个放假的日子，而且都要在 %(year)s 年。", year=str(year))},
        )
    told_twice = next((day for day, times in Counter(day for day, _, _ in rows).items() if times > 1), None)
    if told_twice is not None:
        wrong = said("%(day)s 写了不止一次。", day=told_twice.isoformat())
        raise Invalid(wrong, fields={"notice": wrong})
    held = SpecialDay.objects.filter(district=by.district, day__year=year, source=WHOLE_YEAR)
    before = _year_words([(row.day, DayKind(row.kind), row.name) for row in held.order_by("day")])
    held.delete()
    for day, kind, name in rows:
        SpecialDay.objects.update_or_create(
            district=by.district, day=day,
            defaults={"kind": kind.value, "name": name[:40], "source": WHOLE_YEAR},
        )  # fmt: skip
    told = {"整年": before}, {"整年": _year_words(rows)}
    _tell(by, Subject.DAY, str(year), str(year), *told, now)
    _renew()
    return len(rows)


@transaction.atomic
def drop_day(by: Actor, day: date, now: datetime) -> None:
    """Leave a day to the statutory calendar again. Raises Denied."""
    _must_set(by)
    row = SpecialDay.objects.filter(district=by.district, day=day).first()
    if row is None:
        return
    before = {"算": _KINDS[DayKind(row.kind)], "名称": row.name}
    row.delete()
    note_change(by, NewChange(Subject.DAY, day.isoformat(), day.isoformat(), Deed.DELETE, before), now)
    _renew()


def _tell(
    by: Actor, subject: Subject, about: str, name: str, before: dict[str, str], after: dict[str, str],
    now: datetime, holds_from: datetime | None = None,
) -> None:  # fmt: skip
    change = NewChange(subject, about, name, Deed.CHANGE, before, after, holds_from)
    note_change(by, change, now)


def _start(since: date | None, now: datetime) -> datetime:
    if since is None or since == localdate(now):
        return now
    if since < localdate(now):
        raise Invalid("不能从已经过去的日子起。", fields={"since": "不能从已经过去的日子起。"})
    return make_aware(datetime.combine(since, time()))


def _year_words(rows: Sequence[tuple[date, DayKind, str]]) -> str:
    return "，".join(f"{day:%m-%d} {name}{_KINDS[kind]}" for day, kind, name in rows)


def _ladder_words(rungs: Sequence[RungRule]) -> str:
    return "，".join(f"{(rung.share * 100).normalize():f}% {rung.action.zh}" for rung in rungs)


def _session_words(sessions: Sequence[tuple[str, str]]) -> str:
    return "，".join(f"{start}-{end}" for start, end in sessions)


def _checked(sessions: Sequence[tuple[str, str]]) -> list[list[str]]:
    wrong = Invalid(
        "上下班时间要写成 08:00-12:00 这样，前后不能重叠。", fields={"sessions": "看不懂这个时间。"}
    )
    try:
        times = [(time.fromisoformat(start), time.fromisoformat(end)) for start, end in sessions]
    except ValueError:
        raise wrong from None
    flat = [one for pair in times for one in pair]
    # Kept to the minute and without a zone: what is finer would be kept as another time than was checked.
    if any(one.second or one.microsecond or one.tzinfo for one in flat):
        raise wrong
    if not flat or flat != sorted(set(flat)):
        raise wrong
    return [[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in times]


def _must_set(by: Actor) -> None:
    if not by.may_everywhere(Permission.CATALOGUE_EDIT):
        raise Denied


def _renew() -> None:
    forget_timing()
    transaction.on_commit(forget_timing)
