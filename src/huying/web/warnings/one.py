"""One warning: what, where, since when, how sure, its curve and its cases, what was like it, what became of it."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.queries.lists.queue import lines_of
from huying.prevent.warnings.queries.lists import WarningView, warning_for
from huying.web.case.lists.lines import row_of as case_row
from huying.web.components import Chart, Column
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import WARNED_CASES, address_of
from huying.web.warnings.forms import AcknowledgeForm, MuteForm, SettleForm
from huying.web.warnings.words import map_of, row_of, window


@guarded(P.INSIGHT_READ)
@never_cache
@require_GET
def page(request: StaffRequest, number: int) -> HttpResponse:
    """The warning as it stands."""
    return shown(request, warning_for(request.actor, number))


@guarded(P.INSIGHT_READ)
@never_cache
@require_GET
def cases(request: StaffRequest, number: int) -> HttpResponse:
    """Exactly its cases, newest first, as far as the reader's posts reach."""
    view = warning_for(request.actor, number)
    lines = lines_of(request.actor, sorted(view.cases, reverse=True), request.now)
    context = {
        "view": view, "line": view.line, "rows": [case_row(line, request) for line in lines],
        "hidden": len(view.cases) - len(lines), "export": address_of(WARNED_CASES, request, {"warning": str(number)}),
    }  # fmt: skip
    return render(request, "warnings/cases.html", context)


def shown(
    request: StaffRequest, view: WarningView, bound: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    """Its page; ``bound`` is the form that was refused, with what was typed."""
    context: dict[str, Any] = {
        "view": view, "line": view.line, "row": row_of(view.line), "window": window(view.line),
        "alike": [row_of(line) for line in view.alike], "chart": _chart(view), "map": map_of([view.line]),
        "may_decide": view.may_decide, "open": view.settled_at is None,
        "may_run": request.actor.may(P.CAMPAIGN_RUN),
        "acknowledge": bound if isinstance(bound, AcknowledgeForm) else AcknowledgeForm(initial={"words": view.words}),
        "mute": bound if isinstance(bound, MuteForm) else MuteForm(),
        "settle": bound if isinstance(bound, SettleForm)
        else SettleForm(initial={"verdict": view.line.verdict, "cause": view.line.cause}),
    }  # fmt: skip
    return render(request, "warnings/one.html", context, status=status)


def _chart(view: WarningView) -> Chart:
    return Chart(
        "curve", _("每天件数"), "line", [f"{point.day.month}-{point.day.day}" for point in view.curve],
        [
            Column(_("实际"), [point.seen for point in view.curve]),
            Column(_("往常"), [point.expected for point in view.curve]),
            Column(_("往常上限"), [point.high for point in view.curve]),
        ],
        unit=_("件"), axis=_("日期"),
    )  # fmt: skip
