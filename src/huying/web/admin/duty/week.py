"""The roster as a sheet: days down, turns across, names in the squares; each square is kept by itself."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.kernel.errors import Denied, HuyingError
from huying.kernel.saying import worded
from huying.places.queries import area_name
from huying.teams.actions import CellEdit, put_cells
from huying.teams.queries import Roster, TurnRow, members_near, roster_for
from huying.teams.rules.gaps import Cell
from huying.teams.rules.kinds import DutyRole
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import ROSTER, address_of

_SPANS: Final = (7, 14, 28)
_YEARS: Final = range(2000, 2200)
_MOST_EDITS: Final = 400


@dataclass(frozen=True, slots=True)
class Square:
    """One square as it is drawn. ``text`` is what stands in it or was typed, ``was`` what it said."""

    key: str
    label: str
    column: str
    text: str
    was: str
    lacks: int
    asked: bool
    over: bool
    wrong: str


@guarded(P.TEAM_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def week(request: StaffRequest, number: int) -> HttpResponse:
    """Some days of a post's roster; a POST writes squares, and to a script it says how each of them stands."""
    first, count = days_of(request.GET, request.now)
    refused: dict[Cell, HuyingError] = {}
    if request.method == "POST":
        edits = _edits(request)
        if not roster_for(request.actor, number, first, count, request.now).post.editable:
            raise Denied
        refused = put_cells(request.actor, number, edits, request.now)
        if "application/json" in request.headers.get("Accept", ""):
            return _told(request, number, first, count, edits, refused)
        if not refused:
            return redirect(f"{reverse('roster:week', args=[number])}?day={first:%Y-%m-%d}&days={count}")
    roster = roster_for(request.actor, number, first, count, request.now)
    context = _context(request, roster, first, count, refused)
    return render(request, "admin/duty/week.html", context, status=409 if refused else 200)


def _context(
    request: StaffRequest, roster: Roster, first: date, count: int, refused: dict[Cell, HuyingError]
) -> dict[str, Any]:
    actor, post = request.actor, roster.post
    columns = columns_of(roster)
    rows = [
        (
            day,
            working,
            festival,
            [_square(request, roster, Cell(turn.id, day, role), refused) for turn, role in columns],
        )
        for day, working, festival in roster.days
    ]
    near = members_near(actor, post.area, request.now, 300) if post.editable else []
    here = [one for one in near if one.area == post.area] or near
    return {
        "post": post,
        "where": area_name(actor.district, post.area),
        "columns": [(turn.plan, role) for turn, role in columns],
        "rows": rows,
        "gaps": sum(roster.gaps.values()),
        "people": [one.name for one in here],
        "first": first,
        "last": first + timedelta(days=count - 1),
        "count": count,
        "spans": _SPANS,
        "before": first - timedelta(days=count),
        "after": first + timedelta(days=count),
        "today": timezone.localdate(request.now),
        "refused": len(refused),
        "export": address_of(ROSTER, request, {"post": str(post.id)}),
    }


def columns_of(roster: Roster) -> list[tuple[TurnRow, DutyRole]]:
    """The turns and roles that somebody is asked for or stands in."""
    return [
        (turn, role)
        for turn in roster.post.turns
        for role in DutyRole
        if turn.plan.needs(role) or any(cell.turn == turn.id and cell.role is role for cell in roster.people)
    ]


def _square(request: StaffRequest, roster: Roster, cell: Cell, refused: dict[Cell, HuyingError]) -> Square:
    turn = next(one for one in roster.post.turns if one.id == cell.turn)
    key, stands = key_of(cell), "、".join(roster.people.get(cell, []))
    wrong = worded(refused[cell].message, _) if cell in refused else ""
    column = f"{turn.plan.name} {_(cell.role.zh)}"
    return Square(
        key,
        f"{cell.day.month}-{cell.day.day} {column}",
        column,
        request.POST.get(f"c-{key}", stands) if wrong else stands,
        stands,
        roster.gaps.get(cell, 0),
        cell in roster.needed,
        cell in roster.over,
        wrong,
    )


def _told(
    request: StaffRequest,
    number: int,
    first: date,
    count: int,
    edits: list[CellEdit],
    refused: dict[Cell, HuyingError],
) -> JsonResponse:
    roster = roster_for(request.actor, number, first, count, request.now)
    cells = {
        key_of(edit.cell): {
            "text": "、".join(roster.people.get(edit.cell, [])),
            "lacks": roster.gaps.get(edit.cell, 0),
            "wrong": worded(refused[edit.cell].message, _) if edit.cell in refused else "",
        }
        for edit in edits
    }
    return JsonResponse({"cells": cells, "gaps": sum(roster.gaps.values())})


def key_of(cell: Cell) -> str:
    """A square as the name of a field."""
    return f"{cell.turn}-{cell.day:%Y%m%d}-{cell.role.value}"


def _cell(key: str) -> Cell | None:
    turn, _dash, rest = key.partition("-")
    day, _dash, role = rest.partition("-")
    if not (turn.isascii() and turn.isdigit() and len(turn) < 18 and role in set(DutyRole)):
        return None
    on = _day(f"{day[:4]}-{day[4:6]}-{day[6:]}")
    return Cell(int(turn), on, DutyRole(role)) if on else None


def _edits(request: StaffRequest) -> list[CellEdit]:
    """The squares whose text is another than the one they were opened with."""
    found = []
    for name, text in request.POST.items():
        cell = _cell(name[2:]) if name.startswith("c-") else None
        was = request.POST.get(f"w-{name[2:]}")
        if cell is not None and was != text:
            found.append(CellEdit(cell, str(text)[:400], was))
    return found[:_MOST_EDITS]


def days_of(query: QueryDict, now: datetime) -> tuple[date, int]:
    """The first of the days an address asks for, a Monday, and how many they are."""
    asked = _day(query.get("day", "")) or timezone.localdate(now)
    count = query.get("days", "")
    return asked - timedelta(days=asked.weekday()), int(count) if count in map(str, _SPANS) else _SPANS[0]


def _day(text: str) -> date | None:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        return None
    return day if day.year in _YEARS else None
