"""The log of a subscription: what was pushed, what came back; told once more."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.api.conduct import Manners, Turn, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import before, known, last_of
from huying.api.v1.interface import AskedRequest
from huying.api.v1.shapes import Problem
from huying.kernel.errors import Invalid
from huying.webhooks.actions import replay, resend
from huying.webhooks.queries import DeliveryInfo, ReplayInfo, deliveries_for, delivery_for, replays_for
from huying.webhooks.rules.kinds import Sending
from huying.webhooks.tasks.sending import try_now

router = Router(tags=["订阅推送"])
Push = told(DeliveryInfo, "Push")
ReplayLine = told(ReplayInfo, "ReplayLine")


class AskedPushes(Turn):
    """Which pushes."""

    state: Annotated[Sending, listed_as(Sending)] | None = Field(None, description="状态")


class PushAgain(Body):
    """Which pushes are sent once more."""

    ids: list[Annotated[int, Field(ge=1, lt=2**63)]] = Field(
        min_length=1, max_length=100, description="推送编号"
    )


class Queued(Schema):
    """How many go out again."""

    queued: int = Field(description="放回队列的")


class ReplaySince(Body):
    """From when on everything is told once more."""

    since: datetime = Field(description="从什么时间起，须带时区")


class Tried(Schema):
    """What came of a test message."""

    status: int = Field(description="对方答复的 HTTP 状态；0 没有答复", examples=[200])
    error: str = Field(description="没有送到的原因", examples=[""])
    answer: str = Field(description="答复的开头", examples=["ok"])
    took_ms: int = Field(description="毫秒", examples=[35])


class Replays(Schema):
    """The last replays, newest first."""

    replays: list[ReplayLine]  # type: ignore[valid-type]
    after: str = Field(examples=[""])


@router.get("/webhooks/{number}/deliveries", response=page_of("deliveries", Push), summary="推送记录")
def listed(request: AskedRequest, number: int, asked: Annotated[AskedPushes, Query()]) -> dict[str, Any]:
    """What was pushed and what came back, newest first."""
    rows = deliveries_for(
        request.actor, known(number), state=asked.state, before=before(asked), limit=asked.limit
    )
    return {"deliveries": rows, "after": last_of(rows, asked)}


@router.post("/webhooks/{number}/deliveries/resend", response=Queued, summary="重发")
def again(request: AskedRequest, number: int, given: PushAgain) -> dict[str, int]:
    """Single pushes once more, whatever became of them; those that still wait are left as they are."""
    return {"queued": resend(request.actor, known(number), given.ids, request.now)}


@router.get("/webhooks/{number}/deliveries/{delivery}", response=Push, summary="一次推送")
def one(request: AskedRequest, number: int, delivery: int) -> DeliveryInfo:
    """One push with its body and every try."""
    return delivery_for(request.actor, known(number), known(delivery))


@router.get("/webhooks/{number}/replays", response=Replays, summary="重放记录")
def replays(request: AskedRequest, number: int) -> dict[str, Any]:
    """The last replays, and how far each is."""
    return {"replays": replays_for(request.actor, known(number)), "after": ""}


@router.post("/webhooks/{number}/replays", response={202: Replays, 409: Problem}, summary="重放")
def replayed(request: AskedRequest, number: int, given: ReplaySince) -> Status[dict[str, Any]]:
    """Everything since a moment once more, in the order of the ledger, under the names it had."""
    if given.since.utcoffset() is None:
        raise Invalid(fields={"since": "时间须注明时区。"})
    replay(request.actor, known(number), request.now, since=given.since)
    return Status(202, {"replays": replays_for(request.actor, known(number)), "after": ""})


# The receiver is called meanwhile: no transaction waits for it, or everybody behind the ledger would wait too.
@router.post("/webhooks/{number}/try", response={200: Tried, 409: Problem}, summary="发测试消息")
@mannered(Manners(kept=False, matched=False))
def tried(request: AskedRequest, number: int) -> Any:
    """Send a test message now, and say what came of it."""
    return try_now(request.actor, known(number), request.now)
