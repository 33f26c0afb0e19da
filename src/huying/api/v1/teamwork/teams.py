"""队员类别, and whole teams brought in by a sheet."""

from typing import Annotated, Any

from ninja import Field, Router, Status

from huying.access.permissions import Permission
from huying.api.conduct import mannered
from huying.api.conduct.derived import listed_as
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.desk.duty import Kind
from huying.api.v1.desk.duty import router as duty
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.api.v1.sheets import SHEET, DryRun, SheetRead, brought, sheet_taken
from huying.kernel.errors import NotFound
from huying.teams.actions import end_kind, import_teams, put_kind
from huying.teams.queries import KindRow, kinds_of
from huying.teams.rules.kinds import Part
from huying.teams.rules.sheets import ALSO, TEAMS

router = Router(tags=["队伍和值班"])
_EXAMPLE = ("青石街道 春风社区 第01网格", "楼栋长", "张小明", "13800000000", "3 号楼")


class KindGiven(Body):
    """A kind of member."""

    name: str = Field(min_length=1, max_length=20, examples=["楼栋长"])
    part: Annotated[Part, listed_as(Part)] = Field(Part.FORCE, description="1+2+N 里的哪一部分，定了不再改")


class KindNamed(Body):
    """Another name for a kind."""

    name: str = Field(min_length=1, max_length=20, examples=["楼组长"])


@router.post(
    "/teams/import",
    response=SheetRead,
    summary="导入队伍",
    openapi_extra=sheet_taken(*TEAMS, also=ALSO, example=_EXAMPLE),
)
@mannered(SHEET)
def imported(request: AskedRequest, dry_run: DryRun = False) -> dict[str, Any]:
    """Members into their grids' teams, all of a sheet or nobody. The same sheet again changes nothing."""
    must(request.actor, Permission.TEAM_EDIT)
    return brought(request, import_teams, dry_run=dry_run)


@duty.post("/team-kinds", response={201: Kind, 409: Problem}, summary="新增队伍类别")
def kind_made(request: AskedRequest, given: KindGiven) -> Status[KindRow]:
    """One more kind."""
    must(request.actor, Permission.TEAM_EDIT)
    return Status(201, _kind(request, put_kind(request.actor, given.name, given.part, request.now)))


@router.get("/team-kinds/{number}", response=Kind, summary="一个队伍类别")
def kind(request: AskedRequest, number: int) -> KindRow:
    """One kind, in use or not."""
    must(request.actor, Permission.TEAM_READ)
    return _kind(request, known(number))


@router.put("/team-kinds/{number}", response={200: Kind, 409: Problem}, summary="改队伍类别的名称")
def kind_named(request: AskedRequest, number: int, given: KindNamed) -> KindRow:
    """Another name; what it is of 1+2+N stays."""
    must(request.actor, Permission.TEAM_EDIT)
    put_kind(request.actor, given.name, Part.FORCE, request.now, known(number))
    return _kind(request, number)


@router.post("/team-kinds/{number}/end", response=Kind, summary="停用队伍类别")
def kind_ended(request: AskedRequest, number: int) -> KindRow:
    """Give it to nobody new; who has it keeps it."""
    must(request.actor, Permission.TEAM_EDIT)
    end_kind(request.actor, known(number), request.now)
    return _kind(request, number)


def _kind(request: AskedRequest, number: int) -> KindRow:
    for row in kinds_of(request.actor.district, ended=True):
        if row.id == number:
            return row
    raise NotFound
