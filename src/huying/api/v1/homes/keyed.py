"""重点人群类别, and a sheet of people brought in."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.api.v1.sheets import SHEET, DryRun, SheetRead, brought, sheet_taken
from huying.kernel.errors import NotFound
from huying.residents.actions import end_kind, import_people, put_kind
from huying.residents.queries import KindInfo, kinds_for
from huying.residents.rules.kinds import CareLevel
from huying.residents.rules.sheets import COLUMNS, EXAMPLE, MORE

router = Router(tags=["住户"])
Kind = told(KindInfo, "ResidentKind")


class ResidentKindGiven(Body):
    """A kind of key persons."""

    name: str = Field(min_length=1, max_length=20, examples=["独居高龄老人"])
    level: Annotated[CareLevel, listed_as(CareLevel)] = Field(description="等级")
    sensitive: bool = Field(False, description="敏感：只给能看完整信息的人看到")
    hint: str = Field("", max_length=100, description="什么样的人算", examples=["80 周岁以上，一个人住"])


class ResidentKindMade(Schema):
    """Its code."""

    code: str = Field(examples=["elder_alone"])


@router.get("/resident-kinds", response=page_of("kinds", Kind), summary="重点人群类别")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The kinds in their order, ended ones too."""
    must(request.actor, Permission.RESIDENT_READ, Permission.RESIDENT_SET)
    rows, after = cut(kinds_for(request.actor), turn, lambda row: row.code)
    return {"kinds": rows, "after": after}


@router.post("/resident-kinds", response={201: ResidentKindMade, 409: Problem}, summary="加重点人群类别")
def made(request: AskedRequest, given: ResidentKindGiven) -> Status[dict[str, str]]:
    """A further kind."""
    must(request.actor, Permission.RESIDENT_SET)
    return Status(201, {"code": _put(request, "", given)})


@router.put(
    "/resident-kinds/{code}", response={200: ResidentKindMade, 409: Problem}, summary="改重点人群类别"
)
def changed(request: AskedRequest, code: str, given: ResidentKindGiven) -> dict[str, str]:
    """Let a kind say this; marks that were given keep their level."""
    must(request.actor, Permission.RESIDENT_SET)
    return {"code": _put(request, _code(code), given)}


@router.post("/resident-kinds/{code}/end", response={204: None}, summary="停用重点人群类别")
def ended(request: AskedRequest, code: str) -> Status[None]:
    """Given to nobody any more."""
    must(request.actor, Permission.RESIDENT_SET)
    end_kind(request.actor, _code(code), request.now)
    return Status(204, None)


def _put(request: AskedRequest, code: str, given: ResidentKindGiven) -> str:
    return put_kind(request.actor, code, given.name, given.level, given.sensitive, given.hint, request.now)


def _code(code: str) -> str:
    if not code.isascii() or not code.isprintable() or not 0 < len(code) <= 20:
        raise NotFound
    return code


@router.post(
    "/residents/import", response=SheetRead, summary="导入住户",
    openapi_extra=sheet_taken(*COLUMNS, also=MORE, example=EXAMPLE),
)  # fmt: skip
@mannered(SHEET)
def brought_in(request: AskedRequest, dry_run: DryRun = False) -> dict[str, Any]:
    """People of a sheet with their grounds and marks: all of it or nothing; the same sheet twice is once."""
    must(request.actor, Permission.RESIDENT_EDIT)
    return brought(request, import_people, dry_run=dry_run)
