"""统计: indicators nobody can argue with, each open to its formula, its version and its cases."""

import csv
from collections.abc import Callable, Sequence
from typing import Any, Final
from urllib.parse import quote_plus, urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.figures.queries import Board, BoardRow, board_for, days_for
from huying.figures.rules import expressions
from huying.figures.rules.formulas import Figure, Formula, Unit
from huying.figures.rules.measures import Measure
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.web.case.export import safe
from huying.web.case.lines import query_with
from huying.web.components import Chart, Column, Tile
from huying.web.evaluation import asking
from huying.web.evaluation.asking import Asked
from huying.web.guard import StaffRequest, guarded
from huying.web.remembering import per_language

_MAIN: Final = (
    "score", "responded_rate", "solved_rate", "satisfied_rate", "in_time_rate", "rework_rate", "close_hours",
)  # fmt: skip
_TILES: Final = ("responded_rate", "solved_rate", "satisfied_rate", "score")
_LINES: Final = (Measure.RECEIVED, Measure.CLOSED, Measure.REWORK)


@guarded(P.FIGURE_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The board of a period: three rates and more by body, area or item class, best first."""
    asked = asking.read(request.GET, request.now)
    board = board_for(request.actor, asked.period, asked.by, asked.area, asked.order)
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
        "tiles": [_tile(board, code, asked) for code in _TILES],
        "heads": [_head(request, one, asked) for one in shown],
        "rows": [_row(row, columns, behind) for row in board.rows],
        "total": _row(board.total, columns, behind),
        "every": every,
        "every_href": query_with(request.GET, all="" if every else "1"),
        "export": f"{reverse('figures:export')}{query_with(request.GET)}"
        if request.actor.may(P.ORDERS_EXPORT)
        else "",
        "chart": _chart(request, asked),
        "formulas": [_explained(one) for one in board.formulas],
    }
    return render(request, "evaluation/board.html", context)


@guarded(P.ORDERS_EXPORT)
@require_GET
def export(request: StaffRequest) -> HttpResponse:
    """The whole board as a file; who took it stands in the audit."""
    asked = asking.read(request.GET, request.now)
    board = board_for(request.actor, asked.period, asked.by, asked.area, asked.order)
    record_viewings(
        request.actor, [NewViewing(ViewingKind.EXPORT, f"统计：{request.GET.urlencode()}")], request.now
    )
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = (
        f'attachment; filename="board-{asked.period.first}-{asked.period.last}.csv"'
    )
    writer = csv.writer(response)
    writer.writerow(
        [_("名次"), _("名称"), *(name_of(one) for one in board.formulas), *(_(one.zh) for one in Measure)]
    )
    for row in [*board.rows, board.total]:
        figures = [_words(row.figures[one.code]) for one in board.formulas]
        counts = [row.counts.get(one, 0) for one in Measure]
        writer.writerow([safe(cell) for cell in (row.rank or "", row.name, *figures, *counts)])
    return response


def _tile(board: Board, code: str, asked: Asked) -> Tile:
    figure = board.total.figures[code]
    below = f"{figure.denominator.normalize():f}"
    hint = _("%(n)s 件有效回访") % {"n": below} if figure.value is not None else _("这段时间还没有回访")
    return Tile(name_of(figure.formula), _words(figure), _behind(asked)(board.total) + code, hint=hint)


def _head(request: StaffRequest, formula: Formula, asked: Asked) -> tuple[str, str, bool]:
    return _heading(formula), query_with(request.GET, order=formula.code), formula.code == asked.order


def _row(
    row: BoardRow, columns: Sequence[tuple[str, str]], behind: Callable[[BoardRow], str]
) -> dict[str, Any]:
    href = behind(row)
    cells = []
    for code, label in columns:
        figure = row.figures[code]
        cells.append({
            "words": _words(figure), "href": href + code if figure.value is not None else "", "of": _parts(figure),
            "label": label,
        })  # fmt: skip
    return {"rank": row.rank, "name": row.name, "cells": cells}


def _behind(asked: Asked) -> Callable[[BoardRow], str]:
    """For each row the address of what stands behind its figures, to which a formula's code is added."""
    query = {
        "area": asked.area, "since": asked.period.first.isoformat(), "until": asked.period.last.isoformat(),
        "span": "days",
    }  # fmt: skip
    told = urlencode({name: value for name, value in query.items() if value})
    begun = f"{reverse('figures:behind')}?{told}"
    of_rows = f"{begun}&by={asked.by.value}&key="
    return lambda row: f"{of_rows}{quote_plus(row.key)}&code=" if row.key else f"{begun}&by=all&code="


def _words(figure: Figure) -> str:
    if figure.value is None:
        return "—"
    match figure.formula.unit:
        case Unit.SHARE:
            return f"{figure.value * 100:.1f}%"
        case Unit.HOURS:
            return f"{figure.value:.1f}"
        case _:
            return f"{figure.value:.2f}"


def _parts(figure: Figure) -> str:
    return f"{figure.numerator.normalize():f} / {figure.denominator.normalize():f}"


def _heading(formula: Formula) -> str:
    name = name_of(formula)
    return _("%(name)s（小时）") % {"name": name} if formula.unit is Unit.HOURS else name


def name_of(formula: Formula) -> str:
    return formula.en if get_language() == "en" else formula.zh


def _explained(formula: Formula) -> dict[str, Any]:
    """A formula in the words of what it counts."""
    return {
        "name": name_of(formula),
        "above": spoken(formula.numerator),
        "below": spoken(formula.denominator),
        "version": formula.version,
        "since": formula.valid_from if formula.version else None,
    }


@per_language
def spoken(expression: str) -> str:
    text = expression
    # The longest names first, so that no name is replaced within another.
    for measure in sorted(expressions.names(expression), key=lambda one: -len(one.value)):
        text = text.replace(measure.value, _(measure.zh))
    return text.replace("*", "×").replace("/", "÷")


def _chart(request: StaffRequest, asked: Asked) -> Chart:
    days = days_for(request.actor, asked.period, asked.area)
    return Chart(
        "by-day", _("每天受理、结案、返工"), "line", [f"{day.month}-{day.day}" for day, _counts in days],
        [Column(_(one.zh), [counts.get(one, 0) for _day, counts in days]) for one in _LINES],
        unit=_("件"), axis=_("日期"),
    )  # fmt: skip
