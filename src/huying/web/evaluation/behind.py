"""A number opened: every event that was counted, on which case, newest first."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.figures.queries import Opened, behind_for, formulas_for
from huying.figures.rules.measures import Measure
from huying.kernel.errors import NotFound
from huying.loop.supervise.rules.cuts import Cut
from huying.web.case.lines import query_with, row_of
from huying.web.components import Chip, Tone
from huying.web.evaluation import asking
from huying.web.evaluation.board import name_of, spoken
from huying.web.guard import StaffRequest, guarded


@guarded(P.FIGURE_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """What stands behind one cell of the board; ``?measure=`` narrows to one thing counted."""
    asked = asking.read(request.GET, request.now)
    code = request.GET.get("code", "")
    formula = next((one for one in formulas_for(request.actor, asked.period.last) if one.code == code), None)
    if formula is None:
        raise NotFound
    every = sorted(formula.behind, key=list(Measure).index)
    picked = [one for one in every if one.value == request.GET.get("measure", "")]
    by = request.GET.get("by", "")
    cut = Cut(by) if by in set(Cut) else Cut.ALL
    rows, after = behind_for(
        request.actor, asked.period, picked or every, request.now, by=cut, key=request.GET.get("key", "")[:20],
        area=asked.area, after=request.GET.get("after", ""),
    )  # fmt: skip
    context: dict[str, Any] = {
        "name": name_of(formula),
        "above": spoken(formula.numerator),
        "below": spoken(formula.denominator),
        "version": formula.version,
        "period": asked.period,
        "tabs": [(_("全部"), query_with(request.GET, measure="", after=""), not picked)]
        + [(_(one.zh), query_with(request.GET, measure=one.value, after=""), one in picked) for one in every],
        "rows": [_row(one, request) for one in rows],
        "next": query_with(request.GET, after=after) if after else "",
        "board": f"{reverse('figures:index')}?{_back(request)}",
    }
    return render(request, "evaluation/behind.html", context)


def _row(one: Opened, request: StaffRequest) -> dict[str, Any]:
    return {
        "row": row_of(one.line, request),
        "chip": Chip(_(one.measure.zh), Tone.PLAIN, one.measure.value),
        "day": one.day,
    }


def _back(request: StaffRequest) -> str:
    kept = request.GET.copy()
    for name in ("code", "key", "measure", "after"):
        kept.pop(name, None)
    if kept.get("by") == Cut.ALL.value:
        kept.pop("by")
    return kept.urlencode()
