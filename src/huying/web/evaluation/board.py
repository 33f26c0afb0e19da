"""统计: indicators nobody can argue with, each open to its formula, its version and its cases."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import quote_plus, urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.figures.queries import Board, BoardRow, board_for, days_for, formulas_for, months_for
from huying.figures.rules.formulas import Figure, Formula, Unit
from huying.figures.rules.measures import Measure
from huying.loop.supervise.rules.cuts import Cut
from huying.places.queries import area_path
from huying.web.case.lists.lines import query_with
from huying.web.components import Chart, Column, Tile
from huying.web.evaluation import asking
from huying.web.evaluation.asking import Asked
from huying.web.evaluation.saying import change_words, name_of, words_of
from huying.web.guard import StaffRequest, guarded
from huying.web.present.areas import COMMUNITY_DIGITS, DISTRICT_DIGITS, path_of
from huying.web.present.formulas import spoken
from huying.web.taking import FIGURES, address_of

_MAIN: Final = (
    "score", "responded_rate", "solved_rate", "satisfied_rate", "in_time_rate", "rework_rate", "close_hours",
)  # fmt: skip
_TILES: Final = ("responded_rate", "solved_rate", "satisfied_rate", "score")
_TREND: Final = ("solved_rate", "satisfied_rate", "in_time_rate")
_MONTHS: Final = 12
_LINES: Final = (Measure.RECEIVED, Measure.CLOSED, Measure.REWORK)


@guarded(P.FIGURE_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The board of a period: three rates and more by body, area or item class, best first."""
    asked = asking.read(request.GET, request.now, request.actor)
    board = board_for(request.actor, asked.period, asked.by, asked.area, asked.order)
    past = board_for(request.actor, asked.period.before, asked.by, asked.area, asked.order)
    every = request.GET.get("all") == "1"
    shown = [one for one in board.formulas if every or one.code in _MAIN]
    shown.sort(key=lambda one: _MAIN.index(one.code) if one.code in _MAIN else len(_MAIN))
    behind = _behind(asked)
    columns = [(one.code, _heading(one)) for one in shown]
    context = {
        "asked": asked,
        "board": board,
        "spans": asking.spans(request.now),
        "cuts": [(_(one.zh), one is board.by, query_with(request.GET, by=one.value)) for one in asking.CUTS],
        "past": past.period,
        "path": _path(request, board),
        "tiles": [_tile(board, past, code, asked) for code in _TILES],
        "heads": [_head(request, one, asked) for one in shown],
        "rows": _rows(request, board, past, columns, behind, asked),
        "total": _row(board.total, columns, behind),
        "every": every,
        "every_href": query_with(request.GET, all="" if every else "1"),
        "export": address_of(FIGURES, request),
        "paper": query_with(request.GET, paper="1"),
        "back": query_with(request.GET, paper=""),
        "printed_at": request.now,
        "where": " ".join(area_path(request.actor.district, board.scope.area)),
        "chart": _chart(request, asked),
        "months": _months(request, asked),
        "formulas": [_explained(one) for one in board.formulas],
    }
    paper = request.GET.get("paper") == "1"
    return render(request, "evaluation/paper.html" if paper else "evaluation/board.html", context)


def _path(request: StaffRequest, board: Board) -> list[tuple[str, str]]:
    steps = path_of(request.actor, board.scope.area, P.FIGURE_READ)
    return [
        (name, query_with(request.GET, area=code if len(code) > DISTRICT_DIGITS else ""))
        for name, code in steps
    ]


def _tile(board: Board, past: Board, code: str, asked: Asked) -> Tile:
    figure = board.total.figures[code]
    changed = change_words(figure, past.total.figures.get(code))
    change = _("较上期 %(change)s") % {"change": changed} if changed else ""
    below = f"{figure.denominator.normalize():f}"
    hint = _("%(n)s 件有效回访") % {"n": below} if figure.value is not None else _("这段时间还没有回访")
    return Tile(name_of(figure.formula), words_of(figure), f"{_whole(asked)}{code}", change=change, hint=hint)


def _head(request: StaffRequest, formula: Formula, asked: Asked) -> tuple[str, str, bool]:
    return _heading(formula), query_with(request.GET, order=formula.code), formula.code == asked.order


def _rows(
    request: StaffRequest, board: Board, past: Board, columns: Sequence[tuple[str, str]],
    behind: Callable[[BoardRow], str], asked: Asked,
) -> list[dict[str, Any]]:  # fmt: skip
    """The rows with how they stood in the period before, and inside an area the way into its parts."""
    before = {row.key: row for row in past.rows}
    made = []
    for row in board.rows:
        drawn, then = _row(row, columns, behind), before.get(row.key)
        drawn["was"], drawn["order"] = then.rank if then else None, asked.order
        if asked.order in row.figures and row.figures[asked.order].value is not None:
            drawn["few"] = _("不足 %(n)d 件") % {"n": board.least}
        if asked.order in row.figures:
            drawn["change"] = change_words(
                row.figures[asked.order], then.figures.get(asked.order) if then else None
            )
        if board.by is Cut.AREA and DISTRICT_DIGITS < len(row.key) < COMMUNITY_DIGITS:
            drawn["inside"] = query_with(request.GET, area=row.key)
        made.append(drawn)
    return made


def _row(
    row: BoardRow, columns: Sequence[tuple[str, str]], behind: Callable[[BoardRow], str]
) -> dict[str, Any]:
    href, valid = behind(row), row.counts.get(Measure.VALID, 0)
    cells = []
    for code, label in columns:
        figure = row.figures[code]
        cells.append({
            "words": words_of(figure), "href": href + code if figure.value is not None else "", "of": _parts(figure),
            "label": label, "code": code,
        })  # fmt: skip
    heard = f"{href}responded_rate&measure={Measure.VALID}" if valid else ""
    cells.append({"words": str(valid), "href": heard, "of": "", "label": _("有效回访"), "code": ""})
    return {"rank": row.rank, "name": row.name, "cells": cells}


def _behind(asked: Asked) -> Callable[[BoardRow], str]:
    """For each row the address of what stands behind its figures, to which a formula's code is added."""
    of_rows, whole = _whole(asked).removesuffix("&by=all&code="), _whole(asked)
    return lambda row: (
        whole if row.whole else f"{of_rows}&by={asked.by.value}&key={quote_plus(row.key)}&code="
    )


def _whole(asked: Asked) -> str:
    """The address of what stands behind the figures of the whole board, without the code."""
    query = {
        "area": asked.area, "since": asked.period.first.isoformat(), "until": asked.period.last.isoformat(),
        "span": "days",
    }  # fmt: skip
    told = urlencode({name: value for name, value in query.items() if value})
    return f"{reverse('figures:behind')}?{told}&by=all&code="


def _parts(figure: Figure) -> str:
    return f"{figure.numerator.normalize():f} / {figure.denominator.normalize():f}"


def _heading(formula: Formula) -> str:
    name = name_of(formula)
    return _("%(name)s（小时）") % {"name": name} if formula.unit is Unit.HOURS else name


def _explained(formula: Formula) -> dict[str, Any]:
    """A formula in the words of what it counts."""
    return {
        "name": name_of(formula),
        "above": spoken(formula.numerator),
        "below": spoken(formula.denominator),
        "version": formula.version,
        "since": formula.valid_from if formula.version else None,
    }


def _chart(request: StaffRequest, asked: Asked) -> Chart:
    days = days_for(request.actor, asked.period, asked.area)
    return Chart(
        "by-day", _("每天受理、结案、返工"), "line", [f"{day.month}-{day.day}" for day, _counts in days],
        [Column(_(one.zh), [counts.get(one, 0) for _day, counts in days]) for one in _LINES],
        unit=_("件"), axis=_("日期"), links=[_board_of(asked, day, day) for day, _counts in days],
    )  # fmt: skip


def _months(request: StaffRequest, asked: Asked) -> Chart:
    found = months_for(request.actor, asked.period.last, _MONTHS, asked.area)
    names = {one.code: name_of(one) for one in formulas_for(request.actor, asked.period.last)}
    columns = [Column(names[code], [_percent(figures[code]) for _month, figures in found]) for code in _TREND]
    return Chart(
        "by-month", _("近 12 个月"), "line", [f"{month.first:%Y-%m}" for month, _figures in found], columns,
        unit="%", axis=_("月份"), links=[_board_of(asked, month.first, month.last) for month, _figures in found],
    )  # fmt: skip


def _percent(figure: Figure) -> float | None:
    return None if figure.value is None else round(float(figure.value) * 100, 1)


def _board_of(asked: Asked, first: date, last: date) -> str:
    """This board for other days."""
    query = {"span": "days", "since": first.isoformat(), "until": last.isoformat(), "by": asked.by.value}
    return f"?{urlencode(query | ({'area': asked.area} if asked.area else {}))}"
