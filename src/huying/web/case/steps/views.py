"""Taking one step: the form, the step itself, and what to do when somebody else was first."""

from collections.abc import Sequence
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from huying.access.permissions import Permission as P
from huying.cases.actions import advance
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.queries.page import CaseView
from huying.cases.queries.settings.timing import timing_of
from huying.cases.rules.replies import reply_faults
from huying.kernel.errors import HuyingError, IllegalStep, NotFound, StaleVersion
from huying.notices.queries.replying import filled_reply
from huying.web.case import finding, showing, words
from huying.web.case.buttons import find
from huying.web.case.heading import names_of, summary
from huying.web.case.lists import sameness
from huying.web.case.steps import calling, offers, templates
from huying.web.case.steps.advising import Advised, weighing
from huying.web.case.steps.drafted import drafted
from huying.web.case.steps.fields import Asking
from huying.web.case.steps.form import StepForm, step_for
from huying.web.case.steps.parts import part_offers
from huying.web.case.steps.widgets import MOST_WORDS
from huying.web.guard import StaffRequest, guarded
from huying.web.returning import asked_back

# A title is no longer than this where it is typed.
_MOST_TITLE: Final = 120
_NEVER_BY_HAND: Final = frozenset(
    {Verb.RECEIVE, Verb.SPLIT_OFF, Verb.ABSORB, Verb.ARCHIVE, Verb.WARN, Verb.RATE, Verb.ERASE}
)


@guarded(P.CASE_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def step(request: StaffRequest, number: str, verb: str) -> HttpResponse:
    """The form of a step, and the step. Whether it may be taken is for the heart to say."""
    case = finding.seen(request, number)
    asked = _asked(request, verb)
    return _take(request, case, *asked) if request.method == "POST" else _ask(request, case, *asked)


def _asked(request: StaffRequest, verb: str) -> tuple[Verb, Outcome | None, int | None]:
    if verb not in set(Verb) or Verb(verb) in _NEVER_BY_HAND:
        raise NotFound
    given = request.POST if request.method == "POST" else request.GET
    outcome, order = given.get("outcome", ""), given.get("order", "")
    known = Outcome(outcome) if outcome in set(Outcome) else None
    return Verb(verb), known, int(order) if order.isdecimal() and len(order) < 19 else None


def _ask(
    request: StaffRequest, case: CaseView, verb: Verb, outcome: Outcome | None, order_id: int | None
) -> HttpResponse:
    if find(case, verb, outcome, order_id) is None:
        raise IllegalStep
    row = step_for(case, verb, outcome, order_id)
    form = StepForm(row, _asking(request, case))
    form.initial = {**form.initial, **drafted(request.actor, case, verb, request.GET.get("draft", ""))}
    return _page(request, case, form, verb, outcome, order_id)


def _take(
    request: StaffRequest, case: CaseView, verb: Verb, outcome: Outcome | None, order_id: int | None
) -> HttpResponse:
    row = step_for(case, verb, outcome, order_id)
    form = StepForm(row, _asking(request, case), request.POST, request.FILES)
    where = (verb, outcome, order_id)
    if "use-template" in request.POST:
        form = StepForm(row, _asking(request, case), _with_template(request, case), request.FILES)
        return _page(request, case, form, *where, looking=True)
    if "bring" in request.POST:
        form = StepForm(row, _asking(request, case), _of_situation(request, case), request.FILES)
        # Nothing was sent yet: what is still empty is no fault.
        form.errors.clear()
        return _page(request, case, form, *where, looking=True)
    if "find" in request.POST:
        return _page(request, case, form, *where, looking=True)
    if not form.is_valid():
        return _page(request, case, form, *where, status=400)
    if "unadvised" in request.POST and (said := _advice(request, case)):
        # Only where the page could not say it while the reply was written, and only once.
        return _page(request, case, form, *where, looking=True, advised=said, again=True)
    seen, key = form.cleaned_data["expected"], f"page:{request.actor.account_id}:{form.cleaned_data['key']}"
    try:
        advance(
            (case.line.district, case.line.id), verb, by=request.actor, now=request.now, outcome=outcome,
            order_id=order_id, expected=seen, key=key[:80], **form.facts(),
        )  # fmt: skip
    except StaleVersion as late:
        return _late(request, case, row, late, where, seen)
    except HuyingError as refused:
        form.refuse(refused)
        return _page(request, case, form, *where, status=refused.status)
    messages.success(request, _("“%(step)s”已记入办理过程。") % {"step": words.button_words(verb, outcome)})
    return redirect(back_of(request, case.line.number))


def _advice(request: StaffRequest, case: CaseView) -> Sequence[Advised]:
    """What is worth reading once more before the reply is sent; none where nothing weighs."""
    solved = request.POST.get("solved") != "False"
    reply, parts = request.POST.get("reply", ""), timing_of(case.line.district).reply_parts
    if reply_faults(reply, solved=solved, parts=parts):
        return ()  # It is refused anyway, which says why.
    return weighing(offers.text_of(case), reply, solved=solved)


def _with_template(request: StaffRequest, case: CaseView) -> QueryDict:
    """What was typed, and below the reply so far the template chosen; for browsers without scripts."""
    given = request.POST.copy()
    if name := given.get("template", ""):
        begun = given.get("reply", "").rstrip()
        given["reply"] = "\n".join(part for part in (begun, filled_reply(case.line, name)) if part)
    return given


def _of_situation(request: StaffRequest, case: CaseView) -> QueryDict:
    """What was typed, with the bodies that the chosen situation calls."""
    given = request.POST.copy()
    given.setlist("called", calling.bodies_of(case, given.get("situation", ""), request.now))
    return given


def _late(
    request: StaffRequest, case: CaseView, row: Any, late: StaleVersion,
    where: tuple[Verb, Outcome | None, int | None], seen: int,
) -> HttpResponse:  # fmt: skip
    data = request.POST.copy()
    data["expected"] = str(case.line.version)
    form = StepForm(row, _asking(request, case), data, request.FILES)
    meanwhile = showing.happened(case, names_of(case, request.now), since=seen)
    gone = find(case, *where) is None
    return _page(request, case, form, *where, status=late.status, meanwhile=meanwhile, gone=gone)


def _asking(request: StaffRequest, case: CaseView) -> Asking:
    given = request.POST if request.method == "POST" else request.GET
    picked = (given.get("item", ""),)
    situation = given.get("situation", "")
    address = reverse("case:items")
    return Asking(
        request.actor, case, request.now, address, picked, given.get("item-words", ""), situation=situation
    )


def _page(
    request: StaffRequest, case: CaseView, form: StepForm, verb: Verb, outcome: Outcome | None,
    order_id: int | None, *, status: int = 200, looking: bool = False, **more: Any,
) -> HttpResponse:  # fmt: skip
    order = next((order for order in case.orders if order.id == order_id), None)
    context = {
        **summary(case, request.now),
        "case": case,
        "form": form,
        "step_name": words.button_words(verb, outcome),
        "verb": verb.value,
        "outcome": outcome.value if outcome else "",
        "order": order,
        "looking": looking,
        "back": back_of(request, case.line.number),
        "text": offers.text_of(case),
        "templates": templates.offered(case, verb) if "reply" in form.fields else [],
        **more,
    }
    part = "HX-Request" in request.headers and request.method == "GET"
    return render(request, "case/step_form.html" if part else "case/step.html", context, status=status)


def back_of(request: StaffRequest, number: str) -> str:
    """Where the reader came from, if it is a page of ours; else the case's page."""
    return asked_back(request, reverse("case:page", args=[number]))


@guarded(P.CASE_FILE, P.CASE_CORRECT)
@require_GET
def items(request: StaffRequest) -> HttpResponse:
    """Items that answer typed words, as radio buttons for a form that is open."""
    said = request.GET.get("item-words", "")
    context = {"offers": offers.items_said(request.actor.district, said), "name": "item", "said": said}
    return render(request, "case/widgets/found.html", context)


@guarded(P.CASE_MERGE)
@require_GET
def alike(request: StaffRequest, number: str) -> HttpResponse:
    """Open cases that answer typed words, as radio buttons for the form by which this case is merged."""
    case, said = finding.seen(request, number), request.GET.get("into-words", "")[:MOST_WORDS]
    found = offers.case_offers(sameness.searched(request, case.line, said))
    return render(request, "case/widgets/found.html", {"offers": found, "name": "into", "said": said})


@guarded(P.CASE_SPLIT)
@require_GET
def part_items(request: StaffRequest) -> HttpResponse:
    """Items of one row of a split, by its words or else its title, as the options of the list beside them.

    ``?by=title``: it was the title that was typed.
    """
    title, said = (request.GET.get(f"parts-{name}", "").strip()[:_MOST_TITLE] for name in ("title", "words"))
    said = said[:MOST_WORDS]
    if said and request.GET.get("by") == "title":
        # The words count, not the title: the list stays as it is, and with it what a person picked there.
        return HttpResponse(status=204)
    found = part_offers(request.actor.district, [(title, said)])[0]
    return render(request, "case/widgets/part_offers.html", {"offers": found, "said": said})
