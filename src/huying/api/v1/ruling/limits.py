"""时限与规则: limits of the centre, ladders of clocks, working hours."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as
from huying.api.members import Body
from huying.api.v1.asking import Clock, SomeDay
from huying.api.v1.interface import AskedRequest, must
from huying.cases.actions.settings import set_hours, set_ladder, set_limit
from huying.cases.clocks import RungAction, RungRule
from huying.cases.lifecycle import ClockKind
from huying.cases.queries.desks.settings import HoursSet, LimitSet, Settings, settings_for
from huying.kernel.errors import NotFound
from huying.places.queries import district
from huying.worktime import Limit, Unit

router = Router(tags=["时限与规则"])
_Unit = Annotated[Unit, listed_as(Unit)]
_Action = Annotated[RungAction, listed_as(RungAction)]


class LimitGiven(Body):
    """How long a step of the centre may take, and from which day on."""

    amount: float = Field(gt=0, le=9999, examples=[4])
    unit: _Unit = Field(description="单位")
    since: SomeDay | None = Field(None, description="从哪天起；不写为现在", examples=[None])


class RungGiven(Body):
    """One rung."""

    action: _Action = Field(description="做什么")
    percent: int = Field(ge=1, le=1000, description="到时限的百分之几", examples=[80])


class LadderGiven(Body):
    """The rungs in rising order; none: the platform's own."""

    rungs: list[RungGiven] = Field(max_length=6)


class Session(Body):
    """From and to, by the wall clock."""

    start: Clock = Field(examples=["09:00"])
    end: Clock = Field(examples=["12:00"])


class HoursGiven(Body):
    """The sessions of a working day, and from which day on."""

    sessions: list[Session] = Field(min_length=1, max_length=6, description="上下班时间，前后不能重叠")
    since: SomeDay = Field(description="从哪天起")


class LimitTold(Schema):
    """A limit as it holds, and as it is to be."""

    kind: str = Field(description="哪个时限", examples=["accept"])
    name: str = Field(examples=["受理"])
    amount: float = Field(examples=[4])
    unit: str = Field(examples=["work_hour"])
    since: str | None = Field(description="从何时起；null 为平台默认", examples=["2026-03-02T01:00:00Z"])
    coming: dict[str, Any] | None = Field(
        description="以后生效的：amount、unit、since",
        examples=[{"amount": 2, "unit": "work_hour", "since": "2026-06-01T00:00:00+08:00"}],
    )


class RungTold(Schema):
    """A rung as it holds."""

    action: str = Field(examples=["yellow"])
    name: str = Field(examples=["黄牌预警"])
    percent: float = Field(description="到时限的百分之几", examples=[80])


class LadderTold(Schema):
    """What happens on the way to a clock's due time and after it."""

    kind: str = Field(examples=["handle"])
    name: str = Field(examples=["处置"])
    own: bool = Field(description="本区自己定的；否则是平台默认")
    rungs: list[RungTold]


class SessionTold(Schema):
    """From and to, by the wall clock."""

    start: str = Field(examples=["09:00"])
    end: str = Field(examples=["12:00"])


class HoursTold(Schema):
    """Sessions of a working day from a day on."""

    sessions: list[SessionTold]
    since: date | None = Field(description="null 为平台默认")


class WorkingHours(HoursTold):
    """The sessions that hold today, and those that are to come."""

    coming: list[HoursTold] = Field(description="以后生效的")


@router.get("/limits", response=page_of("limits", LimitTold), summary="中心自己的时限")
def limits(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What the steps of the centre may take; those of units stand in the list."""
    rows, after = cut(_settings(request).limits, turn, lambda row: row.kind)
    return {"limits": [_limit(row) for row in rows], "after": after}


@router.get("/limits/{kind}", response=LimitTold, summary="一个时限")
def limit(request: AskedRequest, kind: str) -> dict[str, Any]:
    """One limit."""
    for row in _settings(request).limits:
        if row.kind.value == kind:
            return _limit(row)
    raise NotFound


@router.put("/limits/{kind}", response=LimitTold, summary="改时限")
def limit_set(request: AskedRequest, kind: str, given: LimitGiven) -> dict[str, Any]:
    """For clocks that start from then on; those that run keep what they started with."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    wanted = Limit(Decimal(str(given.amount)), given.unit)
    set_limit(request.actor, _clock(kind), wanted, request.now, given.since)
    return limit(request, kind)


@router.get("/ladders", response=page_of("ladders", LadderTold), summary="时限阶梯")
def ladders(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What happens on the way to each due time, and after it."""
    held = _settings(request)
    rows, after = cut(list(held.ladders), turn, lambda kind: kind)
    return {"ladders": [_ladder(held, kind) for kind in rows], "after": after}


@router.get("/ladders/{kind}", response=LadderTold, summary="一个时限的阶梯")
def ladder(request: AskedRequest, kind: str) -> dict[str, Any]:
    """One ladder."""
    held = _settings(request)
    if _clock(kind) not in held.ladders:
        raise NotFound
    return _ladder(held, _clock(kind))


@router.put("/ladders/{kind}", response=LadderTold, summary="改时限阶梯")
def ladder_set(request: AskedRequest, kind: str, given: LadderGiven) -> dict[str, Any]:
    """Let these be the rungs from now on; none: the platform's own."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    if _clock(kind) not in _settings(request).ladders:
        raise NotFound
    rungs = [
        RungRule(number, one.action, Decimal(one.percent) / 100) for number, one in enumerate(given.rungs, 1)
    ]
    set_ladder(request.actor, _clock(kind), rungs, request.now)
    return ladder(request, kind)


@router.get("/working-hours", response=WorkingHours, summary="上下班时间")
def hours(request: AskedRequest) -> dict[str, Any]:
    """When offices work, today and later."""
    held = _settings(request)
    return _hours(held.hours) | {"coming": [_hours(one) for one in held.coming_hours]}


@router.put("/working-hours", response=WorkingHours, summary="改上下班时间")
def hours_set(request: AskedRequest, given: HoursGiven) -> dict[str, Any]:
    """From a day on, which may lie ahead."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    sessions = [(one.start, one.end) for one in given.sessions]
    zone = district(request.actor.district).zone
    set_hours(request.actor, sessions, given.since, zone, request.now)
    return hours(request)


def _settings(request: AskedRequest) -> Settings:
    must(request.actor, Permission.CATALOGUE_EDIT)
    return settings_for(request.actor, request.now)


def _clock(kind: str) -> ClockKind:
    if kind not in set(ClockKind):
        raise NotFound
    return ClockKind(kind)


def _limit(row: LimitSet) -> dict[str, Any]:
    coming = row.coming
    return {
        "kind": row.kind.value, "name": row.kind.zh, "amount": float(row.limit.amount), "unit": row.limit.unit.value,
        "since": row.since.isoformat() if row.since else None,
        "coming": {"amount": float(coming[0].amount), "unit": coming[0].unit.value, "since": coming[1].isoformat()}
        if coming else None,
    }  # fmt: skip


def _ladder(held: Settings, kind: ClockKind) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "name": kind.zh,
        "own": kind in held.own_ladders,
        "rungs": _rungs(held.ladders[kind]),
    }


def _rungs(rungs: Sequence[RungRule]) -> list[dict[str, Any]]:
    return [
        {"action": one.action.value, "name": one.action.zh, "percent": float(one.share * 100)}
        for one in rungs
    ]


def _hours(held: HoursSet) -> dict[str, Any]:
    return {"sessions": [{"start": start, "end": end} for start, end in held.sessions], "since": held.since}
