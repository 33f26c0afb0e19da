"""走访月计划: made, how good it is, who has how much; who is away."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.asking import SomeDay, known, today
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.kernel.errors import NotFound
from huying.visits.actions import be_away, come_back, make_plan
from huying.visits.queries import (
    AbsenceInfo,
    PlanInfo,
    WorkerMonth,
    absences_for,
    plan_for,
    workload_for,
)

router = Router(tags=["走访"])
Plan, Away = told(PlanInfo, "VisitPlan"), told(AbsenceInfo, "VisitAbsence")
P = Permission


class WorkerLoad(Schema):
    """What one worker has in a month."""

    worker_id: int
    name: str = Field(examples=["罗春生"])
    planned: int
    done: int
    missed: int
    days: int = Field(description="出门天数")


class Asked(Schema):
    """Of which area and month."""

    area: str = Field(
        min_length=6, max_length=15, pattern=r"^\d+$", description="区划代码", examples=["990101001"]
    )
    month: SomeDay | None = Field(None, description="这个月的任意一天，空为本月")


class AskedLoad(Turn):
    """Of which area and month."""

    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    month: SomeDay | None = Field(None, description="这个月的任意一天，空为本月")


class VisitPlanGiven(Body):
    """Of which area and month."""

    area: str = Field(
        min_length=6, max_length=15, pattern=r"^\d+$", description="区划代码", examples=["990101001"]
    )
    month: SomeDay = Field(description="这个月的任意一天", examples=["2026-03-01"])


class AwayGiven(Body):
    """Who cannot go, and when."""

    worker: int = Field(ge=1, lt=2**63, description="走访人的账号编号")
    since: SomeDay = Field(description="从哪天")
    until: SomeDay = Field(description="到哪天，含当天")
    why: str = Field(min_length=1, max_length=60, examples=["病假"])


class AwayMade(Schema):
    """What became of their visits."""

    id: int
    others: int = Field(description="交给同事几户")
    days: int = Field(description="改日期几户")
    stuck: int = Field(description="排不进时限几户")


@router.get("/visit-plan", response=Plan, summary="走访月计划")
def one(request: AskedRequest, asked: Annotated[Asked, Query()]) -> PlanInfo:
    """The newest plan that holds for an area in a month."""
    must(request.actor, P.VISIT_READ)
    found = plan_for(request.actor, asked.area, (asked.month or today(request)).replace(day=1))
    if found is None:
        raise NotFound
    return found


@router.post("/visit-plan", response={201: Plan, 409: Problem}, summary="排走访月计划")
def made(request: AskedRequest, given: VisitPlanGiven) -> Status[PlanInfo | None]:
    """Plan a month's visits of an area, from today on where it has begun; what is done or missed stays."""
    must(request.actor, P.VISIT_PLAN)
    make_plan(request.actor, given.area, given.month, request.now)
    return Status(201, plan_for(request.actor, given.area, given.month.replace(day=1)))


@router.get("/visit-workload", response=page_of("workers", WorkerLoad), summary="走访工作量")
def load(request: AskedRequest, asked: Annotated[AskedLoad, Query()]) -> dict[str, Any]:
    """What everybody has in a month, the fullest first."""
    must(request.actor, P.VISIT_READ)
    month = (asked.month or today(request)).replace(day=1)
    found: list[WorkerMonth] = workload_for(request.actor, asked.area, month, request.now)
    rows, after = cut(found, asked, lambda row: row.worker_id)
    return {"workers": rows, "after": after}


@router.get("/visit-absences", response=page_of("absences", Away), summary="谁不能走访")
def absences(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Who is or will be away, the soonest first."""
    must(request.actor, P.VISIT_READ)
    rows, after = cut(absences_for(request.actor, request.now), turn, lambda row: row.id)
    return {"absences": rows, "after": after}


@router.post("/visit-absences", response={201: AwayMade}, summary="登记不能走访并改排")
def away(request: AskedRequest, given: AwayGiven) -> Status[dict[str, int]]:
    """Somebody cannot go: what they had is given to others or to other days at once."""
    must(request.actor, P.VISIT_PLAN)
    moved = be_away(request.actor, given.worker, given.since, given.until, given.why, request.now)
    return Status(
        201, {"id": moved.absence_id, "others": moved.others, "days": moved.days, "stuck": moved.stuck}
    )


@router.post("/visit-absences/{number}/end", response={204: None}, summary="回岗")
def back(request: AskedRequest, number: int) -> Status[None]:
    """They can go again; what was given away stays where it is."""
    must(request.actor, P.VISIT_PLAN)
    come_back(request.actor, known(number), request.now)
    return Status(204, None)
