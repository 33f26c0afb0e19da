"""服务点单: what was asked of centres, arranged, done, missed, called off; asked for a resident by another door."""

from typing import Annotated, Any
from uuid import UUID

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Manners, Turn, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import SomeMoment, before, known, last_of
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.services.actions import Arrangement, NewAsk, arrange, ask, call_off, finish, look_at
from huying.services.queries import AskInfo, SoughtAsks, ask_for, asks_for, link_of
from huying.services.rules.kinds import AskState

router = Router(tags=["服务点单"])
Line = told(AskInfo, "ServiceAsk")


class Asked(Turn):
    """Which of them."""

    state: Annotated[AskState, listed_as(AskState)] | None = Field(None, description="状态，空为在办的")
    facility: int | None = Field(None, ge=1, lt=2**63, description="哪个中心")
    service: int | None = Field(None, ge=1, lt=2**63, description="哪项服务")


class AskGiven(Body):
    """What a resident asks for."""

    key: UUID = Field(description="同一个键只约一次")
    slot: int | None = Field(None, ge=1, lt=2**63, description="时段，空为由中心约")
    name: str = Field(min_length=1, max_length=40, description="怎么称呼", examples=["张女士"])
    phone: str = Field(min_length=5, max_length=20, examples=["13800000001"])
    address: str = Field("", max_length=120, description="上门服务的地址", examples=["春风路 12 号"])
    words: str = Field("", max_length=300, examples=["行动不便，需要轮椅"])
    community: str = Field("", max_length=12, pattern=r"^\d*$", description="住在哪个社区")


class AskKept(Schema):
    """What was kept."""

    id: int
    number: str = Field(examples=["482133569027"])
    state: Annotated[AskState, listed_as(AskState)]
    fresh: bool = Field(description="假：同一个键以前来过")
    page: str = Field(
        description="居民看进展、取消、评价的网页", examples=["/nearby/asks/440310-12-ABCDEFGHIJKLMNOP"]
    )


class ArrangementGiven(Body):
    """When and by whom."""

    slot: int | None = Field(None, ge=1, lt=2**63, description="时段")
    starts_at: SomeMoment | None = Field(None, description="或另约的时间")
    worker: str = Field("", max_length=40, description="谁来办", examples=["王秀英"])
    told: str = Field("", max_length=200, description="告诉居民", examples=["带身份证，到二楼"])


class AskFinished(Body):
    """It was done, or nobody came."""

    done: bool = Field(True, description="假：人没到")


class CallingOff(Body):
    """A reason."""

    why: str = Field(min_length=1, max_length=200, examples=["设备检修"])


class PersonShown(Schema):
    """Who asked, whole."""

    name: str = Field(examples=["张女士"])
    phone: str = Field(examples=["13800000001"])
    address: str = Field(examples=["春风路 12 号"])
    words: str = Field(examples=["需要轮椅"])
    review: str = Field(examples=["很周到"])


@router.get("/service-asks", response=page_of("asks", Line), summary="服务点单")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """Those of the centres the key runs, the newest first; names and numbers masked."""
    must(request.actor, Permission.SERVICE_RUN)
    sought = SoughtAsks(asked.state, asked.facility, asked.service)
    rows = asks_for(request.actor, sought, before(asked), asked.limit)
    return {"asks": rows, "after": last_of(rows, asked)}


@router.get("/service-asks/{number}", response=Line, summary="一件服务点单")
def one(request: AskedRequest, number: int) -> AskInfo:
    """One of them."""
    must(request.actor, Permission.SERVICE_RUN)
    return ask_for(request.actor, known(number))


@router.post("/centre-services/{number}/asks", response={201: AskKept, 409: Problem}, summary="替居民约服务")
def asking(request: AskedRequest, number: int, given: AskGiven) -> Status[dict[str, Any]]:
    """For a resident who called or writes elsewhere; a slot is never overbooked."""
    must(request.actor, Permission.APPEAL_RECEIVE, Permission.SERVICE_RUN)
    new = NewAsk(
        key=given.key, name=given.name, phone=given.phone, slot_id=given.slot, address=given.address, words=given.words,
        community=given.community,
    )  # fmt: skip
    made = ask(request.actor.district, known(number), new, request.now)
    page = f"/nearby/asks/{link_of(request.actor.district, made.id)}"
    return Status(
        201, {"id": made.id, "number": made.number, "state": made.state, "fresh": made.fresh, "page": page}
    )


@router.post("/service-asks/{number}/unmask", response=PersonShown, summary="查看点单人")
@mannered(Manners(kept=False, private=True))
def unmasked(request: AskedRequest, number: int) -> Any:
    """Who asked, whole; written down in the audit."""
    must(request.actor, Permission.SERVICE_RUN)
    return look_at(request.actor, known(number), request.now)


@router.post("/service-asks/{number}/arrange", response={200: Line, 409: Problem}, summary="安排点单")
def arranged(request: AskedRequest, number: int, given: ArrangementGiven) -> AskInfo:
    """Say when and by whom; the resident is told."""
    must(request.actor, Permission.SERVICE_RUN)
    wanted = Arrangement(given.slot, given.starts_at, given.worker, given.told)
    arrange(request.actor, known(number), wanted, request.now)
    return ask_for(request.actor, number)


@router.post("/service-asks/{number}/finish", response={200: Line, 409: Problem}, summary="登记服务完成")
def finished(request: AskedRequest, number: int, given: AskFinished) -> AskInfo:
    """It was done, or nobody came."""
    must(request.actor, Permission.SERVICE_RUN)
    finish(request.actor, known(number), given.done, request.now)
    return ask_for(request.actor, number)


@router.post("/service-asks/{number}/off", response={200: Line, 409: Problem}, summary="取消点单")
def off(request: AskedRequest, number: int, given: CallingOff) -> AskInfo:
    """The centre cannot do it; the resident is told why."""
    must(request.actor, Permission.SERVICE_RUN)
    call_off(request.actor, known(number), given.why, request.now)
    return ask_for(request.actor, number)
