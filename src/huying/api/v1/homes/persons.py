"""住户: listed, found by a number, shown masked or whole, taken in, corrected, gone. Every look is written down."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Manners, Turn, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import SomeDay, before, known, last_of
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.residents.actions import (
    NewGround,
    add_person,
    change_person,
    find,
    leave,
    see_card,
    see_list,
    see_whole,
)
from huying.residents.queries import Asked as Wanted
from huying.residents.queries import Card, LabelInfo, PersonLine
from huying.residents.rules.kinds import (
    CareLevel,
    ConsentForm,
    HomeUse,
    HouseholdKind,
    Leaving,
    LegalBasis,
    Purpose,
    Relation,
    Sex,
)
from huying.residents.rules.registering import NewPerson

router = Router(tags=["住户"])
PRIVATE = Manners(kept=False, private=True)
Label = told(LabelInfo, "ResidentLabel")
Line = told(
    PersonLine,
    "ResidentLine",
    without=("labels",),
    labels=(list[Label], Field(description="重点标记")),  # type: ignore[valid-type]
)
CardTold = told(
    Card, "ResidentCard", without=("line", "household", "past"),
    line=(Line, Field(description="遮盖后的本人")), household=(list[Line], Field(description="同住的人")),  # type: ignore[valid-type]
    past=(list[Label], Field(description="以前的标记")),  # type: ignore[valid-type]
)  # fmt: skip


class Asked(Turn):
    """Which persons."""

    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    kind: str = Field("", max_length=20, description="重点人群类别代码")
    level: Annotated[CareLevel, listed_as(CareLevel)] | None = Field(None, description="等级")
    all: bool = Field(False, description="也要不是重点人员的")
    q: str = Field("", max_length=40, description="小区、楼栋或地址")


class Sought(Body):
    """A number."""

    number: str = Field(min_length=5, max_length=40, description="电话或身份证号", examples=["13800000000"])


class Reason(Body):
    """Why somebody needs to know."""

    reason: str = Field(min_length=2, max_length=200, examples=["上门前电话联系"])
    emergency: int | None = Field(
        None, ge=1, lt=2**63, description="从哪张应急卡来；指挥应急的可以看设备守护的人"
    )


class WholeTold(Schema):
    """What is known of a person, readable."""

    name: str = Field(examples=["王某某"])
    phone: str = Field(examples=["13800000000"])
    id_number: str = Field(examples=[""])
    note: str = Field(examples=["听力不好，敲门重一点"])
    contacts: list[list[str]] = Field(description="联系人：姓名、什么人、电话")


class GroundGiven(Body):
    """On what and for what somebody's data are kept."""

    purpose: Annotated[Purpose, listed_as(Purpose)] = Field(Purpose.CARE, description="为了什么")
    basis: Annotated[LegalBasis, listed_as(LegalBasis)] = Field(LegalBasis.CONSENT, description="依据")
    consent: Annotated[ConsentForm, listed_as(ConsentForm)] | None = Field(
        ConsentForm.WRITTEN, description="同意方式"
    )
    detail: str = Field("", max_length=200, description="依据说明", examples=["同意书存社区档案柜"])
    until: SomeDay | None = Field(None, description="用到哪天，空为一直到撤回或迁出")


class PersonGiven(Body):
    """A person and the flat they live in."""

    building: int = Field(ge=1, lt=2**63, description="楼栋编号", examples=[1])
    room: str = Field(min_length=1, max_length=40, examples=["2单元501"])
    name: str = Field(min_length=1, max_length=40, examples=["王某某"])
    relation: Annotated[Relation, listed_as(Relation)] = Field(Relation.HEAD, description="与户主关系")
    sex: Annotated[Sex, listed_as(Sex)] | None = Field(None, description="性别")
    born: int | None = Field(None, ge=1880, le=2100, description="出生年份", examples=[1942])
    phone: str = Field("", max_length=30, description="电话；改的时候空为不变")
    id_number: str = Field("", max_length=18, description="身份证号；改的时候空为不变")
    note: str = Field("", max_length=300, description="上门要知道的")
    use: Annotated[HomeUse, listed_as(HomeUse)] = Field(HomeUse.OWN, description="房屋用途")
    household: int = Field(1, ge=1, le=20, description="这套房的第几户")
    household_kind: Annotated[HouseholdKind, listed_as(HouseholdKind)] = Field(
        HouseholdKind.FAMILY, description="哪种户"
    )


class PersonNew(PersonGiven):
    """A person with the ground on which their data are kept: without one nobody is taken in."""

    ground: GroundGiven


class Gone(Body):
    """Why they are no longer here."""

    why: Annotated[Leaving, listed_as(Leaving)] = Field(description="原因")


class PersonMade(Schema):
    """Their number in the register."""

    id: int = Field(examples=[1])


@router.get("/residents", response=page_of("residents", Line), summary="住户")
@mannered(PRIVATE)
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """Key persons within the key's area, or everybody registered there; masked, and written down."""
    must(request.actor, Permission.RESIDENT_READ)
    wanted = Wanted(asked.area, asked.kind, asked.level, not asked.all, asked.q)
    rows = see_list(request.actor, wanted, request.now, before(asked) or 0, asked.limit)
    return {"residents": rows, "after": last_of(rows, asked)}


@router.post("/residents/find", response=page_of("residents", Line), summary="按号码找住户")
@mannered(PRIVATE)
def found(request: AskedRequest, given: Sought) -> dict[str, Any]:
    """Who has this telephone or identity number, masked; the search is written down."""
    must(request.actor, Permission.RESIDENT_READ)
    return {"residents": find(request.actor, given.number, request.now), "after": ""}


@router.get("/residents/{number}", response=CardTold, summary="一位住户")
@mannered(PRIVATE)
def one(request: AskedRequest, number: int) -> Card:
    """The card, masked; that it was seen is written down."""
    must(request.actor, Permission.RESIDENT_READ)
    return see_card(request.actor, known(number), request.now)


@router.post("/residents/{number}/whole", response=WholeTold, summary="住户的完整信息")
@mannered(PRIVATE)
def whole(request: AskedRequest, number: int, given: Reason) -> dict[str, Any]:
    """Everything readable, for a reason that is written down."""
    must(request.actor, Permission.RESIDENT_UNMASK, Permission.EMERGENCY_COMMAND)
    seen = see_whole(request.actor, known(number), given.reason, request.now, given.emergency)
    return {
        "name": seen.name, "phone": seen.phone, "id_number": seen.id_number, "note": seen.note,
        "contacts": [list(one) for one in seen.contacts],
    }  # fmt: skip


@router.post("/residents", response={201: PersonMade, 409: Problem}, summary="登记住户")
@mannered(PRIVATE)
def made(request: AskedRequest, given: PersonNew) -> Status[dict[str, int]]:
    """Take somebody in, with the ground on which their data are kept."""
    must(request.actor, Permission.RESIDENT_EDIT)
    number = add_person(request.actor, _person(given), ground_of(given.ground), request.now)
    return Status(201, {"id": number})


@router.put("/residents/{number}", response={200: PersonMade, 409: Problem}, summary="改住户")
@mannered(PRIVATE)
def changed(request: AskedRequest, number: int, given: PersonGiven) -> dict[str, int]:
    """Let what is known of somebody be this; empty numbers stay as they are."""
    must(request.actor, Permission.RESIDENT_EDIT)
    change_person(request.actor, known(number), _person(given), request.now)
    return {"id": number}


@router.post("/residents/{number}/leave", response={204: None}, summary="住户迁出")
def left(request: AskedRequest, number: int, given: Gone) -> Status[None]:
    """No longer here: no more visits, and what is kept goes 30 days later."""
    must(request.actor, Permission.RESIDENT_EDIT)
    leave(request.actor, known(number), given.why, request.now)
    return Status(204, None)


def ground_of(given: GroundGiven) -> NewGround:
    """As the domain takes it."""
    return NewGround(
        purpose=given.purpose,
        basis=given.basis,
        consent=given.consent,
        detail=given.detail,
        until=given.until,
    )


def _person(given: PersonGiven) -> NewPerson:
    return NewPerson(
        building_id=given.building, room=given.room, name=given.name, relation=given.relation, sex=given.sex,
        born=given.born, phone=given.phone, id_number=given.id_number, note=given.note, use=given.use,
        household=given.household, household_kind=given.household_kind,
    )  # fmt: skip
