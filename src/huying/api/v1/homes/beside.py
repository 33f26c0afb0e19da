"""What is kept beside a person: marks, grounds, contacts, devices that guard them."""

from typing import Annotated

from ninja import Field, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import mannered
from huying.api.conduct.derived import listed_as
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.homes.persons import PRIVATE, GroundGiven, ground_of
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.residents.actions import (
    add_ground,
    drop_contact,
    end_label,
    guard,
    mark,
    put_contact,
    unguard,
    withdraw_ground,
)
from huying.residents.rules.kinds import CareLevel

router = Router(tags=["住户"])
EDIT = Permission.RESIDENT_EDIT


class Why(Body):
    """A reason."""

    why: str = Field(min_length=1, max_length=200, examples=["病情好转，不再需要"])


class LabelGiven(Body):
    """Of which kind somebody is."""

    kind: str = Field(min_length=1, max_length=20, description="类别代码", examples=["elder_alone"])
    level: Annotated[CareLevel, listed_as(CareLevel)] | None = Field(
        None, description="等级；空按类别，只能更紧"
    )
    why: str = Field("", max_length=200, description="提高等级的原因")


class ContactGiven(Body):
    """Whom to call."""

    name: str = Field(min_length=1, max_length=40, examples=["王某"])
    relation: str = Field(min_length=1, max_length=20, examples=["女儿"])
    phone: str = Field(min_length=5, max_length=30, examples=["13800000000"])


class GuardGiven(Body):
    """A device."""

    device: str = Field(min_length=1, max_length=40, description="设备编号", examples=["SOS-0417"])


class RowMade(Schema):
    """The number of what was added."""

    id: int = Field(examples=[1])


@router.post("/residents/{number}/labels", response={201: RowMade, 409: Problem}, summary="标记重点人员")
def marked(request: AskedRequest, number: int, given: LabelGiven) -> Status[dict[str, int]]:
    """From now on somebody is of a kind, and is visited as often as that asks."""
    must(request.actor, EDIT)
    row = mark(request.actor, known(number), given.kind, given.level, given.why, request.now)
    return Status(201, {"id": row})


@router.post("/residents/{number}/labels/{label}/end", response={204: None}, summary="取消重点标记")
def unmarked(request: AskedRequest, number: int, label: int, given: Why) -> Status[None]:
    """No longer of the kind."""
    must(request.actor, EDIT)
    end_label(request.actor, known(number), known(label), given.why, request.now)
    return Status(204, None)


@router.post("/residents/{number}/grounds", response={201: RowMade}, summary="登记处理依据")
def grounded(request: AskedRequest, number: int, given: GroundGiven) -> Status[dict[str, int]]:
    """A further ground for keeping somebody's data."""
    must(request.actor, EDIT)
    row = add_ground(request.actor, known(number), ground_of(given), request.now)
    return Status(201, {"id": row})


@router.post("/residents/{number}/grounds/{ground}/withdraw", response={204: None}, summary="撤回处理依据")
def withdrawn(request: AskedRequest, number: int, ground: int, given: Why) -> Status[None]:
    """It holds no more; with the last of them everything kept goes 30 days later."""
    must(request.actor, EDIT)
    withdraw_ground(request.actor, known(number), known(ground), given.why, request.now)
    return Status(204, None)


@router.post("/residents/{number}/contacts", response={201: RowMade, 409: Problem}, summary="登记联系人")
@mannered(PRIVATE)
def contacted(request: AskedRequest, number: int, given: ContactGiven) -> Status[dict[str, int]]:
    """Whom to call for somebody."""
    must(request.actor, EDIT)
    row = put_contact(request.actor, known(number), given.name, given.relation, given.phone, request.now)
    return Status(201, {"id": row})


@router.post("/residents/{number}/contacts/{contact}/drop", response={204: None}, summary="删除联系人")
def dropped(request: AskedRequest, number: int, contact: int) -> Status[None]:
    """Keep them no more."""
    must(request.actor, EDIT)
    drop_contact(request.actor, known(number), known(contact))
    return Status(204, None)


@router.post("/residents/{number}/devices", response={201: RowMade, 409: Problem}, summary="登记守护设备")
def guarded(request: AskedRequest, number: int, given: GuardGiven) -> Status[dict[str, int]]:
    """From now on an alarm of this device opens onto this person's card."""
    must(request.actor, EDIT)
    return Status(201, {"id": guard(request.actor, known(number), given.device, request.now)})


@router.post("/residents/{number}/devices/{guarding}/end", response={204: None}, summary="解除守护设备")
def unguarded(request: AskedRequest, number: int, guarding: int) -> Status[None]:
    """It guards them no more."""
    must(request.actor, EDIT)
    unguard(request.actor, known(number), known(guarding), request.now)
    return Status(204, None)
