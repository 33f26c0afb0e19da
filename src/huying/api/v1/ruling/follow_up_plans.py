"""回访计划: who is asked about what was done, in order, with what would have been asked in the last 30 days."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.cases.lifecycle import Channel, Level
from huying.catalogue.rules.kinds import AppealKind
from huying.kernel.errors import NotFound
from huying.loop.evaluate.actions import set_plans
from huying.loop.evaluate.queries import Forecast, edition_of, editions_for, forecast_for
from huying.loop.evaluate.rules import POINTS, Ask, AskWay, Matters, Plan, Risk
from huying.loop.evaluate.rules.plans import check_all

router = Router(tags=["时限与规则"])
Whole = told(Plan, "FollowUpPlan")
_POINTS = {risk.value: points for risk, points in POINTS.items()}
_Percent = Annotated[int, Field(ge=0, le=100)]


class PlanGiven(Body):
    """A plan, whole. ``percent``: the share of a sample, or the chance that risks add their points to."""

    name: str = Field(min_length=1, max_length=30, examples=["街道办理的"])
    matters: Annotated[Matters, listed_as(Matters)] = Field(Matters.HANDLED, description="问哪些结果")
    ask: Annotated[Ask, listed_as(Ask)] = Field(Ask.RISK, description="怎么抽")
    percent: int = Field(5, ge=0, le=100, description="比例；按风险抽时是没有风险也有的可能")
    channels: list[Channel] = Field([], max_length=20, description="只限渠道", examples=[["hotline"]])
    kinds: list[AppealKind] = Field([], max_length=20, description="只限诉求类型", examples=[["complaint"]])
    levels: list[Level] = Field([], max_length=10, description="只限办理层级", examples=[["street"]])
    items: list[str] = Field([], max_length=50, description="事项代码或其开头", examples=[["02"]])
    ways: list[Annotated[AskWay, listed_as(AskWay)]] = Field(
        [AskWay.SEAT], min_length=1, max_length=3, description="先后用哪些方式"
    )
    days: int = Field(7, ge=1, le=90, description="每种方式几天")
    tries: int = Field(3, ge=0, le=20, description="每种方式试几次；0 只看天数")
    over_days: int = Field(1, ge=1, le=30, description="至少分几天试")
    points: dict[Risk, _Percent] = Field(
        {}, description="各种风险加几分；不写的按平台默认", examples=[_POINTS]
    )


class PlanRewritten(PlanGiven):
    """A plan as it is to be, whole."""

    name: str = Field(min_length=1, max_length=30, examples=["热线来的"])


class Step(Body):
    """One place earlier or later."""

    to: Literal["up", "down"] = Field(description="up 上移，down 下移")


class PlanChosen(Schema):
    """A plan and how many cases fit it, and were chosen."""

    code: str = Field(examples=["p2"])
    fit: int
    chosen: int


class ForecastTold(Schema):
    """What the plans would have asked about what ended in the last 30 days."""

    ended: int = Field(description="结束了几件")
    chosen: int = Field(description="会问几件")
    cut: bool = Field(description="太多，只算了一部分")
    ways: dict[str, int] = Field(description="先用哪种方式的各几件", examples=[{"seat": 120, "link": 30}])
    plans: list[PlanChosen]


class PlanEdition(Schema):
    """When the plans were changed."""

    number: int
    made_at: str | None = Field(examples=["2026-03-02T01:00:00Z"])
    plans: list[Whole] = Field(description="当时的计划，按次序")  # type: ignore[valid-type]


@router.get("/follow-up-plans", response=page_of("plans", Whole), summary="回访计划")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The plans in their order; of each case the first that fits decides."""
    rows, after = cut(_plans(request), turn, lambda row: row.code)
    return {"plans": rows, "after": after}


@router.get("/follow-up-plans/editions", response=page_of("editions", PlanEdition), summary="回访计划的各版")
def editions(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The last 30 editions, the newest first."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    rows, after = cut(editions_for(request.actor), turn, lambda row: row.number)
    told_rows = [
        {"number": row.number, "made_at": row.made_at and row.made_at.isoformat(), "plans": row.plans}
        for row in rows
    ]
    return {"editions": told_rows, "after": after}


@router.get("/follow-up-plans/forecast", response=ForecastTold, summary="回访计划会问几件")
def forecast(request: AskedRequest) -> dict[str, Any]:
    """What the plans as they stand would have asked about what ended in the last 30 days."""
    return _forecast(forecast_for(request.actor, _plans(request), request.now))


@router.get("/follow-up-plans/{code}", response=Whole, summary="一个回访计划")
def one(request: AskedRequest, code: str) -> Plan:
    """One plan."""
    return _plan(_plans(request), code)


@router.post("/follow-up-plans", response={201: Whole}, summary="新增回访计划")
def added(request: AskedRequest, given: PlanGiven) -> Status[Plan]:
    """At the end of the others."""
    plans, number = _read(request)
    # Every edition adds one plan at most: such a code was never another's.
    plan = _meant(f"p{number + 1}", given)
    set_plans(request.actor, [*plans, plan], request.now, number)
    return Status(201, plan)


@router.put("/follow-up-plans/{code}", response={200: Whole, 409: Problem}, summary="改回访计划")
def changed(request: AskedRequest, code: str, given: PlanRewritten) -> Plan:
    """For what ends from now on; what was chosen is asked to its end as it was chosen."""
    plans, number = _read(request)
    set_plans(request.actor, _with(plans, code, given), request.now, number)
    return _plan(_plans(request), code)


@router.post("/follow-up-plans/{code}/move", response=page_of("plans", Whole), summary="回访计划换次序")
def moved(request: AskedRequest, code: str, given: Step) -> dict[str, Any]:
    """Try a plan earlier or later than its neighbour."""
    read, number = _read(request)
    plans = list(read)
    at = plans.index(_plan(plans, code))
    plan = plans.pop(at)
    plans.insert(max(0, at - 1 if given.to == "up" else at + 1), plan)
    set_plans(request.actor, plans, request.now, number)
    return {"plans": plans, "after": ""}


@router.post("/follow-up-plans/{code}/end", response={204: None, 409: Problem}, summary="停用回访计划")
def ended(request: AskedRequest, code: str) -> Status[None]:
    """Let it choose nothing any more."""
    plans, number = _read(request)
    gone = _plan(plans, code)
    set_plans(request.actor, [each for each in plans if each is not gone], request.now, number)
    return Status(204, None)


@router.post("/follow-up-plans/{code}/try", response=ForecastTold, summary="试算回访计划")
def tried(request: AskedRequest, code: str, given: PlanRewritten) -> dict[str, Any]:
    """What would have been asked if this plan said so; nothing is written."""
    plans = _with(_plans(request), code, given)
    check_all(plans)
    return _forecast(forecast_for(request.actor, plans, request.now))


def _plans(request: AskedRequest) -> Sequence[Plan]:
    return _read(request)[0]


def _read(request: AskedRequest) -> tuple[Sequence[Plan], int]:
    """The plans and their edition: whoever changes one writes all, over no edition but this."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    held = edition_of(request.actor.district)
    return held.plans, held.number


def _plan(plans: Sequence[Plan], code: str) -> Plan:
    for each in plans:
        if each.code == code:
            return each
    raise NotFound


def _with(plans: Sequence[Plan], code: str, given: PlanGiven) -> Sequence[Plan]:
    held = _plan(plans, code)
    return [_meant(code, given) if each is held else each for each in plans]


def _meant(code: str, given: PlanGiven) -> Plan:
    return Plan(
        code, given.name.strip(), given.ask, given.percent, tuple(given.ways), given.matters,
        frozenset(one.value for one in given.channels), frozenset(one.value for one in given.kinds),
        frozenset(one.value for one in given.levels), tuple(given.items), given.days, given.tries, given.over_days,
        {**POINTS, **given.points},
    )  # fmt: skip


def _forecast(told_: Forecast) -> dict[str, Any]:
    return {
        "ended": told_.ended, "chosen": told_.chosen, "cut": told_.cut,
        "ways": {way.value: count for way, count in told_.by_way.items()},
        "plans": [
            {"code": code, "fit": fit, "chosen": chosen} for code, (fit, chosen) in told_.by_plan.items()
        ],
    }  # fmt: skip
