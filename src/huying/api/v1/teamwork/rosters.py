"""排班: the roster of a duty post, square by square, or out of a sheet."""

from datetime import date, timedelta
from typing import Annotated, Any, Final

from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Turn as PageTurn
from huying.api.conduct import cut, mannered, page_of
from huying.api.conduct.derived import listed_as
from huying.api.members import Body
from huying.api.v1.asking import SomeDay, known, today
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.sheets import SHEET, DryRun, SheetRead, brought, in_words, sheet_taken
from huying.api.v1.teamwork.turns import must_draw_up
from huying.kernel.saying import worded
from huying.teams.actions import (
    CellEdit,
    import_roster,
    put_cells,
)
from huying.teams.queries import Roster, gaps_of, posts_for, roster_for
from huying.teams.rules.gaps import Cell
from huying.teams.rules.kinds import DutyRole
from huying.teams.rules.sheets import ALSO, ROSTER

router = Router(tags=["队伍和值班"])
_EXAMPLE: Final = ("2026-12-01", "青石街道总值班", "白班", "值班员", "张小明", "13800000000", "科员")
_SINCE: Final = timedelta(days=90)
_Role = Annotated[DutyRole, listed_as(DutyRole)]
_Day = Annotated[SomeDay | None, Query(description="从哪天起；不写为今天")]
_Count = Annotated[int, Query(ge=1, le=28, description="几天")]


class Square(Body):
    """What a square shall say. ``was``: what it said when it was read; left out: whatever it said."""

    turn: int = Field(ge=1, lt=2**63, description="班次编号")
    day: SomeDay
    role: _Role = Field(description="角色")
    names: list[str] = Field(max_length=20, description="谁在岗；空为没有人", examples=[["张小明"]])
    was: list[str] | None = Field(None, max_length=20, description="读到时是谁", examples=[None])


class Squares(Body):
    """Squares of a roster."""

    squares: list[Square] = Field(min_length=1, max_length=400)


class DayTold(Schema):
    """A day of a roster."""

    day: date
    working: bool
    festival: str = Field(examples=["国庆节"])


class SquareTold(Schema):
    """A square: who is on, and how many are still needed."""

    turn: int
    day: date
    role: str = Field(examples=["officer"])
    names: list[str] = Field(examples=[["张小明"]])
    needed: int = Field(description="要几人")
    lacks: int = Field(description="还差几人")
    over: bool = Field(description="已经过去")


class RosterTold(Schema):
    """A post's roster over some days."""

    post: int
    days: list[DayTold]
    squares: list[SquareTold] = Field(description="要人的和有人的格子")


class Gap(Schema):
    """A square that lacks somebody."""

    post: int
    post_name: str = Field(examples=["青石街道总值班"])
    area: str
    turn: int
    day: date
    role: str = Field(examples=["officer"])


class Ahead(PageTurn):
    """Where and how far ahead."""

    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    days: int = Field(14, ge=1, le=28, description="今天起几天")


class SquareRefused(Schema):
    """A square that could not be written."""

    turn: int
    day: date
    role: str = Field(examples=["officer"])
    why: str = Field(examples=["这里没有叫“张小明”的人，请先加到人员里。"])


class SquaresWritten(Schema):
    """How many squares stand as they were sent, and which do not."""

    written: int
    refused: list[SquareRefused]


@router.post(
    "/duty/import",
    response=SheetRead,
    summary="导入排班",
    openapi_extra=sheet_taken(*ROSTER, also=ALSO, example=_EXAMPLE),
)
@mannered(SHEET)
def imported(request: AskedRequest, dry_run: DryRun = False) -> dict[str, Any]:
    """Shifts of a sheet into the posts that the key draws up, all or none."""
    must(request.actor, Permission.DUTY_EDIT)
    return brought(request, import_roster, dry_run=dry_run)


@router.get("/duty/posts/{number}/roster", response=RosterTold, summary="值班表")
def roster(request: AskedRequest, number: int, first: _Day = None, days: _Count = 7) -> dict[str, Any]:
    """Who is on in each turn from a day on, and where somebody is missing."""
    must(request.actor, Permission.TEAM_READ)
    return _roster(roster_for(request.actor, known(number), first or today(request), days, request.now))


@router.get("/duty/gaps", response=page_of("gaps", Gap), summary="值班缺人")
def gaps(request: AskedRequest, asked: Annotated[Ahead, Query()]) -> dict[str, Any]:
    """Where somebody is missing in the days to come, post by post."""
    must(request.actor, Permission.TEAM_READ)
    posts = posts_for(request.actor, asked.area)
    held = gaps_of(request.actor, posts, today(request), asked.days, request.now)
    found = [
        {
            "post": one.id, "post_name": one.name, "area": one.area, "turn": cell.turn, "day": cell.day,
            "role": cell.role.value,
        }
        for one in posts
        for cell in held[one.id]
    ]  # fmt: skip
    rows, after = cut(found, asked, lambda row: f"{row['turn']}.{row['day']}.{row['role']}")
    return {"gaps": rows, "after": after}


@router.put("/duty/posts/{number}/roster", response=SquaresWritten, summary="排班")
def written(request: AskedRequest, number: int, given: Squares) -> dict[str, Any]:
    """Squares, each for itself: one that cannot be written stays as it was, and says why."""
    must_draw_up(request, number)
    edits = [
        CellEdit(
            Cell(one.turn, one.day, one.role),
            "、".join(one.names),
            None if one.was is None else "、".join(one.was),
        )
        for one in given.squares
    ]
    refused = put_cells(request.actor, number, edits, request.now)
    with in_words(request):
        told_ = [
            {"turn": cell.turn, "day": cell.day, "role": cell.role.value, "why": worded(error.message, _)}
            for cell, error in refused.items()
        ]
    return {"written": len(edits) - len(refused), "refused": told_}


def _roster(held: Roster) -> dict[str, Any]:
    cells = sorted({*held.needed, *held.people}, key=lambda cell: (cell.day, cell.turn, cell.role))
    return {
        "post": held.post.id,
        "days": [
            {"day": day, "working": working, "festival": festival} for day, working, festival in held.days
        ],
        "squares": [
            {
                "turn": cell.turn, "day": cell.day, "role": cell.role.value, "names": held.people.get(cell, []),
                "needed": held.needed.get(cell, 0), "lacks": held.gaps.get(cell, 0), "over": cell in held.over,
            }
            for cell in cells
        ],
    }  # fmt: skip
