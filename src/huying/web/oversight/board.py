"""监管看板: what is late, where, whose; every number opens to its cases, and the worst can be hurried at once."""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.lifecycle import ClockKind
from huying.cases.queries.desks.waiting import counts_for
from huying.cases.queries.lists.filtering import NO_ITEM
from huying.cases.queries.settings.timing import timing_of
from huying.loop.supervise.queries import Oversight, OversightRow
from huying.loop.supervise.rules.cuts import Cut
from huying.loop.supervise.rules.gauges import Gauge
from huying.places.queries import area_path
from huying.web.case.lists.lines import query_with
from huying.web.components import Tile, Tone
from huying.web.guard import StaffRequest, guarded
from huying.web.oversight.asked import (
    CUTS,
    MOST_COUNTED,
    board_of,
    soon_count,
    within,
)
from huying.web.oversight.late import FILTERS, section
from huying.web.present.areas import COMMUNITY_DIGITS, DISTRICT_DIGITS, path_of
from huying.web.taking import OVERSIGHT, address_of

_SHOWN: Final = (Gauge.OPEN, Gauge.LATE, Gauge.SUPERVISED, Gauge.DISPUTED, Gauge.DELAYED, Gauge.SUSPENDED)


@guarded(P.BOARD_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The board of the reader's area, cut by body, area or item class; below it the cases late longest."""
    board = board_of(request.actor, request.GET)
    context = {
        **section(request, board),
        "path": [
            (name, _address(request, **dict.fromkeys((*FILTERS, "after"), "") | {"area": within(code)}))
            for name, code in path_of(request.actor, board.scope.area, P.FIGURE_READ)
        ],
        "tiles": _tiles(request, board),
        "cuts": [(_(one.zh), one is board.by, _address(request, by=one.value)) for one in CUTS],
        "columns": [_(gauge.zh) for gauge in _SHOWN],
        "rows": [_row(request, board, row) for row in board.rows],
        "clocks": _clocks(request, board),
        "may_supervise": request.actor.may(P.CASE_SUPERVISE),
        "may_remind": request.actor.may(P.CASE_REMIND),
        "may_pick": request.actor.may(P.CASE_SUPERVISE) or request.actor.may(P.CASE_REMIND),
        "export": address_of(OVERSIGHT, request),
        "paper": _address(request, paper="1", after=""),
        "back": _address(request, paper=""),
        "printed_at": request.now,
        "where": " ".join(area_path(request.actor.district, board.scope.area)),
        "ladders": _ladders(request.actor.district),
        "here": request.get_full_path(),
        "key": uuid4(),
    }
    paper = request.GET.get("paper") == "1"
    return render(request, "oversight/paper.html" if paper else "oversight/board.html", context)


def _tiles(request: StaffRequest, board: Oversight) -> list[Tile]:
    numbers, waiting = board.total.gauges, counts_for(request.actor)
    cases = f"{reverse('case:index')}?{urlencode({**_within(request), 'mark': ''})}"
    orders = f"{reverse('supervision:index')}?{urlencode(_within(request))}".rstrip("?")
    near = soon_count(request.actor, board.scope, request.now)
    tiles = [
        Tile(_("在办"), str(numbers[Gauge.OPEN]), cases.removesuffix("mark=").rstrip("?&")),
        Tile(
            _("有超时"),
            str(numbers[Gauge.LATE]),
            _listed(request),
            tone=Tone.RED if numbers[Gauge.LATE] else Tone.GREEN,
        ),
        Tile(
            _("快到时限"),
            _("%(n)d 以上") % {"n": near} if near >= MOST_COUNTED else str(near),
            _listed(request, due="soon"),
            tone=Tone.AMBER if near else Tone.GREEN,
        ),
        Tile(_("督办中"), str(numbers[Gauge.SUPERVISED]), orders),
        Tile(_("挂账中"), str(numbers[Gauge.SUSPENDED]), f"{cases}{Gauge.SUSPENDED}"),
    ]
    desks = (
        (P.DISPUTE_RULE, _("待裁定"), Gauge.DISPUTED, "disputes"),
        (P.DELAY_APPROVE, _("延期、挂账待批"), Gauge.DELAYED, "delays"),
    )
    for permission, label, gauge, mine in desks:
        may = request.actor.may(permission)
        hint = _("待您办 %(n)d 件") % {"n": waiting[mine]} if may else ""
        tiles.append(Tile(label, str(numbers[gauge]), f"{cases}{gauge}", hint=hint))
    return tiles


def _listed(request: StaffRequest, **changes: str) -> str:
    """The list below the board, of the whole board unless it is narrowed."""
    whole = dict.fromkeys(("body", "item", "clock", "due", "only", "after"), "")
    return _address(request, **whole | changes) + "#late"


def _row(request: StaffRequest, board: Oversight, row: OversightRow) -> dict[str, Any]:
    most = max((each.gauges[Gauge.LATE] for each in board.rows), default=0)
    late, cell = row.gauges[Gauge.LATE], _cell(board, row.key)
    opened = {**_within(request), **cell}
    address, whole = reverse("case:index"), dict.fromkeys((*FILTERS, "after"), "")
    parted = board.by is Cut.AREA and len(row.key) > DISTRICT_DIGITS and len(row.key) < COMMUNITY_DIGITS
    return {
        "name": row.name,
        "inside": _address(request, **whole | cell) if parted else "",
        "open": (row.gauges[Gauge.OPEN], f"{address}?{urlencode(opened)}"),
        "late": late,
        "share": round(100 * late / most) if most else 0,
        "href": _listed(request, **cell),
        "rest": [
            (row.gauges[gauge], f"{address}?{urlencode({**opened, 'mark': gauge.value})}", _(gauge.zh))
            for gauge in _SHOWN[2:]
        ],
        "chosen": all(request.GET.get(name, "") == value for name, value in cell.items()),
    }


def _cell(board: Oversight, key: str) -> dict[str, str]:
    """What a list is asked for to hold the cases of one row; what lies in no part or class is asked for too."""
    if board.by is Cut.AREA:
        return {"area": key} if key else {"area": board.scope.area, "only": "1"}
    return {"item": key or NO_ITEM} if board.by is Cut.ITEM else {"body": key}


def _within(request: StaffRequest) -> dict[str, str]:
    """The area that the numbers of the board are of, as lists are asked for it."""
    area = request.GET.get("area", "")
    return {"area": area} if area.isdigit() and within(area) else {}


def _clocks(request: StaffRequest, board: Oversight) -> list[tuple[str, int, str]]:
    return [
        (_(kind.zh), count, _listed(request, clock=kind.value))
        for kind, count in board.late_by_clock
        if count
    ]


def _ladders(district: int) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    ladders = timing_of(district).ladders
    return [
        (_(kind.zh), [(_(rung.action.zh), f"{round(rung.share * 100)}%") for rung in ladders[kind]])
        for kind in ClockKind
        if kind in ladders and not kind.to_a_date
    ]


def _address(request: StaffRequest, **changes: str) -> str:
    return query_with(request.GET, **changes)
