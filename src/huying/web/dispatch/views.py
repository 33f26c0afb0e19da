"""The desk's page, the case beside the list, and one decision after the other."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import quote_plus, urlsplit

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.cases.lifecycle import CLOSED_STATES, Verb
from huying.cases.queries.page import CaseView
from huying.kernel.errors import NotFound, StaleVersion
from huying.loop.allocate.queries.alike import alike
from huying.web.case import finding
from huying.web.case.buttons import letters
from huying.web.case.lists import filters, sameness
from huying.web.case.lists.lines import Listing, listing, query_choosing, query_with
from huying.web.case.page import context_of
from huying.web.case.steps.views import back_of
from huying.web.components import Key
from huying.web.dispatch import deciding
from huying.web.dispatch.conflict import conflict, renewed
from huying.web.dispatch.judging import Judgement, judge
from huying.web.dispatch.opinion import opinion_address
from huying.web.dispatch.presence import Around, around, everywhere, holders
from huying.web.dispatch.queue import QUESTIONS, tabs_of, wanted_of, whole_of
from huying.web.guard import StaffRequest, guarded
from huying.web.present.people import around as duty_around
from huying.web.taking import DISPATCH, address_of

# Stands in an address for the number of a case that the page will only know later.
# Of hundreds who say the same, the first say enough.
_MOST_READ: Final = 5
_ANY: Final = "000000-000000000"


@guarded(P.CASE_DISPATCH, P.CASE_HAND_UP)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The queue and one case; without ``case`` in the address the first one."""
    wanted, tabs = wanted_of(request.actor, request.GET), tabs_of(request)
    found = listing(request, wanted, total=whole_of(wanted, tabs))
    number = request.GET.get("case", "")
    case = _case(request, number)
    open_here = [case.line.id] if case is not None else []
    company = everywhere(request, [*(row.line.id for row in found.rows), *open_here])
    held = holders(company)
    case = case or _first(request, found, held)
    judged = judge(request.actor.district, [row.line for row in found.rows], request.now)
    context: dict[str, Any] = {
        "listing": found,
        "rows": _desk_rows(request, found, judged, held),
        "tabs": tabs,
        "questions": filters.shown(request.GET, request.actor.district, request.now, QUESTIONS),
        "tab": request.GET.get("tab", ""),
        "chosen": bool(number and case),
        "list_query": query_with(request.GET, case=""),
        "may_bulk": request.actor.may(P.CASE_FILE) and request.actor.may(P.CASE_DISPATCH),
        "export": address_of(DISPATCH, request),
        "keys": _keys(),
        "may_merge": request.actor.may(P.CASE_MERGE),
        "any": _ANY,
        "picked": case.line.number if case else "",
    }
    if case is not None:
        following = _following(request, found, case.line.number, held)
        context |= pane_context(request, case, following, company=company[case.line.id])
    return render(request, "dispatch/index.html", context)


@guarded(P.CASE_DISPATCH, P.CASE_HAND_UP)
@never_cache
@require_GET
def pane(request: StaffRequest, number: str) -> HttpResponse:
    """One case for the side of the list."""
    case = finding.seen(request, number)
    following = back_of(request, number) if request.GET.get("next") else reverse("dispatch:index")
    return render(request, "dispatch/pane.html", pane_context(request, case, following))


@guarded(P.CASE_MERGE)
@never_cache
@require_GET
def same(request: StaffRequest, number: str) -> HttpResponse:
    """Open cases found by words, to be brought into the case that is open; the most like it first."""
    case, words = finding.seen(request, number), request.GET.get("same", "").strip()
    found = sameness.looked_up(request, case.line, words)
    return render(request, "dispatch/same.html", {"same_found": found, "same_words": words})


@guarded(P.CASE_DISPATCH)
@never_cache
@require_GET
def bodies(request: StaffRequest, number: str) -> HttpResponse:
    """The bodies suggested for another item of the form that is open."""
    form = deciding.form_for(request, finding.seen(request, number))
    return render(request, "dispatch/bodies.html", {"form": form})


@guarded(P.CASE_DISPATCH)
@require_POST
def decide(request: StaffRequest, number: str) -> HttpResponse:
    """File and dispatch in one; then the next case by itself."""
    case = finding.seen(request, number)
    form = deciding.form_for(request, case)
    following = back_of(request, number)
    if "find" in request.POST:
        context = pane_context(request, case, following, form) | {"looking": True}
        return render(request, "dispatch/decide.html", context)
    status, late = 400, form.late
    beside = None if late or "take" in request.POST else around(request, case.line.id).holder
    if beside is None and form.is_valid():
        refused = deciding.decide(request, form)
        if refused is None:
            messages.success(request, _("%(title)s：已派给%(body)s。") % _told(form, case))
            return redirect(following)
        status, late = refused.status, isinstance(refused, StaleVersion)
    return _refused(request, case, following, form, status, late=late, taking=beside is not None)


def _refused(
    request: StaffRequest, case: CaseView, following: str, form: deciding.DecideForm, status: int, *,
    late: bool, taking: bool,
) -> HttpResponse:  # fmt: skip
    """The decision that was not taken, with everything that was chosen and why it was not."""
    both = conflict(request, case, form) if late else None
    again = renewed(request, case, form) if late else form
    context = pane_context(request, case, following, again)
    status = 409 if late or taking else status
    more = {"conflict": both, "looking": late, "taking": taking}
    return render(request, "dispatch/decide.html", context | more, status=status)


def pane_context(
    request: StaffRequest,
    case: CaseView,
    following: str,
    form: deciding.DecideForm | None = None,
    company: Around | None = None,
) -> dict[str, Any]:
    """The case's page in short, with what may be the same matter, who else has it open, and the decision form.

    ``form`` and ``company`` are looked for unless given.
    """
    if form is None and deciding.may_decide(case):
        form = deciding.form_for(request, case)
    may_merge = request.actor.may(P.CASE_MERGE) and case.line.state not in CLOSED_STATES
    near = alike(request.actor, case.line, request.now, text=_said(case)) if may_merge else []
    same = request.GET.get("same", "").strip()
    stay = _staying(following, case.line.number)
    context = context_of(request, case, following, talking=False, stay=stay)
    offered = {Verb.FILE, Verb.DISPATCH} if form else set()
    shown = [action for action in context["first"] if action.verb not in offered]
    people, team = duty_around(request.actor, case.line.area, request.now, case.line.number)
    return {
        **context,
        "first": shown,
        "around": company or around(request, case.line.id),
        "beside": bool(form),
        "form": form,
        "following": following,
        "opinion_address": opinion_address(case, filing=form is not None and form.filing),
        "duty_people": people,
        "duty_team": team,
        "near": sameness.shown(near),
        "may_merge_here": may_merge,
        "same_words": same,
        "same_found": sameness.looked_up(request, case.line, same) if may_merge and same else [],
    }


def _said(case: CaseView) -> str:
    return " ".join(
        f"{appeal.text} {appeal.place_text}" for appeal in case.appeals[:_MOST_READ] if appeal.active
    )


def _keys() -> list[Key]:
    return [
        Key("a", _("按选好的单位派单"), "[data-accept]"),
        Key("1…9", _("选第几个单位"), "[data-decision]"),
        Key("i", _("改事项"), "[data-items]"),
        Key("o", _("改立案条件、类型、区域、协办、备注"), "[data-decision] details"),
        *letters(),
        Key("p", _("派出勾选的，b 把勾选的并到打开的这件"), "[data-bulk]"),
        Key("m", _("打开、收起地图"), "[data-desk-map]"),
    ]


def _staying(following: str, number: str) -> str:
    """The same desk with this case open, after a step that leaves it to be decided."""
    asked = urlsplit(following)
    return f"{asked.path}{query_with(QueryDict(asked.query), case=number)}"


def _told(form: deciding.DecideForm, case: CaseView) -> dict[str, str]:
    names = deciding.body_choices(form)
    return {"title": case.line.title[:24], "body": names.get(str(form.cleaned_data["body"]), "")}


def _case(request: StaffRequest, number: str) -> CaseView | None:
    """The case in the address; gone where it does not exist (any more) for the reader."""
    try:
        return finding.seen(request, number) if number else None
    except NotFound:
        return None


def _first(request: StaffRequest, found: Listing, held: Mapping[int, str]) -> CaseView | None:
    free = [row.line.number for row in found.rows if row.line.id not in held]
    numbers = free or [row.line.number for row in found.rows]
    return finding.seen(request, numbers[0]) if numbers else None


def _following(request: StaffRequest, found: Listing, number: str, held: Mapping[int, str]) -> str:
    """Where a decision leads: the desk with the next line open that nobody else has in hand."""
    numbers = [row.line.number for row in found.rows]
    at = numbers.index(number) + 1 if number in numbers else 0
    after = next((row.line.number for row in found.rows[at:] if row.line.id not in held), "")
    return f"{reverse('dispatch:index')}{query_with(request.GET, case=after)}"


def _desk_rows(
    request: StaffRequest, found: Listing, judged: Mapping[int, Judgement], held: Mapping[int, str]
) -> list[dict[str, Any]]:
    """Each row with its addresses; a decision in its pane leads to the next row that nobody else has in hand."""
    desk, choosing = reverse("dispatch:index"), query_choosing(request.GET, "case")
    rows: list[dict[str, Any]] = []
    after = ""
    for row in reversed(found.rows):
        line = row.line
        rows.append(
            {
                "row": row,
                "judged": judged.get(line.id),
                "held": held.get(line.id, ""),
                "href": choosing(line.number),
                "pane": f"{_pane(line.number)}?next={quote_plus(desk + choosing(after))}",
            }
        )
        after = after if line.id in held else line.number
    return rows[::-1]


@lru_cache(8192)
def _pane(number: str) -> str:
    return reverse("dispatch:pane", args=[number])
