"""项目清单: a need taken up, reported on, brought to its end."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import SomeDay, before, known, last_of, today
from huying.api.v1.deliberation.keyed import Key, faults_named, once_of
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.volunteers.actions import finish, report, stop, take_up
from huying.volunteers.queries import ListFilter, ProgressRow, ProjectRow, project_for, projects_for
from huying.volunteers.rules.kinds import ProjectState
from huying.volunteers.rules.units import NewProject

router = Router(tags=["共建单位"])
Project, Said = told(ProjectRow, "JointProject"), told(ProgressRow, "JointProgress")


class JointProjectWhole(Project):  # type: ignore[valid-type,misc]
    """A project with what was reported, the newest first."""

    progress: list[Said]  # type: ignore[valid-type]


class Asked(Turn):
    """Which projects."""

    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    unit: int | None = Field(None, ge=1, lt=2**63, description="认领单位")
    q: str = Field("", max_length=40, description="项目名称里的字")
    state: Annotated[ProjectState, listed_as(ProjectState)] | None = Field(None, description="状态")


class ProjectGiven(Body):
    """Who takes the need up, what they promise, until when."""

    key: Key
    need: int = Field(ge=1, lt=2**63, description="哪条需求")
    resource: int | None = Field(None, ge=1, lt=2**63, description="用哪条资源")
    unit: int = Field(ge=1, lt=2**63, description="认领单位")
    title: str = Field(min_length=1, max_length=60, examples=["周末共享会议室"])
    who: str = Field(min_length=1, max_length=40, description="负责人", examples=["李主任"])
    promise: str = Field(
        min_length=1, max_length=300, description="承诺做到什么", examples=["每周六下午开放，提前一天预约"]
    )
    due_on: SomeDay = Field(description="哪天前做到", examples=["2026-06-30"])


class ProgressGiven(Body):
    """What was done."""

    words: str = Field(min_length=1, max_length=300, examples=["钥匙已交给社区，门牌做好了"])


class DoneGiven(Body):
    """What came of it."""

    result: str = Field(min_length=1, max_length=500, examples=["会议室已开放，居民议事会用了两次"])


class StopGiven(Body):
    """A reason."""

    why: str = Field(min_length=1, max_length=200, examples=["单位搬迁"])


@router.get("/joint-projects", response=page_of("projects", Project), summary="项目清单")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """Projects of the key's area and of the areas above, the newest first."""
    must(request.actor, Permission.VOLUNTEER_READ)
    wanted = ListFilter(
        area=asked.area, unit_id=asked.unit, words=asked.q, state=asked.state.value if asked.state else ""
    )
    rows = projects_for(request.actor, wanted, today(request), before=before(asked), limit=asked.limit)
    return {"projects": rows, "after": last_of(rows, asked)}


@router.get("/joint-projects/{number}", response=JointProjectWhole, summary="一个项目")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """One with everything reported on it."""
    must(request.actor, Permission.VOLUNTEER_READ)
    return _whole(request, known(number))


@router.post("/joint-projects", response={201: JointProjectWhole, 409: Problem}, summary="认领需求")
def made(request: AskedRequest, given: ProjectGiven) -> Status[dict[str, Any]]:
    """A unit takes a need up with a promise and its day; a need is one project's at a time."""
    must(request.actor, Permission.UNIT_EDIT)
    new = NewProject(
        title=given.title, need_id=given.need, unit_id=given.unit, who=given.who, promise=given.promise,
        due_on=given.due_on, resource_id=given.resource,
    )  # fmt: skip
    with faults_named(unit_id="unit", resource_id="resource"):
        number = take_up(request.actor, new, once_of(request, given.key), request.now)
    return Status(201, _whole(request, number))


@router.post(
    "/joint-projects/{number}/progress", response={200: JointProjectWhole, 409: Problem}, summary="记项目进展"
)
def reported(request: AskedRequest, number: int, given: ProgressGiven) -> dict[str, Any]:
    """Write down what was done."""
    must(request.actor, Permission.UNIT_EDIT)
    report(request.actor, known(number), given.words, request.now)
    return _whole(request, number)


@router.post(
    "/joint-projects/{number}/done", response={200: JointProjectWhole, 409: Problem}, summary="完成项目"
)
def finished(request: AskedRequest, number: int, given: DoneGiven) -> dict[str, Any]:
    """It is done; the need is met and off the list."""
    must(request.actor, Permission.UNIT_EDIT)
    finish(request.actor, known(number), given.result, request.now)
    return _whole(request, number)


@router.post(
    "/joint-projects/{number}/stop", response={200: JointProjectWhole, 409: Problem}, summary="终止项目"
)
def stopped(request: AskedRequest, number: int, given: StopGiven) -> dict[str, Any]:
    """It comes to nothing; the need is free for another."""
    must(request.actor, Permission.UNIT_EDIT)
    stop(request.actor, known(number), given.why, request.now)
    return _whole(request, number)


def _whole(request: AskedRequest, number: int) -> dict[str, Any]:
    row, said = project_for(request.actor, number, today(request))
    return {name: getattr(row, name) for name in Project.model_fields} | {"progress": said}
