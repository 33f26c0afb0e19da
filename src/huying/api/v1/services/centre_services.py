"""What centres offer, and its slots."""

from datetime import time
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.asking import Clock, SomeDay, known
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.services.actions import cancel_slot, change_service, end_service, offer, open_slots
from huying.services.queries import ServiceInfo, SlotInfo, service_for, services_for, slots_for
from huying.services.rules.slots import MOST_CAPACITY, NewService, Pattern

router = Router(tags=["服务点单"])
Service, Slot = told(ServiceInfo, "CentreService"), told(SlotInfo, "ServiceSlot")


class Asked(Turn):
    """Of which centre."""

    facility: int | None = Field(None, ge=1, lt=2**63, description="哪个中心")


class ServiceGiven(Body):
    """What a centre offers."""

    name: str = Field(min_length=1, max_length=40, examples=["助浴"])
    category: str = Field("", max_length=12, description="类别", examples=["养老"])
    words: str = Field("", max_length=500, description="说明", examples=["带换洗衣物，家属陪同"])
    minutes: int = Field(60, ge=5, le=720, description="每次几分钟")
    notice: int = Field(2, ge=0, le=240, description="至少提前几小时")
    confirms: bool = Field(True, description="真：中心安排；假：约到即定")
    at_home: bool = Field(False, description="上门")


class SlotsGiven(Body):
    """Slots by a weekly pattern."""

    first: SomeDay = Field(description="从哪天")
    last: SomeDay = Field(description="到哪天")
    weekdays: list[Annotated[int, Field(ge=0, le=6)]] = Field(
        min_length=1, max_length=7, description="星期几，0 是周一", examples=[[0, 2, 4]]
    )
    times: list[Clock] = Field(
        min_length=1, max_length=24, description="开始时间", examples=[["09:00", "10:00"]]
    )
    capacity: int = Field(1, ge=1, le=MOST_CAPACITY, description="每个时段几个人")


class SlotsOpened(Schema):
    """How many are new."""

    made: int = Field(examples=[24])
    service: str = Field(examples=["助浴"])


class SlotCancelled(Schema):
    """How many wait for another one."""

    moved: int = Field(examples=[1])
    service: str = Field(examples=["助浴"])


@router.get("/centre-services", response=page_of("services", Service), summary="服务项目")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """Those of the centres the key runs."""
    must(request.actor, Permission.SERVICE_RUN)
    found = [row for row, _centre in services_for(request.actor, asked.facility)]
    rows, after = cut(found, asked, lambda one: one.id)
    return {"services": rows, "after": after}


@router.get("/centre-services/{number}", response=Service, summary="一项服务")
def one(request: AskedRequest, number: int) -> ServiceInfo:
    """One of them."""
    must(request.actor, Permission.SERVICE_RUN)
    return service_for(request.actor, known(number))


@router.post("/facilities/{number}/services", response={201: Service, 409: Problem}, summary="加服务项目")
def offering(request: AskedRequest, number: int, given: ServiceGiven) -> Status[ServiceInfo]:
    """Let a centre offer it."""
    must(request.actor, Permission.SERVICE_RUN)
    made = offer(request.actor, known(number), _new(given), request.now)
    return Status(201, service_for(request.actor, made))


@router.put("/centre-services/{number}", response={200: Service, 409: Problem}, summary="改服务项目")
def changed(request: AskedRequest, number: int, given: ServiceGiven) -> ServiceInfo:
    """Let it be exactly this; open slots stay as they are."""
    must(request.actor, Permission.SERVICE_RUN)
    change_service(request.actor, known(number), _new(given), request.now)
    return service_for(request.actor, number)


@router.post("/centre-services/{number}/end", response=Service, summary="停服务项目")
def ended(request: AskedRequest, number: int) -> ServiceInfo:
    """Offer it no more; what was asked for is still done."""
    must(request.actor, Permission.SERVICE_RUN)
    end_service(request.actor, known(number), request.now)
    return service_for(request.actor, number)


@router.get("/centre-services/{number}/slots", response=page_of("slots", Slot), summary="服务时段")
def slots(request: AskedRequest, number: int, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The slots to come, the next first; at most 200."""
    must(request.actor, Permission.SERVICE_RUN)
    rows, after = cut(slots_for(request.actor, known(number), request.now), turn, lambda one: one.id)
    return {"slots": rows, "after": after}


@router.post(
    "/centre-services/{number}/slots", response={201: SlotsOpened, 409: Problem}, summary="排服务时段"
)
def opened(request: AskedRequest, number: int, given: SlotsGiven) -> Status[dict[str, Any]]:
    """By a weekly pattern within the centre's hours; one that is there stays as it is."""
    must(request.actor, Permission.SERVICE_RUN)
    times = tuple(time.fromisoformat(at) for at in given.times)
    pattern = Pattern(given.first, given.last, frozenset(given.weekdays), times, given.capacity)
    made = open_slots(request.actor, known(number), pattern, request.now)
    return Status(201, {"made": made, "service": service_for(request.actor, number).name})


@router.post(
    "/centre-services/{number}/slots/{slot}/cancel", response={200: SlotCancelled, 409: Problem},
    summary="取消服务时段",
)  # fmt: skip
def slot_cancelled(request: AskedRequest, number: int, slot: int) -> dict[str, Any]:
    """Whoever had a place waits for another, and is told so."""
    must(request.actor, Permission.SERVICE_RUN)
    moved = cancel_slot(request.actor, known(number), known(slot), request.now)
    return {"moved": moved, "service": service_for(request.actor, number).name}


def _new(given: ServiceGiven) -> NewService:
    return NewService(
        name=given.name, category=given.category, words=given.words, minutes=given.minutes, notice=given.notice,
        confirms=given.confirms, at_home=given.at_home,
    )  # fmt: skip
