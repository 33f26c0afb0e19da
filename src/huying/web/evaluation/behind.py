"""A number opened: every event that was counted, on which case, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.figures.queries import (
    BESIDE,
    Event,
    Opened,
    behind_for,
    cell_for,
    counted_with,
    formulas_for,
    kept_cell_for,
)
from huying.figures.rules.expressions import names
from huying.figures.rules.formulas import Formula
from huying.figures.rules.measures import Measure
from huying.kernel.errors import NotFound
from huying.loop.supervise.rules.cuts import Cut
from huying.places.queries import area_path
from huying.web.case.lists.lines import query_with, row_of
from huying.web.components import Chip, Tone
from huying.web.evaluation import asking
from huying.web.evaluation.saying import divided, name_of
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import BEHIND, address_of

_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class CellAsked:
    """A cell of the board as an address names it. ``every`` is what counts in its formula, ``judged`` what it divides
    by, ``picked`` the one of them that was asked for. ``version``: as that closing of the period had it."""

    asked: asking.Asked
    formula: Formula
    cut: Cut
    key: str
    every: Sequence[Measure]
    picked: Sequence[Measure]
    judged: Sequence[Measure]
    version: int | None = None

    def said(self, actor: Actor, now: datetime) -> tuple[str, Mapping[Measure, int]]:
        """What the row is called, and its counts."""
        period, area = self.asked.period, self.asked.area
        if self.version is not None:
            return kept_cell_for(actor, period, self.version, self.cut, self.key, area)[:2]
        return cell_for(actor, period, self.cut, self.key, area, now)

    def rows(self, actor: Actor, now: datetime, after: str, limit: int = _PAGE) -> tuple[list[Opened], str]:
        """What was counted in it, newest first from a cursor on, and the next cursor."""
        return behind_for(
            actor, self.asked.period, self.picked or self.judged, now, by=self.cut, key=self.key,
            area=self.asked.area, after=after, limit=limit, version=self.version,
        )  # fmt: skip


def cell_asked(actor: Actor, query: QueryDict, now: datetime) -> CellAsked:
    """The cell that an address names. Raises NotFound for an indicator that is none."""
    asked, code = asking.read(query, now, actor), query.get("code", "")
    by, key, told = query.get("by", ""), query.get("key", "")[:20], query.get("version", "")
    cut = Cut(by) if by in set(Cut) else Cut.ALL
    version = int(told) if told.isascii() and told.isdigit() and len(told) < 5 else None
    formulas: Sequence[Formula] = formulas_for(actor, asked.period.last)
    if version is not None:
        formulas = kept_cell_for(actor, asked.period, version, cut, key, asked.area)[2]
    formula = next((one for one in formulas if one.code == code), None)
    if formula is None:
        raise NotFound
    # Minutes stand behind the same cases as the closings they were counted with.
    every = sorted({BESIDE.get(one, one) for one in formula.behind}, key=list(Measure).index)
    return CellAsked(
        asked, formula, cut, key, every,
        [one for one in every if one.value == query.get("measure", "")],
        [one for one in every if one in {BESIDE.get(each, each) for each in names(formula.denominator)}],
        version,
    )  # fmt: skip


@guarded(P.FIGURE_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """What stands behind one cell of the board; ``?measure=`` narrows to one thing counted."""
    cell = cell_asked(request.actor, request.GET, request.now)
    formula, every, picked, judged = cell.formula, cell.every, cell.picked, cell.judged
    asked = cell.asked
    rows, after = cell.rows(request.actor, request.now, request.GET.get("after", ""))
    with_them = counted_with(request.actor, rows, every)
    name, counts = cell.said(request.actor, request.now)
    context: dict[str, Any] = {
        "name": name_of(formula),
        "of": " · ".join([" ".join(area_path(request.actor.district, asked.area)), name]).strip(" ·"),
        "reckoned": divided(formula),
        "version": formula.version,
        "closing": cell.version,
        "period": asked.period,
        "tabs": [(_("计入分母的"), sum(counts.get(one, 0) for one in judged), _tab(request), not picked)]
        + [
            (_(one.zh), counts.get(one, 0), _tab(request, one.value), one in picked)
            for one in every
            if [one] != judged
        ],
        "export": address_of(BEHIND, request),
        "rows": [_row(one, with_them, request) for one in rows],
        "next": query_with(request.GET, after=after) if after else "",
        "board": f"{reverse('figures:index')}?{_back(request)}",
    }
    return render(request, "evaluation/behind.html", context)


def _tab(request: StaffRequest, measure: str = "") -> str:
    return query_with(request.GET, measure=measure, after="")


def _row(one: Opened, counted: Mapping[Event, Sequence[Measure]], request: StaffRequest) -> dict[str, Any]:
    others = [each for each in counted.get(one.event, ()) if each is not one.measure]
    return {
        "row": row_of(one.line, request),
        "chips": [Chip(_(each.zh), Tone.PLAIN, each.value) for each in (one.measure, *others)],
        "day": one.day,
    }


def _back(request: StaffRequest) -> str:
    kept = request.GET.copy()
    for name in ("code", "key", "measure", "after", "version"):
        kept.pop(name, None)
    if kept.get("by") not in {one.value for one in asking.CUTS}:
        kept.pop("by", None)
    return kept.urlencode()
