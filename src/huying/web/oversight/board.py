"""监管看板: what is late, where, whose; every number opens to its cases, and the worst can be hurried at once."""

from collections.abc import Mapping, Sequence
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
from huying.cases.queries.timing import timing_of
from huying.loop.supervise.queries import Oversight, OversightRow, WorstPage, oversight_for, worst_for
from huying.loop.supervise.rules.cuts import Cut
from huying.loop.supervise.rules.gauges import Gauge
from huying.web.case.lines import query_with, row_of
from huying.web.components import Tile, Tone, span_words
from huying.web.guard import StaffRequest, guarded

_CUTS: Final = (Cut.BODY, Cut.AREA, Cut.ITEM)
_SHOWN: Final = (Gauge.OPEN, Gauge.LATE, Gauge.SUPERVISED, Gauge.DISPUTED, Gauge.DELAYED, Gauge.SUSPENDED)
_FILTERS: Final = ("body", "item", "clock", "area")


@guarded(P.BOARD_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The board of the reader's area, cut by body, area or item class; below it the cases late longest."""
    cut = Cut(request.GET["by"]) if request.GET.get("by") in {one.value for one in _CUTS} else Cut.BODY
    area = _digits(request.GET.get("area", ""))
    board = oversight_for(request.actor, cut, area)
    worst = _worst(request, area)
    context = {
        "board": board,
        "tiles": _tiles(request, board),
        "cuts": [(_(one.zh), one is board.by, _address(request, by=one.value)) for one in _CUTS],
        "columns": [_(gauge.zh) for gauge in _SHOWN],
        "rows": [_row(request, board, row) for row in board.rows],
        "clocks": _clocks(request, board),
        "cases": [_late(request, one) for one in worst.cases],
        "next": query_with(request.GET, after=worst.after) if worst.after else "",
        "filtered": _filtered(request, board),
        "all": _address(request, **dict.fromkeys((*_FILTERS, "after"), "")),
        "may_supervise": request.actor.may(P.CASE_SUPERVISE),
        "may_remind": request.actor.may(P.CASE_REMIND),
        "may_pick": request.actor.may(P.CASE_SUPERVISE) or request.actor.may(P.CASE_REMIND),
        "ladders": _ladders(request.actor.district),
        "here": request.get_full_path(),
        "key": uuid4(),
    }
    return render(request, "oversight/board.html", context)


def _worst(request: StaffRequest, area: str) -> WorstPage:
    asked = request.GET
    body, clock = asked.get("body", ""), asked.get("clock", "")
    return worst_for(
        request.actor, request.now, area=area,
        body_id=int(body) if _digits(body) else None,
        kind=ClockKind(clock) if clock in set(ClockKind) else None,
        item=asked.get("item", "")[:2], after=asked.get("after", ""),
    )  # fmt: skip


def _tiles(request: StaffRequest, board: Oversight) -> list[Tile]:
    numbers, waiting = board.total.gauges, counts_for(request.actor)
    cases = reverse("case:index")
    here = f"{reverse('oversight:index')}#late"
    tiles = [
        Tile(_("在办"), str(numbers[Gauge.OPEN]), cases),
        Tile(
            _("有超时"), str(numbers[Gauge.LATE]), here, tone=Tone.RED if numbers[Gauge.LATE] else Tone.GREEN
        ),
        Tile(_("督办中"), str(numbers[Gauge.SUPERVISED]), f"{here}"),
        Tile(_("挂账中"), str(numbers[Gauge.SUSPENDED]), f"{cases}?state=handling"),
    ]
    desks = (
        (P.DISPUTE_RULE, "dispute:index", _("待裁定"), Gauge.DISPUTED, "disputes"),
        (P.DELAY_APPROVE, "delay:index", _("延期、挂账待批"), Gauge.DELAYED, "delays"),
    )
    for permission, route, label, gauge, mine in desks:
        may = request.actor.may(permission)
        hint = _("待您办 %(n)d 件") % {"n": waiting[mine]} if may else ""
        tiles.append(Tile(label, str(numbers[gauge]), reverse(route) if may else here, hint=hint))
    return tiles


def _row(request: StaffRequest, board: Oversight, row: OversightRow) -> dict[str, Any]:
    most = max((each.gauges[Gauge.LATE] for each in board.rows), default=0)
    late = row.gauges[Gauge.LATE]
    name = {Cut.BODY: "body", Cut.AREA: "area", Cut.ITEM: "item"}[board.by]
    opened = urlencode({name: row.key}) if row.key not in {"", "0"} else ""
    return {
        "name": row.name,
        "open": (row.gauges[Gauge.OPEN], f"{reverse('case:index')}?{opened}"),
        "late": late,
        "share": round(100 * late / most) if most else 0,
        "href": _address(request, **{name: row.key, "after": ""}) + "#late",
        "rest": [row.gauges[gauge] for gauge in _SHOWN[2:]],
        "chosen": bool(row.key) and request.GET.get(name, "") == row.key,
    }


def _clocks(request: StaffRequest, board: Oversight) -> list[tuple[str, int, str]]:
    return [
        (_(kind.zh), count, _address(request, clock=kind.value, after="") + "#late")
        for kind, count in board.late_by_clock
        if count
    ]


def _late(request: StaffRequest, late: Any) -> dict[str, Any]:
    span = span_words(request.now - late.since)
    words = _("%(clock)s超时 %(span)s") % {"clock": _(late.kind.zh), "span": span}
    return {"row": row_of(late.line, request), "words": words, "since": late.since}


def _filtered(request: StaffRequest, board: Oversight) -> str:
    """What the list of late cases is narrowed to, in words; "" for nothing."""
    named: Mapping[str, str] = {row.key: row.name for row in board.rows}
    said = [named.get(request.GET.get(name, ""), "") for name in ("body", "area", "item")]
    clock = request.GET.get("clock", "")
    said.append(_(ClockKind(clock).zh) if clock in set(ClockKind) else "")
    return " · ".join(one for one in said if one)


def _ladders(district: int) -> Sequence[tuple[str, Sequence[tuple[str, str]]]]:
    ladders = timing_of(district).ladders
    return [
        (_(kind.zh), [(_(rung.action.zh), f"{round(rung.share * 100)}%") for rung in ladders[kind]])
        for kind in ClockKind
        if kind in ladders and kind is not ClockKind.SUSPENSION
    ]


def _address(request: StaffRequest, **changes: str) -> str:
    return query_with(request.GET, **changes)


def _digits(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) <= 15 else ""
