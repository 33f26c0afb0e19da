"""When reports are written and what of a street's health is normal: set for the whole district, and written down."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.reports.models import HealthLimit, ReportTime
from huying.reports.policy import must_set
from huying.reports.queries.settings import limits_of, times_of
from huying.reports.rules.health import Indicator, Limits
from huying.reports.rules.kinds import ReportKind
from huying.reports.rules.schedule import Times


@transaction.atomic
def set_time(by: Actor, kind: ReportKind, times: Times, now: datetime) -> None:
    """From now on write the reports of a kind at this time, or not at all. Raises Denied, Invalid."""
    must_set(by)
    times.check(kind)
    before = times_of(by.district)[kind]
    if before == times:
        return
    ReportTime.objects.update_or_create(
        district=by.district, kind=kind.value,
        defaults={
            "at": times.at, "after": times.after, "on": times.on, "sign_within": times.sign_within, "changed_at": now,
            "changed_by": by.name[:60],
        },
    )  # fmt: skip
    told = NewChange(Subject.REPORT, f"time/{kind.value}", kind.zh, Deed.CHANGE, _time(before), _time(times))
    note_change(by, told, now)


@transaction.atomic
def set_limits(by: Actor, indicator: Indicator, limits: Limits, now: datetime) -> None:
    """From now on judge an indicator by these limits. Raises Denied, Invalid."""
    must_set(by)
    limits.check()
    before = limits_of(by.district)[indicator]
    if before == limits:
        return
    HealthLimit.objects.update_or_create(
        district=by.district, indicator=indicator.value,
        defaults={
            "width": limits.width, "low": limits.low, "high": limits.high, "changed_at": now, "changed_by": by.name[:60],
        },
    )  # fmt: skip
    told = NewChange(
        Subject.REPORT,
        f"limit/{indicator.value}",
        indicator.zh,
        Deed.CHANGE,
        _limits(before),
        _limits(limits),
    )
    note_change(by, told, now)


def _time(times: Times) -> dict[str, str]:
    return {
        "时间": f"{times.at:%H:%M}",
        "期满后第几天": str(times.after),
        "自动生成": "是" if times.on else "否",
        "签发时限（工作日）": str(times.sign_within),
    }


def _limits(limits: Limits) -> dict[str, str]:
    return {"宽度": str(limits.width), "下限": _text(limits.low), "上限": _text(limits.high)}


def _text(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
