"""反复问题 and the projects 治理项目 on them."""

from datetime import date
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import CaseShort
from huying.prevent.recurring.actions import NewProject, begin_project, edit_project, finish_project
from huying.prevent.recurring.queries import (
    ProjectWhole,
    RecurrenceLine,
    RecurrenceWhole,
    project_for,
    projects_for,
    recurrence_for,
    recurrences_for,
)

router = Router(tags=["反复问题"])
_CASES = (list[CaseShort], Field(description="看得到的案件"))
Line = told(RecurrenceLine)
Whole = told(RecurrenceWhole, without=("cases",), cases=_CASES)


class ProjectLine(Schema):
    """治理项目 as it was set down."""

    id: int
    recurrence_id: int = Field(description="反复问题编号")
    item: str
    area: str
    name: str = Field(examples=["春风路排水改造"])
    body_id: int
    owner: str
    cause: str
    measure: str
    cost: str
    starts_on: date
    ends_on: date
    state: str = Field(examples=["running"])
    finished_on: date | None


Project = told(
    ProjectWhole, without=("cases", "project", "effect", "spans"), cases=_CASES, project=(ProjectLine, ...)
)


class Asked(Turn):
    """Which."""

    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")


class Plan(Body):
    """A project on what comes again."""

    name: str = Field(min_length=1, max_length=100, examples=["春风路排水改造"])
    body: int = Field(ge=1, lt=2**63, description="承办单位", examples=[12])
    owner: str = Field("", max_length=60, description="责任人", examples=["李明"])
    cause: str = Field("", max_length=500, examples=["雨水管网老化"])
    measure: str = Field("", max_length=500, examples=["更换雨水管 300 米"])
    cost: str = Field("", max_length=100, examples=["约 20 万元"])
    starts_on: date
    ends_on: date


class Finished(Body):
    """How it ended."""

    on: date
    outcome: str = Field(min_length=1, max_length=500, examples=["已完工，汛期未再积水"])


@router.get("/recurring", response=page_of("recurring", Line), summary="反复问题")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """What came again after closing, over years, ranked."""
    must(request.actor, Permission.INSIGHT_READ)
    page, after = cut(recurrences_for(request.actor, asked.area), asked, lambda row: row.id)
    return {"recurring": page, "after": after}


@router.get("/recurring/{number}", response=Whole, summary="一个反复问题")
def one(request: AskedRequest, number: int) -> Any:
    """One, with the cases that may be seen."""
    must(request.actor, Permission.INSIGHT_READ)
    return recurrence_for(request.actor, known(number), request.now)


@router.post("/recurring/{number}/projects", response={201: Project}, summary="立治理项目")
def begun(request: AskedRequest, number: int, given: Plan) -> Status[Any]:
    """Begin a project on it."""
    must(request.actor, Permission.PROJECT_RUN)
    made = begin_project(request.actor, known(number), _new(given), request.now)
    return Status(201, project_for(request.actor, made, request.now))


@router.get("/projects", response=page_of("projects", ProjectLine), summary="治理项目")
def projects(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Every project of the key's area."""
    must(request.actor, Permission.INSIGHT_READ)
    page, after = cut([row for row, _body in projects_for(request.actor)], turn, lambda row: row.id)
    return {"projects": page, "after": after}


@router.get("/projects/{number}", response=Project, summary="一个治理项目")
def project(request: AskedRequest, number: int) -> Any:
    """A project with the cases at its place."""
    must(request.actor, Permission.INSIGHT_READ)
    return project_for(request.actor, known(number), request.now)


@router.put("/projects/{number}", response=Project, summary="改治理项目")
def edited(request: AskedRequest, number: int, given: Plan) -> Any:
    """Let a project read so."""
    must(request.actor, Permission.PROJECT_RUN)
    edit_project(request.actor, known(number), _new(given), request.now)
    return project_for(request.actor, number, request.now)


@router.post("/projects/{number}/finish", response=Project, summary="治理项目完工")
def finished(request: AskedRequest, number: int, given: Finished) -> Any:
    """Say when it was done and what came of it."""
    must(request.actor, Permission.PROJECT_RUN)
    finish_project(request.actor, known(number), given.on, given.outcome, request.now)
    return project_for(request.actor, number, request.now)


def _new(given: Plan) -> NewProject:
    return NewProject(
        given.name,
        given.body,
        given.owner,
        given.cause,
        given.measure,
        given.cost,
        given.starts_on,
        given.ends_on,
    )
