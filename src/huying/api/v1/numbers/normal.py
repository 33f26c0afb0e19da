"""报告的设置: when each kind is written, and what of a street's health is normal."""

from datetime import time as WallClock
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.reports.actions import set_limits, set_time
from huying.reports.queries import limits_of, times_of
from huying.reports.rules.health import Indicator, Limits
from huying.reports.rules.kinds import ReportKind
from huying.reports.rules.schedule import Times

router = Router(tags=["报告"])
_Share = Annotated[Decimal, Field(ge=0, lt=10_000_000, max_digits=12, decimal_places=4)]


class TimeGiven(Body):
    """When a kind of report is written."""

    time: WallClock = Field(description="几点几分，本区时间", examples=["05:30:00"])
    after: int = Field(1, ge=1, le=28, description="期满后第几天")
    on: bool = Field(True, description="自动生成")
    sign_within: int = Field(1, ge=0, le=20, description="几个工作日内签发", examples=[2])


class ReportTimes(Schema):
    """When a kind of report is written."""

    kind: Annotated[str, listed_as(ReportKind)]
    time: str = Field(description="几点几分，本区时间", examples=["05:30"])
    after: int = Field(description="期满后第几天")
    on: bool = Field(description="自动生成")
    sign_within: int = Field(description="几个工作日内签发")


class HealthLimitGiven(Body):
    """What is normal; shares between 0 and 1."""

    width: Decimal = Field(
        Decimal(2), gt=0, le=10, max_digits=4, decimal_places=1, description="宽度，几倍离散", examples=[2]
    )
    low: _Share | None = Field(None, description="下限；不设为 null；比率写 0 到 1", examples=[0.9])
    high: _Share | None = Field(None, description="上限；不设为 null", examples=[None])


class HealthLimit(Schema):
    """What is normal of an indicator."""

    indicator: Annotated[str, listed_as(Indicator)]
    width: float
    low: float | None
    high: float | None


@router.get("/report-times", response=page_of("times", ReportTimes), summary="报告何时生成")
def times(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The times in force of each kind."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    held = times_of(request.actor.district)
    rows, after = cut([_time(kind, one) for kind, one in held.items()], turn, lambda row: row["kind"])
    return {"times": rows, "after": after}


@router.get("/report-times/{kind}", response=ReportTimes, summary="一种报告何时生成")
def one_time(request: AskedRequest, kind: ReportKind) -> dict[str, Any]:
    """The times in force of a kind."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    return _time(kind, times_of(request.actor.district)[kind])


@router.put("/report-times/{kind}", response=ReportTimes, summary="设报告何时生成")
def timed(request: AskedRequest, kind: ReportKind, given: TimeGiven) -> dict[str, Any]:
    """From now on write the reports of a kind then, or not at all; for the whole district."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    # To the minute, and by the district's own clock whatever zone was sent.
    at = given.time.replace(second=0, microsecond=0, tzinfo=None)
    set_time(request.actor, kind, Times(at, given.after, given.on, given.sign_within), request.now)
    return _time(kind, times_of(request.actor.district)[kind])


@router.get("/health-limits", response=page_of("limits", HealthLimit), summary="体检标准")
def limits(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What is normal of each indicator."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    held = limits_of(request.actor.district)
    rows, after = cut([_limit(code, one) for code, one in held.items()], turn, lambda row: row["indicator"])
    return {"limits": rows, "after": after}


@router.get("/health-limits/{indicator}", response=HealthLimit, summary="一项体检标准")
def one_limit(request: AskedRequest, indicator: Indicator) -> dict[str, Any]:
    """What is normal of an indicator."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    return _limit(indicator, limits_of(request.actor.district)[indicator])


@router.put("/health-limits/{indicator}", response=HealthLimit, summary="设体检标准")
def limited(request: AskedRequest, indicator: Indicator, given: HealthLimitGiven) -> dict[str, Any]:
    """From now on judge an indicator by these limits; for the whole district."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    set_limits(request.actor, indicator, Limits(given.width, given.low, given.high), request.now)
    return _limit(indicator, limits_of(request.actor.district)[indicator])


def _time(kind: ReportKind, held: Times) -> dict[str, Any]:
    return {
        "kind": kind.value, "time": f"{held.at:%H:%M}", "after": held.after, "on": held.on,
        "sign_within": held.sign_within,
    }  # fmt: skip


def _limit(indicator: Indicator, held: Limits) -> dict[str, Any]:
    return {
        "indicator": indicator.value, "width": float(held.width), "low": _plain(held.low), "high": _plain(held.high)
    }  # fmt: skip


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
