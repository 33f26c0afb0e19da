"""订阅推送: who is told what, and how they stand; a key that reads cases sets up its own."""

from dataclasses import asdict
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.api.conduct import Manners, Turn, cut, mannered, page_of
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest
from huying.api.v1.shapes import Problem
from huying.cases.lifecycle import Verb
from huying.catalogue.rules import AppealKind
from huying.webhooks.actions import NewSubscription, change, create, new_secret_for, pause, remove, start
from huying.webhooks.queries import SubscriptionInfo, subscription_for, subscriptions_for
from huying.webhooks.rules.filters import Filters
from huying.webhooks.rules.kinds import Field as Told

router = Router(tags=["订阅推送"])


class Narrowed(Body):
    """What is told; an empty list narrows nothing."""

    verbs: list[Verb] = Field([], max_length=80, description="步骤", examples=[["dispatch", "close"]])
    areas: list[str] = Field([], max_length=200, description="区划代码或其开头", examples=[["440310001"]])
    items: list[str] = Field([], max_length=200, description="事项代码或其开头", examples=[["0205"]])
    kinds: list[AppealKind] = Field([], max_length=20, description="诉求类型", examples=[["complaint"]])
    bodies: list[Annotated[int, Field(ge=1, lt=2**63)]] = Field([], max_length=200, description="经办单位")


class WebhookWanted(Body):
    """A receiver and what it wants to be told."""

    name: str = Field(min_length=1, max_length=60, examples=["城市运行中心大屏"])
    address: str = Field(
        max_length=500, description="接收网址，https", examples=["https://ops.example.cn/huying"]
    )
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="内容不超出这片区域；空为全区")
    body: int | None = Field(None, ge=1, lt=2**63, description="只看这个单位经办的")
    # No value beside the schema: makers of clients know no object that stands for itself.
    filters: Narrowed = Field(default_factory=lambda: Narrowed.model_validate({}), description="只推这些")
    fields: list[Told] = Field(
        [], max_length=20, description="除编号、步骤和状态外还推送", examples=[["item", "area"]]
    )


class Going(Body):
    """How it goes on."""

    catch_up: bool = Field(True, description="补送停用期间的")


_FILTERS = told(Filters, "SubscriptionFilters")
Line = told(
    SubscriptionInfo,
    "Subscription",
    without=("district", "filters"),
    filters=(_FILTERS, Field(description="只推这些")),
)


class SecretShown(Schema):
    """A subscription and the secret that signs; the secret is told this once."""

    subscription: Line  # type: ignore[valid-type]
    secret: str = Field(
        description="签名密钥，只显示这一次", examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]
    )


@router.get("/webhooks", response=page_of("webhooks", Line), summary="订阅")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Every subscription of the district; to a key without the permission, its own. Newest first."""
    rows, after = cut(subscriptions_for(request.actor), turn, lambda row: row.id)
    return {"webhooks": [_line(row) for row in rows], "after": after}


@router.get("/webhooks/{number}", response=Line, summary="一个订阅")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """One subscription and how it stands, without its secret."""
    return _one(request, number)


@router.post("/webhooks", response={201: SecretShown, 409: Problem}, summary="订阅推送")
@mannered(Manners(kept=False, private=True))
def made(request: AskedRequest, given: WebhookWanted) -> Status[dict[str, Any]]:
    """Be told of what happens from now on. Exactly the same twice is a conflict, not two subscriptions."""
    number, secret = create(request.actor, _asked(given), request.now)
    return Status(201, {"subscription": _one(request, number), "secret": secret})


@router.put("/webhooks/{number}", response=Line, summary="改订阅")
def changed(request: AskedRequest, number: int, given: WebhookWanted) -> dict[str, Any]:
    """Other address, filters or fields from now on; what waits goes to the new address."""
    change(request.actor, known(number), _asked(given), request.now)
    return _one(request, number)


@router.post("/webhooks/{number}/secret", response=SecretShown, summary="换签名密钥")
@mannered(Manners(kept=False, private=True))
def renewed(request: AskedRequest, number: int) -> dict[str, Any]:
    """Another secret; for a day the one before signs too."""
    secret = new_secret_for(request.actor, known(number), request.now)
    return {"subscription": _one(request, number), "secret": secret}


@router.post("/webhooks/{number}/pause", response={200: Line, 409: Problem}, summary="暂停推送")
def paused(request: AskedRequest, number: int) -> dict[str, Any]:
    """Push nothing for now; what waits stays."""
    pause(request.actor, known(number), request.now)
    return _one(request, number)


@router.post("/webhooks/{number}/start", response={200: Line, 409: Problem}, summary="恢复推送")
def started(request: AskedRequest, number: int, given: Going) -> dict[str, Any]:
    """Push again, with what was missed or without."""
    start(request.actor, known(number), request.now, catch_up=given.catch_up)
    return _one(request, number)


@router.delete("/webhooks/{number}", response={204: None}, summary="删除订阅")
def removed(request: AskedRequest, number: int) -> Status[None]:
    """What waits is not sent any more; the log stays for its time."""
    remove(request.actor, known(number), request.now)
    return Status(204, None)


def _asked(given: WebhookWanted) -> NewSubscription:
    some = given.filters
    wanted = Filters(
        [one.value for one in some.verbs],
        some.areas,
        some.items,
        [one.value for one in some.kinds],
        some.bodies,
    )
    area = given.area
    return NewSubscription(
        given.name, given.address, area, given.body, wanted, tuple(one.value for one in given.fields)
    )


def _one(request: AskedRequest, number: int) -> dict[str, Any]:
    return _line(subscription_for(request.actor, known(number)))


def _line(held: SubscriptionInfo) -> dict[str, Any]:
    return asdict(held)
