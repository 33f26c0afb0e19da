"""专项治理: campaigns and their tasks by grid."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Query, Router, Status

from huying.access.permissions import Permission
from huying.api.conduct import Manners, Turn, cut, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import before, known, last_of, today
from huying.api.v1.casework.photos import JPEG_ANSWER, jpeg
from huying.api.v1.enclosed import Photo, photos_in
from huying.api.v1.interface import AskedRequest, must
from huying.prevent.campaigns.actions.doing import do
from huying.prevent.campaigns.actions.running import NewCampaign, begin, close
from huying.prevent.campaigns.queries.campaigns import (
    CampaignLine,
    CampaignView,
    TaskLine,
    campaign_for,
    campaigns_for,
    photo_for,
    task_for,
    tasks_for,
)
from huying.prevent.campaigns.rules.kinds import MOST_PHOTOS, CampaignState, Finding, TaskState

router = Router(tags=["专项治理"])
Line, View, Task = told(CampaignLine), told(CampaignView), told(TaskLine)


class Asked(Turn):
    """Which campaigns."""

    state: Annotated[CampaignState, listed_as(CampaignState)] | None = Field(None, description="状态")


class Begun(Body):
    """A campaign: a task for each grid of its areas."""

    key: str = Field(
        min_length=8, max_length=64, description="同一个键只开一次", examples=["camp-20260302-01"]
    )
    name: str = Field(min_length=1, max_length=60, examples=["汛前排水口清理"])
    items: list[str] = Field(min_length=1, max_length=50, description="事项代码（前缀）", examples=[["0205"]])
    areas: list[str] = Field(min_length=1, max_length=50, description="区划代码", examples=[["440310001"]])
    lead: str = Field(max_length=60, description="牵头", examples=["水务局"])
    task: str = Field(min_length=1, max_length=500, examples=["逐个检查雨水口，有堵的拍照上报"])
    begins: date
    due: date
    photos_needed: bool = Field(False, description="须拍照")


class Closed(Body):
    """What it came to."""

    conclusion: str = Field(min_length=1, max_length=1000, examples=["共清理雨水口 412 个"])


class Done(Body):
    """What was found in a grid."""

    finding: Annotated[Finding, listed_as(Finding)] = Field(description="结果")
    words: str = Field("", max_length=500, examples=["三处堵塞，已清理"])
    case: str = Field("", max_length=20, description="由此上报的案件编号", examples=[""])
    photos: list[Photo] = Field([], max_length=MOST_PHOTOS, description="加到以前交的照片上")


@router.get("/campaigns", response=page_of("campaigns", Line), summary="专项治理")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """The newest first."""
    must(request.actor, Permission.INSIGHT_READ)
    rows = campaigns_for(request.actor, today(request), asked.state or "", before(asked), asked.limit)
    return {"campaigns": rows, "after": last_of(rows, asked)}


@router.get("/campaigns/{number}", response=View, summary="一次专项治理")
def one(
    request: AskedRequest,
    number: int,
    tasks: Annotated[Annotated[TaskState, listed_as(TaskState)] | None, Query()] = None,
) -> CampaignView:
    """A campaign with its tasks, or only those in one state."""
    must(request.actor, Permission.INSIGHT_READ)
    return campaign_for(request.actor, known(number), today(request), tasks or "")


@router.post("/campaigns", response={201: View}, summary="开展专项治理")
def begun(request: AskedRequest, given: Begun) -> Status[CampaignView]:
    """Begin a campaign; those in its grids are told of their tasks once."""
    must(request.actor, Permission.CAMPAIGN_RUN)
    new = NewCampaign(
        name=given.name, items=given.items, areas=given.areas, lead=given.lead, task=given.task, begins=given.begins,
        due=given.due, photos_needed=given.photos_needed,
    )  # fmt: skip
    number = begin(request.actor, new, given.key, request.now)
    return Status(201, campaign_for(request.actor, number, today(request)))


@router.post("/campaigns/{number}/close", response=View, summary="结束专项治理")
def closed(request: AskedRequest, number: int, given: Closed) -> CampaignView:
    """End it with what it came to."""
    must(request.actor, Permission.CAMPAIGN_RUN)
    close(request.actor, known(number), given.conclusion, request.now)
    return campaign_for(request.actor, number, today(request))


@router.get("/tasks", response=page_of("tasks", Task), summary="专项任务")
def tasks(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The tasks that the key may do."""
    must(request.actor, Permission.APPEAL_RECEIVE, Permission.CAMPAIGN_RUN)
    rows, after = cut(tasks_for(request.actor, today(request)), turn, lambda row: row.id)
    return {"tasks": rows, "after": after}


@router.get("/tasks/{number}", response=Task, summary="一项任务")
def task(request: AskedRequest, number: int) -> TaskLine:
    """One task."""
    must(request.actor, Permission.APPEAL_RECEIVE, Permission.CAMPAIGN_RUN)
    return task_for(request.actor, known(number), today(request))


@router.post("/tasks/{number}/do", response=Task, summary="完成任务")
def done(request: AskedRequest, number: int, given: Done) -> TaskLine:
    """Say what was found, with photos where the campaign asks for them."""
    must(request.actor, Permission.APPEAL_RECEIVE, Permission.CAMPAIGN_RUN)
    photos = photos_in(given.photos)
    do(request.actor, known(number), given.finding.value, given.words, given.case, request.now, photos)
    return task_for(request.actor, number, today(request))


@router.get(
    "/tasks/{number}/photos/{photo}", response={200: None}, summary="任务照片", openapi_extra=JPEG_ANSWER
)
@mannered(Manners(private=True))
def task_photo(request: AskedRequest, number: int, photo: int) -> HttpResponse:
    """A photo that was handed in, kept by no cache."""
    must(request.actor, Permission.INSIGHT_READ, Permission.APPEAL_RECEIVE, Permission.CAMPAIGN_RUN)
    return jpeg(photo_for(request.actor, known(number), known(photo)))
