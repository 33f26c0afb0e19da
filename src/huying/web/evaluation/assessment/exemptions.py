"""不计入考核: units apply, the evaluator decides; the fact stays on the case, statistics leave it out."""

from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from huying.access.permissions import Permission as P
from huying.figures.actions import NewExemption, ask_exemption, decide_exemption
from huying.figures.queries import (
    ExemptionInfo,
    exemption_for,
    exemptions_for,
    offers_for,
    waiting_exemptions,
)
from huying.figures.queries.exemptions import PAGE, Offer, Wanted
from huying.figures.rules.exempting import Decision, Ground
from huying.figures.rules.measures import Measure
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.web.case import finding
from huying.web.case.lists import filters
from huying.web.case.lists.lines import page_address, query_with
from huying.web.components import Chip, Filter, Tone
from huying.web.evaluation.assessment.asked import day_of, number_of
from huying.web.evaluation.assessment.tabs import tabs
from huying.web.guard import StaffRequest, guarded
from huying.web.present.choices import put_choices
from huying.web.present.refused import refused
from huying.web.taking import EXEMPTIONS, address_of

_TONES: Final = {Decision.OPEN: Tone.ACCENT, Decision.GRANTED: Tone.DONE, Decision.REFUSED: Tone.PLAIN}


class AskForm(forms.Form):
    """What should not count, and why. A choice is "body:measure", the measure empty for the whole case."""

    subject = forms.ChoiceField(label=gettext_lazy("哪一项不计入"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(
        label=gettext_lazy("事由"), choices=[(one.value, gettext_lazy(one.zh)) for one in Ground]
    )
    words = forms.CharField(
        label=gettext_lazy("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("写清楚发生了什么、有什么依据。批准以后，事实仍留在办理过程里，只是不计入统计和排名。"),
    )  # fmt: skip


@guarded(P.FIGURE_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Applications as the address asks for them, newest first."""
    wanted = wanted_of(request.GET)
    found = exemptions_for(request.actor, wanted, request.now, number_of(request.GET.get("after", "")))
    questions = _questions(request)
    context = {
        "tabs": tabs(request, "exemptions"),
        "rows": [
            {"one": one, "chip": chip_of(one), "what": what(one), "ground": _(one.ground.zh)} for one in found
        ],
        "waiting": waiting_exemptions(request.actor),
        "questions": questions,
        "narrowed": any(one.value for one in questions),
        "next": query_with(request.GET, after=str(found[-1].id)) if len(found) == PAGE else "",
        "export": address_of(EXEMPTIONS, request),
    }
    return render(request, "evaluation/assessment/exemptions.html", context)


@guarded(P.FIGURE_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One application, to be decided by whoever may; a refusal says why and keeps what was typed."""
    found, wrong, status = exemption_for(request.actor, number, request.now), "", 200
    if request.method == "POST":
        granted = request.POST.get("do") == "grant"
        try:
            decide_exemption(request.actor, number, granted, request.POST.get("reason", ""), request.now)
        except HuyingError as error:
            wrong, status = worded(error.fields.get("reason", error.message), _), error.status
        else:
            messages.success(request, _("已准予，不再计入统计。") if granted else _("已告知不予同意。"))
            return redirect("assessment:exemption", number)
    context = {
        "tabs": tabs(request, "exemptions"),
        "one": found,
        "chip": chip_of(found),
        "what": what(found),
        "ground": _(found.ground.zh),
        "case": page_address(found.line.number) if found.line else "",
        "may_decide": found.state is Decision.OPEN and request.actor.may_everywhere(P.EXEMPTION_DECIDE),
        "wrong": wrong,
        "typed": request.POST.get("reason", ""),
    }
    return render(request, "evaluation/assessment/exemption.html", context, status=status)


@guarded(P.EXEMPTION_ASK)
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: StaffRequest, number: str) -> HttpResponse:
    """Apply about a case that the reader sees; what was typed stays when it is refused."""
    case = finding.seen(request, number)
    offers = offers_for(request.actor, case.line.id)
    form = AskForm(request.POST if request.method == "POST" else None)
    form.label_suffix = ""
    put_choices(form, "subject", choices(offers))
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            said = form.cleaned_data
            body, _sep, measure = said["subject"].partition(":")
            new = NewExemption(case.line.id, int(body), measure, Ground(said["ground"]), said["words"])
            try:
                made = ask_exemption(request.actor, new, request.now)
            except HuyingError as error:
                refused(form, error)
                status = error.status
            else:
                messages.success(request, _("申请已提交，等评价员审定。"))
                return redirect("assessment:exemption", made)
    context = {"line": case.line, "form": form, "offers": offers}
    return render(request, "evaluation/assessment/ask.html", context, status=status)


def choices(offers: list[Offer]) -> list[tuple[str, str]]:
    """What may be asked, each named with its unit where there are several."""
    several = len(offers) > 1
    found = []
    for offer in offers:
        told = [(measure.value, _(measure.zh)) for measure in offer.measures]
        told += [("", _("整件不计入"))] if offer.whole else []
        found += [
            (f"{offer.body_id}:{value}", f"{offer.body_name} · {label}" if several else label)
            for value, label in told
        ]
    return found


def wanted_of(query: QueryDict) -> Wanted:
    """What an address narrows the list by."""
    state, ground = query.get("state", ""), query.get("ground", "")
    return Wanted(
        Decision(state) if state in set(Decision) else None, number_of(query.get("body", "")),
        Ground(ground) if ground in set(Ground) else None, day_of(query.get("since", "")),
        day_of(query.get("until", "")),
    )  # fmt: skip


def what(one: ExemptionInfo) -> str:
    """What should not count."""
    return _(Measure(one.measure).zh) if one.measure else _("整件不计入")


def chip_of(one: ExemptionInfo) -> Chip:
    """Where it stands."""
    return Chip(_(one.state.zh), _TONES[one.state], one.state.value)


def _questions(request: StaffRequest) -> list[Filter]:
    asked = request.GET
    return [
        filters.choice(asked, "state", _("状态"), filters.terms(list(Decision))),
        *filters.shown(asked, request.actor.district, request.now, ("body",)),
        filters.choice(asked, "ground", _("事由"), filters.terms(list(Ground))),
        Filter("since", _("计入自"), "date", value=asked.get("since", "")),
        Filter("until", _("计入至"), "date", value=asked.get("until", "")),
    ]
