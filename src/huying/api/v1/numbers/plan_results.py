"""回访计划结果: what each plan asked in a period, who was heard, why not, and the cases behind each number."""

from datetime import date, datetime
from typing import Annotated, Any, Final

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import CaseShort
from huying.api.v1.telling import short
from huying.cases.lifecycle import FollowUpReason
from huying.cases.queries.settings.calendars import calendar_of
from huying.figures.rules.periods import Period, bounds
from huying.kernel.errors import Invalid
from huying.loop.evaluate.queries import AskedLine, Part, PlanResult, asked_cases_for, plan_results_for
from huying.loop.evaluate.rules import Ask, AskWay, Risk

router = Router(tags=["回访"])
_YEARS: Final = range(2000, 2200)
_INVALID: Final = (
    dict[str, int],
    Field(description="没访成的原因到次数；unknown 没记原因", examples=[{"no_answer": 3}]),
)
Result = told(PlanResult, "PlanResult", without=("invalid",), invalid=_INVALID)


class Stretch(Turn):
    """A stretch of days, both counted in, within which cases were chosen."""

    first: date = Field(description="从哪天", examples=["2026-02-01"])
    last: date = Field(description="到哪天", examples=["2026-02-28"])
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")


class BehindPlan(Stretch):
    """Which cases of a plan."""

    part: Annotated[Part, listed_as(Part)] = Field(Part.CHOSEN, description="哪个数字")
    reason: Annotated[FollowUpReason, listed_as(FollowUpReason)] | None = Field(
        None, description="没访成的原因"
    )


class PlanAsked(Schema):
    """One result of a case that a plan asked about."""

    case: CaseShort
    ask: Annotated[str, listed_as(Ask)]
    way: Annotated[str, listed_as(AskWay)]
    chance: int = Field(description="抽中的可能，百分比")
    risks: list[Annotated[str, listed_as(Risk)]]
    tries: int
    chosen_at: datetime
    done_at: datetime | None
    valid: int = Field(description="访到几位")
    solved: int = Field(description="几位说已解决")
    invalid: dict[str, int] = Field(description="没访成的原因到次数", examples=[{"no_answer": 1}])


@router.get("/follow-up-results", response=page_of("plans", Result), summary="回访计划结果")
def results(request: AskedRequest, asked: Annotated[Stretch, Query()]) -> dict[str, Any]:
    """Every plan that chose something in the period; the plans of now first."""
    must(request.actor, Permission.FIGURE_READ)
    rows, after = cut(
        plan_results_for(request.actor, *_between(request, asked), asked.area), asked, lambda row: row.code
    )
    return {"plans": rows, "after": after}


@router.get("/follow-up-results/{plan}", response=page_of("asked", PlanAsked), summary="计划背后的案件")
def behind(request: AskedRequest, plan: str, asked: Annotated[BehindPlan, Query()]) -> dict[str, Any]:
    """The cases behind one number of a plan, the newest first, for those that the key may see."""
    must(request.actor, Permission.FIGURE_READ)
    rows, after = asked_cases_for(
        request.actor, plan, asked.part, *_between(request, asked), request.now, reason=asked.reason or "",
        area=asked.area, after=asked.after, limit=asked.limit,
    )  # fmt: skip
    return {"asked": [_told(one) for one in rows], "after": after}


def _between(request: AskedRequest, asked: Stretch) -> tuple[datetime, datetime]:
    if not {asked.first.year, asked.last.year} <= set(_YEARS):
        raise Invalid(fields={"first": "取值不对，请看接口说明。"})
    return bounds(Period(asked.first, asked.last), calendar_of(request.actor.district).zone)


def _told(one: AskedLine) -> dict[str, Any]:
    plan = one.planned
    return {
        "case": short(one.line), "ask": plan.ask.value, "way": plan.way.value, "chance": plan.chance,
        "risks": [risk.value for risk in plan.risks], "tries": plan.tries, "chosen_at": one.chosen_at,
        "done_at": one.done_at, "valid": one.valid, "solved": one.solved, "invalid": dict(one.invalid),
    }  # fmt: skip
