"""The handler's list and the case beside it; on a phone one after the other."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote_plus

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.cases.actions import advance
from huying.cases.lifecycle import OrderState, Verb
from huying.cases.queries.lists.own_orders import OwnOrder, own_counts, own_orders
from huying.cases.queries.page import CaseView
from huying.kernel.errors import HuyingError, NotFound
from huying.web.case import finding, showing
from huying.web.case.buttons import letters
from huying.web.case.lists import filters
from huying.web.case.lists.lines import Listing, listing, query_choosing, query_with
from huying.web.case.page import context_of
from huying.web.case.standard import standard_of
from huying.web.case.steps.views import back_of
from huying.web.components import Choice, Key, Lamp, Tone, left_words
from huying.web.guard import StaffRequest, guarded
from huying.web.handling.asked import TABS, first_tab, mine
from huying.web.taking import HANDLING, address_of

_QUESTIONS: Final = ("q", "lamp", "area")
_MOST: Final = 50


@guarded(P.ORDER_SIGN)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The orders of one's own units, the most urgent first."""
    counts = own_counts(request.actor)
    tab = request.GET.get("tab", "")
    if not tab and (tab := first_tab(counts)) != TABS[0][0]:
        return redirect(reverse("handling:index") + query_with(request.GET, tab=tab))
    wanted, tabs = mine(request.actor, request.GET), _tabs(request, tab, counts)
    found = listing(request, wanted, total=_whole(request, tabs))
    own = own_orders(request.actor, [row.line.id for row in found.rows], request.now)
    number = request.GET.get("case", "")
    case = _case(request, number) or (
        finding.seen(request, found.rows[0].line.number) if found.rows else None
    )
    context: dict[str, Any] = {
        "listing": found,
        "rows": _rows(request, found, own),
        "tabs": tabs,
        "tab": tab,
        "to_sign": tab == TABS[0][0],
        "questions": filters.shown(request.GET, request.actor.district, request.now, _QUESTIONS),
        "chosen": bool(number and case),
        "has_body": bool(request.actor.body_ids),
        "list_query": query_with(request.GET, case=""),
        "export": address_of(HANDLING, request),
        "picked": case.line.number if case else "",
        "keys": [*letters(), Key("p", _("签收勾选的"), "[data-bulk]")],
    }
    if case is not None:
        context |= context_of(request, case, _desk(request, case.line.number))
    return render(request, "handling/index.html", context)


@guarded(P.ORDER_SIGN)
@never_cache
@require_GET
def pane(request: StaffRequest, number: str) -> HttpResponse:
    """One order's case for the side of the list."""
    case = finding.seen(request, number)
    back = back_of(request, number) if request.GET.get("next") else reverse("handling:index")
    return render(request, "handling/pane.html", context_of(request, case, back))


@guarded(P.ORDER_SIGN)
@require_POST
def sign(request: StaffRequest) -> HttpResponse:
    """Sign for the ticked orders, each by itself."""
    done, left = 0, []
    for number in request.POST.getlist("case")[:_MOST]:
        case = finding.reference(request, number)
        try:
            advance(case, Verb.SIGN, by=request.actor, now=request.now)
            done += 1
        except HuyingError:
            left.append(number)
    if done:
        messages.success(request, _("已签收 %(n)d 件。请在时限内联系诉求人。") % {"n": done})
    if left:
        messages.warning(request, _("%(n)d 件没有签收，可能已签收或已收回：%(which)s") % {
            "n": len(left), "which": "、".join(left[:5]),
        })  # fmt: skip
    return redirect(
        f"{reverse('handling:index')}?tab=handling" if done and not left else reverse("handling:index")
    )


def _whole(request: StaffRequest, tabs: Sequence[tuple[Choice, str]]) -> Choice | None:
    """The tab whose whole list is asked for; None where something narrows it."""
    asked = any(request.GET.get(name) for name in _QUESTIONS)
    return None if asked else next((tab for tab, _address in tabs if tab.chosen), None)


def _tabs(request: StaffRequest, chosen: str, counts: Mapping[OrderState, int]) -> list[tuple[Choice, str]]:
    return [
        (
            Choice(
                key, _(label), key == chosen, sum(counts.get(state, 0) for state in states)
            ),
            query_with(request.GET, tab=key, case="", after=""),
        )
        for key, label, states in TABS
    ]  # fmt: skip


def _rows(request: StaffRequest, found: Listing, own: Mapping[int, OwnOrder]) -> list[dict[str, Any]]:
    choosing, back = query_choosing(request.GET, "case"), query_choosing(_without_next(request), "case")
    desk = reverse("handling:index")
    rows = []
    for row in found.rows:
        line, order = row.line, own.get(row.line.id)
        standard = standard_of(line.district, line.item, None)
        rows.append(
            {
                "row": row,
                "own": order,
                "lamp": _lamp(request, order),
                "closing": standard.closing if standard else "",
                "href": choosing(line.number),
                "pane": f"{_pane(line.number)}?next={quote_plus(desk + back(line.number))}",
            }
        )
    return rows


def _without_next(request: StaffRequest) -> QueryDict:
    kept = request.GET.copy()
    kept.pop("next", None)
    return kept


@lru_cache(8192)
def _pane(number: str) -> str:
    return reverse("handling:pane", args=[number])


def _lamp(request: StaffRequest, own: OwnOrder | None) -> Lamp | None:
    if own is None:
        return None
    if own.due_kind is None or own.due_at is None:
        return Lamp(Tone.PAUSED, _("处置"), None, _("暂停计时")) if own.paused else None
    return Lamp(showing.TONES[own.lamp], _(own.due_kind.zh), own.due_at, left_words(own.due_at, request.now))


def _desk(request: StaffRequest, number: str) -> str:
    """Back to this list with the case still open."""
    return f"{reverse('handling:index')}{query_with(request.GET, case=number, next='')}"


def _case(request: StaffRequest, number: str) -> CaseView | None:
    try:
        return finding.seen(request, number) if number else None
    except NotFound:
        return None
