"""考核期和封账: which periods there are, who closed them when, and what two closings of one differ in."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.figures.actions import close_period, reopen_period
from huying.figures.queries import ClosedInfo, PeriodInfo, RankedRow, closing_for, periods_for, ranking_for
from huying.figures.rules.periods import Period
from huying.figures.rules.ranking import Ranked
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import worded
from huying.web.components import Chip, Tone
from huying.web.evaluation.assessment.asked import day_of, number_of, period_key, state_words
from huying.web.evaluation.assessment.tabs import tabs
from huying.web.evaluation.saying import divided, name_of, words_of
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import PERIODS, address_of

_COMPARED: Final = (Ranked.DEPARTMENTS, Ranked.STREETS, Ranked.COMMUNITIES)


@guarded(P.FIGURE_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The newest periods with their closings."""
    rows = [_row(one) for one in periods_for(request.actor, request.now)]
    context = {
        "tabs": tabs(request, "periods"),
        "rows": rows,
        "may_close": request.actor.may_everywhere(P.PERIOD_CLOSE),
        "export": address_of(PERIODS, request),
    }
    return render(request, "evaluation/assessment/periods.html", context)


@guarded(P.PERIOD_CLOSE)
@require_POST
def close(request: StaffRequest) -> HttpResponse:
    """Close a period; a refusal says why and changes nothing."""
    first, last = day_of(request.POST.get("first", "")), day_of(request.POST.get("last", ""))
    try:
        if first is None or last is None:
            raise Invalid("请选要封账的考核期。")
        number = close_period(request.actor, Period(first, last), request.now)
    except HuyingError as refused:
        messages.error(request, worded(refused.message, _))
        return redirect("assessment:periods")
    messages.success(request, _("已封账。这一期的数、公式和名次从此不再变。"))
    return redirect("assessment:period", number)


@guarded(P.FIGURE_READ)
@never_cache
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One closing: by what it was reckoned, and what it differs in from another of the same period."""
    return _one(request, closing_for(request.actor, number))


@guarded(P.PERIOD_CLOSE)
@require_POST
def reopen(request: StaffRequest, number: int) -> HttpResponse:
    """Let a closing hold no more, with a reason; what was typed stays in the form when it is refused."""
    closed = closing_for(request.actor, number)
    try:
        reopen_period(request.actor, number, request.POST.get("reason", ""), request.now)
    except HuyingError as refused:
        wrong = refused.fields.get("reason", refused.message)
        return _one(request, closed, worded(wrong, _), request.POST.get("reason", ""), refused.status)
    messages.success(request, _("已重开。原来的封账还在，再封账是新的一版。"))
    return redirect("assessment:period", number)


def _one(
    request: StaffRequest, closed: ClosedInfo, wrong: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    ranking = ranking_for(
        request.actor, closed.period, Ranked.DEPARTMENTS, request.now, version=closed.version
    )
    every = next(
        one.closings for one in periods_for(request.actor, request.now) if one.period == closed.period
    )
    others = [one for one in every if one.id != closed.id]
    against = next((one for one in others if one.id == number_of(request.GET.get("with", ""))), None)
    context = {
        "tabs": tabs(request, "periods"),
        "closed": closed,
        "formulas": [
            {"name": name_of(one), "reckoned": divided(one), "version": one.version} for one in ranking.formulas
        ],
        "others": others,
        "against": against,
        "differences": _differences(request, closed, against) if against else [],
        "rankings": [(_(kind.zh), ranking_address(closed, kind)) for kind in Ranked],
        "may_reopen": closed.stands and request.actor.may_everywhere(P.PERIOD_CLOSE),
        "wrong": wrong,
        "typed": typed,
    }  # fmt: skip
    return render(request, "evaluation/assessment/period.html", context, status=status)


def ranking_address(closed: ClosedInfo, kind: Ranked = Ranked.DEPARTMENTS) -> str:
    """Where the ranking of a closing stands."""
    days = f"{closed.period.first.isoformat()}_{closed.period.last.isoformat()}"
    asked = {"of": kind.value, "period": days, "version": str(closed.version)}
    return f"{reverse('assessment:rankings')}?{urlencode(asked)}"


def _row(info: PeriodInfo) -> dict[str, Any]:
    newest = info.closings[0] if info.closings else None
    tone = Tone.DONE if info.closed else Tone.ACCENT if info.over else Tone.PLAIN
    href = reverse("assessment:period", args=[newest.id]) if newest else ""
    return {
        "info": info,
        "newest": newest,
        "chip": Chip(state_words(info), tone),
        "href": href or f"{reverse('assessment:rankings')}?period={period_key(info)}",
        "waiting": _exemptions(info, "open"),
        "granted": _exemptions(info, "granted"),
    }


def _exemptions(info: PeriodInfo, state: str) -> str:
    asked = {"since": info.period.first.isoformat(), "until": info.period.last.isoformat(), "state": state}
    return f"{reverse('assessment:exemptions')}?{urlencode(asked)}"


def _differences(
    request: StaffRequest, closed: ClosedInfo, against: ClosedInfo
) -> Sequence[Mapping[str, Any]]:
    """Whose score or rank is another one in the two closings."""
    found = []
    for kind in _COMPARED:
        then, now = (_by_key(request, one, kind) for one in (against, closed))
        for key in sorted(then.keys() | now.keys()):
            before, after = then.get(key), now.get(key)
            if _said(before) != _said(after):
                row = after or before
                name = row.named.name if row else ""
                found.append(
                    {"kind": _(kind.zh), "name": name, "before": _said(before), "after": _said(after)}
                )
    return found


def _by_key(request: StaffRequest, closed: ClosedInfo, kind: Ranked) -> dict[str, RankedRow]:
    ranking = ranking_for(request.actor, closed.period, kind, request.now, version=closed.version)
    return {row.key: row for row in ranking.rows}


def _said(row: RankedRow | None) -> tuple[str, str]:
    if row is None:
        return "—", "—"
    figure = row.figures.get("score")
    return words_of(figure) if figure else "—", str(row.rank or "—")
