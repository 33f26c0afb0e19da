"""What follow-up plans want asked: for a call centre that asks from its own system, which then sends the step."""

from datetime import datetime
from typing import Annotated, Any, Final

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import CaseShort, Problem
from huying.api.v1.telling import short
from huying.cases.queries.lists.queue import PAGE, CaseFilter
from huying.loop.evaluate.queries import FollowUp, planned_for
from huying.loop.evaluate.rules import AskWay

router = Router(tags=["回访"])
_LIMIT_MOST: Final = 200


class FollowUpWanted(Schema):
    """Which of the planned follow-ups."""

    way: AskWay = Field(AskWay.SEAT, description="现在轮到的方式")
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    after: str = Field("", max_length=200, description="上一页给出的位置")
    limit: int = Field(PAGE, ge=1, le=_LIMIT_MOST)


class Caller(Schema):
    """One caller of the case: whether they were heard about this result, and how often tried."""

    appeal: int = Field(description="诉求编号，回访这一步的 appeal")
    reached: bool
    attempts: int


class Planned(Schema):
    """One case to ask about. The step is ``POST /cases/{number}/follow_up``."""

    case: CaseShort
    plan: str = Field(description="计划名称", examples=["其余按风险抽"])
    way: AskWay
    due_at: datetime = Field(description="这种方式到什么时候")
    tries: int = Field(description="这种方式试过几次")
    most: int = Field(description="这种方式最多几次；0 只看期限")
    chance: int = Field(description="抽中的可能，百分比")
    risks: list[str] = Field(description="为什么抽到", examples=[["unhappy", "repeated"]])
    callers: list[Caller]


class PlannedList(Schema):
    """A page of planned follow-ups."""

    follow_ups: list[Planned]
    after: str = Field(description="下一页的位置，空为末页")


@router.get("/follow-ups", response={200: PlannedList, 400: Problem, 403: Problem}, summary="回访计划要问的")
def listed(request: AskedRequest, wanted: Annotated[FollowUpWanted, Query()]) -> dict[str, Any]:
    """The cases that plans want asked about by this way now, first due first."""
    must(request.actor, Permission.CASE_FOLLOW_UP)
    chosen = CaseFilter(area=wanted.area)
    page = planned_for(request.actor, wanted.way, request.now, wanted.after, wanted.limit, chosen)
    return {"follow_ups": [_told(one) for one in page.cases if one.planned], "after": page.after}


def _told(one: FollowUp) -> dict[str, Any]:
    plan = one.planned
    assert plan is not None
    return {
        "case": short(one.line), "plan": plan.plan, "way": plan.way, "due_at": plan.due_at, "tries": plan.tries,
        "most": plan.most, "chance": plan.chance, "risks": [risk.value for risk in plan.risks],
        "callers": [
            {"appeal": each.appeal_id, "reached": each.reached, "attempts": each.attempts} for each in one.appeals
        ],
    }  # fmt: skip
