"""Units: one, made, named, closed, opened again; their spellings and what they bear."""

from typing import Annotated, Any

from ninja import Field, Router, Status

from huying.access.permissions import Permission
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.reference import router as reference
from huying.api.v1.shapes import Problem
from huying.catalogue.rules.duties import Duty
from huying.people.actions import (
    NewBearing,
    NewBody,
    add_aliases,
    close_body,
    create_body,
    rename_body,
    reopen_body,
    set_bearings,
)
from huying.people.queries import BodyInfo, bearing, body, spellings_of
from huying.people.rules.kinds import BodyKind

router = Router(tags=["单位"])
_Kind = Annotated[BodyKind, listed_as(BodyKind)]


class Borne(Body):
    """What a unit bears, where."""

    duty: str = Field(max_length=40, description="职责", examples=["urban_management"])
    area: str = Field(max_length=15, pattern=r"^\d{6,15}$", description="区划代码", examples=["440310"])


Whole = told(
    BodyInfo, "BodyWhole",
    spellings=(list[str], Field(description="别的写法", examples=[["市容所"]])),
    bearings=(list[Borne], Field(description="承担的职责")),
)  # fmt: skip


class UnitNamed(Body):
    """What a unit is called."""

    name: str = Field(min_length=1, max_length=60, examples=["城市管理局"])
    short_name: str = Field("", max_length=30, examples=["城管局"])
    kind: _Kind = Field(description="类别")


class NewUnit(UnitNamed):
    """A new unit."""

    code: str = Field(min_length=1, max_length=20, description="本区唯一", examples=["CGJ"])
    area: str = Field(max_length=15, pattern=r"^\d{6,15}$", description="管哪里", examples=["440310"])


class Spelling(Body):
    """Another way a unit is written."""

    spelling: str = Field(min_length=1, max_length=60, examples=["市容所"])


class Bearings(Body):
    """What a unit bears from now on; what it bore already stays."""

    bearings: list[Borne] = Field(min_length=1, max_length=200)


@router.get("/bodies/{number}", response=Whole, summary="一个单位")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """A unit, also one closed, with its spellings and what it bears now."""
    must(request.actor, Permission.CASE_READ, Permission.CATALOGUE_READ, Permission.BODY_EDIT)
    return _told(request, number)


# One address is one router's: Django asks no further once it has found it.
@reference.post("/bodies", response={201: Whole, 409: Problem}, summary="新建单位", tags=["单位"])
def made(request: AskedRequest, given: NewUnit) -> Status[dict[str, Any]]:
    """A new unit; its code is the only one in the district."""
    must(request.actor, Permission.BODY_EDIT)
    new = NewBody(given.code, given.name, given.kind, given.area, given.short_name)
    return Status(201, _told(request, create_body(request.actor, new, request.now)))


@router.put("/bodies/{number}", response=Whole, summary="改单位名称")
def named(request: AskedRequest, number: int, given: UnitNamed) -> dict[str, Any]:
    """Let a unit be called so from now on."""
    must(request.actor, Permission.BODY_EDIT)
    rename_body(request.actor, known(number), given.name, given.short_name, given.kind, request.now)
    return _told(request, number)


@router.post("/bodies/{number}/close", response=Whole, summary="停用单位")
def closed(request: AskedRequest, number: int) -> dict[str, Any]:
    """Nothing goes to the unit any more; what it did is still told under its name."""
    must(request.actor, Permission.BODY_EDIT)
    close_body(request.actor, known(number), request.now)
    return _told(request, number)


@router.post("/bodies/{number}/reopen", response=Whole, summary="恢复单位")
def reopened(request: AskedRequest, number: int) -> dict[str, Any]:
    """Open a closed unit again."""
    must(request.actor, Permission.BODY_EDIT)
    reopen_body(request.actor, known(number), request.now)
    return _told(request, number)


@router.post("/bodies/{number}/spellings", response=Whole, summary="添一种写法")
def spelt(request: AskedRequest, number: int, given: Spelling) -> dict[str, Any]:
    """Know the unit also by this spelling, for example in imported orders."""
    must(request.actor, Permission.BODY_EDIT)
    body(request.actor.district, known(number))
    add_aliases(request.actor, [(given.spelling, number)])
    return _told(request, number)


@router.post("/bodies/{number}/bearings", response=Whole, summary="承担职责")
def borne(request: AskedRequest, number: int, given: Bearings) -> dict[str, Any]:
    """Let the unit bear duties at places; whoever bore them there gives them up."""
    must(request.actor, Permission.BODY_EDIT)
    body(request.actor.district, known(number))
    new = [
        NewBearing(Duty(one.duty) if one.duty in set(Duty) else one.duty, one.area, number)
        for one in given.bearings
    ]
    set_bearings(request.actor, new, request.now)
    return _told(request, number)


def _told(request: AskedRequest, number: int) -> dict[str, Any]:
    district = request.actor.district
    info = body(district, known(number))
    held = [
        {"duty": duty, "area": area}
        for (duty, area), holder in bearing(district, request.now).items()
        if holder == number
    ]
    fields = {name: getattr(info, name) for name in BodyInfo.__dataclass_fields__}
    return fields | {"spellings": spellings_of(district, number), "bearings": held}
