"""Setting a district's own limits, ladders, working hours and special days: the only writers.

Clocks that already run keep what they started with; what is set holds for those that start from then on.
"""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.clocks import RungRule
from huying.cases.lifecycle import ClockKind
from huying.cases.models import ClockLimit, Rung, SpecialDay, WorkingHours
from huying.cases.queries.desks.settings import OWN_LIMITS
from huying.cases.queries.timing import forget_timing
from huying.kernel.errors import Denied, Invalid
from huying.worktime import DayKind, Limit

_MOST_RUNGS = 6


def set_limit(by: Actor, kind: ClockKind, limit: Limit, now: datetime) -> None:
    """Let a step of the centre take this long from ``now`` on. Raises Denied; Invalid where the list speaks."""
    _must_set(by)
    if kind not in OWN_LIMITS:
        raise Invalid("这个时限由职责清单决定。", fields={"kind": "由职责清单决定。"})
    ClockLimit.objects.update_or_create(
        district=by.district, kind=kind.value, valid_from=now,
        defaults={"amount": limit.amount, "unit": limit.unit.value},
    )  # fmt: skip
    _renew()


@transaction.atomic
def set_ladder(by: Actor, kind: ClockKind, rungs: Sequence[RungRule]) -> None:
    """Let these be the rungs of a clock, in rising order; none: the platform's own. Raises Denied, Invalid."""
    _must_set(by)
    shares = [rung.share for rung in rungs]
    if (
        len(rungs) > _MOST_RUNGS
        or shares != sorted(set(shares))
        or any(not 0 < share <= 10 for share in shares)
    ):
        raise Invalid("阶梯要从低到高，最多 6 级，每级在时限的 1% 到 1000% 之间。")
    Rung.objects.filter(district=by.district, kind=kind.value).delete()
    Rung.objects.bulk_create(
        Rung(district=by.district, kind=kind.value, number=number, action=rung.action.value, share=rung.share)
        for number, rung in enumerate(rungs, 1)
    )
    _renew()


def set_hours(by: Actor, sessions: Sequence[tuple[str, str]], since: date, zone: str) -> None:
    """Let offices work in these sessions (HH:MM pairs) from a day on. Raises Denied, Invalid."""
    _must_set(by)
    WorkingHours.objects.update_or_create(
        district=by.district, valid_from=since, defaults={"zone": zone, "sessions": _checked(sessions)}
    )
    _renew()


def set_day(by: Actor, day: date, kind: DayKind, name: str, source: str = "") -> None:
    """Make one day a working day or a day off, over the statutory calendar. Raises Denied, Invalid."""
    _must_set(by)
    if not name.strip():
        raise Invalid("请写明是什么日子。", fields={"name": "请写明是什么日子。"})
    SpecialDay.objects.update_or_create(
        district=by.district, day=day,
        defaults={"kind": kind.value, "name": name.strip()[:40], "source": source.strip()[:120]},
    )  # fmt: skip
    _renew()


def drop_day(by: Actor, day: date) -> None:
    """Leave a day to the statutory calendar again. Raises Denied."""
    _must_set(by)
    SpecialDay.objects.filter(district=by.district, day=day).delete()
    _renew()


def _checked(sessions: Sequence[tuple[str, str]]) -> list[list[str]]:
    wrong = Invalid(
        "上下班时间要写成 08:00-12:00 这样，前后不能重叠。", fields={"sessions": "看不懂这个时间。"}
    )
    try:
        times = [(time.fromisoformat(start), time.fromisoformat(end)) for start, end in sessions]
    except ValueError:
        raise wrong from None
    flat = [one for pair in times for one in pair]
    if not flat or flat != sorted(set(flat)):
        raise wrong
    return [[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in times]


def _must_set(by: Actor) -> None:
    if not by.may_everywhere(Permission.CATALOGUE_EDIT):
        raise Denied


def _renew() -> None:
    forget_timing()
    transaction.on_commit(forget_timing)
