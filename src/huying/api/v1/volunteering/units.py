"""共建单位: registered, corrected, struck off; their contact's number."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Manners, Turn, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import before, known, last_of
from huying.api.v1.deliberation.keyed import faults_named
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.volunteers.actions import call_unit, change_unit, register_unit, strike_unit
from huying.volunteers.queries import UnitFilter, UnitRow, unit_for, units_for
from huying.volunteers.rules.kinds import UnitKind
from huying.volunteers.rules.units import NewUnit

router = Router(tags=["共建单位"])
Kind = Annotated[UnitKind, listed_as(UnitKind)]
Unit = told(UnitRow, "JointUnit")


class Asked(Turn):
    """Which units."""

    kind: Kind | None = Field(None, description="单位类型")
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    q: str = Field("", max_length=40, description="单位名称里的字")
    left: bool = Field(False, description="只看已退出的")


class UnitGiven(Body):
    """What is known of a unit. An empty phone leaves the one there is."""

    name: str = Field(min_length=1, max_length=60, examples=["春风物业公司"])
    kind: Kind = Field(description="单位类型", examples=["property"])
    area: str = Field(
        max_length=15, pattern=r"^\d*$", description="在哪里报到：街道或社区", examples=["440310001"]
    )
    contact: str = Field("", max_length=40, description="联系人", examples=["李主任"])
    phone: str = Field("", max_length=30, description="联系电话", examples=["13800000001"])
    words: str = Field("", max_length=500, description="简介")
    body: int | None = Field(None, ge=1, lt=2**63, description="也是承办单位的，它的编号")


class UnitPhone(Schema):
    """The whole number; keep it nowhere."""

    phone: str = Field(examples=["13800000001"])


@router.get("/joint-units", response=page_of("units", Unit), summary="共建单位")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """Units of the key's area and of the areas above, the newest first; numbers masked."""
    must(request.actor, Permission.VOLUNTEER_READ)
    wanted = UnitFilter(asked.kind.value if asked.kind else "", asked.area, asked.q, asked.left)
    rows = units_for(request.actor, wanted, before=before(asked), limit=asked.limit)
    return {"units": rows, "after": last_of(rows, asked)}


@router.get("/joint-units/{number}", response=Unit, summary="一个共建单位")
def one(request: AskedRequest, number: int) -> UnitRow:
    """One of them."""
    must(request.actor, Permission.VOLUNTEER_READ)
    return unit_for(request.actor, known(number))


@router.post("/joint-units", response={201: Unit, 409: Problem}, summary="登记共建单位")
def made(request: AskedRequest, given: UnitGiven) -> Status[UnitRow]:
    """A unit that registers at a street or community; a name stands there once."""
    must(request.actor, Permission.UNIT_EDIT)
    with faults_named(body_id="body"):
        number = register_unit(request.actor, _new(given), request.now)
    return Status(201, unit_for(request.actor, number))


@router.put("/joint-units/{number}", response={200: Unit, 409: Problem}, summary="改共建单位")
def changed(request: AskedRequest, number: int, given: UnitGiven) -> UnitRow:
    """Let what is known be exactly this."""
    must(request.actor, Permission.UNIT_EDIT)
    with faults_named(body_id="body"):
        change_unit(request.actor, known(number), _new(given), request.now)
    return unit_for(request.actor, number)


@router.post("/joint-units/{number}/phone", response=UnitPhone, summary="查看共建单位联系电话")
@mannered(Manners(kept=False, matched=False, private=True))
def phone(request: AskedRequest, number: int) -> dict[str, str]:
    """The whole number. Every view is written into the audit."""
    must(request.actor, Permission.UNIT_EDIT)
    return {"phone": call_unit(request.actor, known(number), request.now)}


@router.post("/joint-units/{number}/leave", response=Unit, summary="共建单位退出")
def left(request: AskedRequest, number: int) -> UnitRow:
    """It takes part no more; what it offered is off the list, its projects stay."""
    must(request.actor, Permission.UNIT_EDIT)
    strike_unit(request.actor, known(number), request.now)
    return unit_for(request.actor, number)


def _new(given: UnitGiven) -> NewUnit:
    told = given.dict(exclude={"body"})
    return NewUnit(**told, body_id=given.body)
