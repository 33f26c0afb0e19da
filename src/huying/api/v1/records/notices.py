"""通知: what was sent to whom outside, sent again, announced to all."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.api.conduct import Turn, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import before, last_of
from huying.api.v1.interface import AskedRequest, must
from huying.notices.actions.announcing import announce
from huying.notices.actions.resending import resend
from huying.notices.queries.deliveries import Delivery as DeliveryLine
from huying.notices.queries.deliveries import deliveries_for
from huying.notices.rules.kinds import Sending, Way

router = Router(tags=["通知"])
Delivery = told(DeliveryLine, "Delivery", without=("caller_id",))


class Asked(Turn):
    """Which messages."""

    state: Annotated[Sending, listed_as(Sending)] | None = None
    way: Annotated[Way, listed_as(Way)] | None = None


class NoticeAgain(Body):
    """Which messages to send again; without numbers all that failed by a way."""

    ids: list[Annotated[int, Field(ge=1, lt=2**63)]] = Field([], max_length=200, examples=[[101, 102]])
    way: Annotated[Way, listed_as(Way)] | None = None


class Announced(Body):
    """A notice to everybody, or to all who hold a role."""

    title: str = Field(min_length=1, max_length=60, examples=["今晚系统维护"])
    words: str = Field(min_length=1, max_length=500, examples=["22:00 至 23:00 暂停服务"])
    key: str = Field(min_length=8, max_length=64, description="同一个键只发一次", examples=["notice-0001"])
    role: Annotated[Role, listed_as(Role)] | None = None


class NoticeCount(Schema):
    """How many."""

    count: int


@router.get("/deliveries", response=page_of("deliveries", Delivery), summary="发出的通知")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """Messages that leave the house: sent, waiting, failed and why."""
    must(request.actor, Permission.TEXT_EDIT)
    rows = deliveries_for(
        request.actor, state=asked.state, way=asked.way, before=before(asked), limit=asked.limit
    )
    return {"deliveries": rows, "after": last_of(rows, asked)}


@router.post("/deliveries/resend", response=NoticeCount, summary="重发通知")
def again(request: AskedRequest, given: NoticeAgain) -> dict[str, int]:
    """Send again what could not be sent."""
    must(request.actor, Permission.TEXT_EDIT)
    return {"count": resend(request.actor, request.now, ids=given.ids, way=given.way)}


@router.post("/announcements", response={201: NoticeCount}, summary="发公告")
def announced(request: AskedRequest, given: Announced) -> Status[dict[str, int]]:
    """Tell everybody, in the page."""
    must(request.actor, Permission.TEXT_EDIT)
    count = announce(request.actor, given.title, given.words, given.key, request.now, given.role)
    return Status(201, {"count": count})
