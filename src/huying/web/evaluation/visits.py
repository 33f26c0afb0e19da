"""上门回访: what plans want of one's own community or street, and the script of one visit."""

from typing import Any, Final
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.cases.actions import advance
from huying.cases.lifecycle import BY_HAND, FollowUpReason, Outcome, Verb
from huying.cases.queries.page import AppealView, CaseView, case_for
from huying.kernel.errors import HuyingError, NotFound
from huying.loop.evaluate.queries import Planned, planned_visit, visitor_for, visits_for
from huying.people.actions import unmask as unmask_caller
from huying.web.case import finding
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with, row_of
from huying.web.case.unmask import ReasonForm
from huying.web.evaluation.planned import planned_words, tried_words, why_chosen
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.taking import VISITS, address_of

_STARS: Final = ("speed", "effect", "service", "answer")
_QUESTIONS: Final = ("q", "area", "kind")
_YES_NO: Final = [("yes", gettext_lazy("是")), ("no", gettext_lazy("否"))]
# Not of a visit: nobody rang.
_HINDRANCES: Final = [one for one in BY_HAND if one is not FollowUpReason.BUSY]


class VisitForm(forms.Form):
    """The script of a visit: heard or why not, in touch, solved, content, four stars.

    ``expected`` is the version that was on the screen, ``key`` makes sending twice one step.
    """

    expected = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    appeal = forms.TypedChoiceField(label=gettext_lazy("回访哪一位"), coerce=int, widget=forms.RadioSelect)
    heard = forms.ChoiceField(label=gettext_lazy("访到了吗"), choices=_YES_NO, widget=forms.RadioSelect)
    unreached_reason = forms.ChoiceField(
        label=gettext_lazy("没访成的原因"), required=False, help_text=gettext_lazy("没访到的只填这一项。")
    )
    responded = forms.ChoiceField(
        label=gettext_lazy("承办单位联系过您吗"), required=False, choices=_YES_NO, widget=forms.RadioSelect
    )
    solved = forms.ChoiceField(
        label=gettext_lazy("问题解决了吗"), required=False, choices=_YES_NO, widget=forms.RadioSelect
    )
    satisfaction = forms.ChoiceField(
        label=gettext_lazy("对办理结果满意吗"), required=False, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("哪里没解决、要求什么"), required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}), help_text=gettext_lazy("没解决的必填，原单位按这个重办。"),
    )  # fmt: skip
    speed = forms.ChoiceField(label=gettext_lazy("速度"), required=False, widget=forms.RadioSelect)
    effect = forms.ChoiceField(label=gettext_lazy("效果"), required=False, widget=forms.RadioSelect)
    service = forms.ChoiceField(label=gettext_lazy("服务"), required=False, widget=forms.RadioSelect)
    answer = forms.ChoiceField(label=gettext_lazy("答复"), required=False, widget=forms.RadioSelect)
    note = forms.CharField(
        label=gettext_lazy("内部记录"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, case: CaseView, data: Any = None) -> None:
        super().__init__(data, initial={"expected": case.line.version, "key": str(uuid4())}, label_suffix="")
        callers = [(one.id, caller_words(one)) for one in case.appeals if one.active]
        self._choices("appeal", callers)
        self._choices(
            "unreached_reason", [("", _("请选原因")), *((one.value, _(one.zh)) for one in _HINDRANCES)]
        )
        told = (("satisfied", _("满意")), ("basically", _("基本满意")), ("unsatisfied", _("不满意")))
        self._choices("satisfaction", list(told))
        for name in _STARS:
            self._choices(name, [(str(n), _("%(n)d 星") % {"n": n}) for n in (5, 4, 3, 2, 1)])
        if len(callers) == 1:
            self.initial["appeal"] = callers[0][0]

    def _choices(self, name: str, pairs: list[tuple[Any, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = pairs

    def clean(self) -> dict[str, Any] | None:
        said = super().clean() or self.cleaned_data
        if said.get("heard") == "no" and not said.get("unreached_reason"):
            self.add_error("unreached_reason", _("请选择没访成的原因。"))
        if said.get("heard") == "yes":
            for name in ("responded", "solved", "satisfaction"):
                if not said.get(name):
                    self.add_error(name, _("请问清楚并选择。"))
            if said.get("solved") == "no" and not said.get("reason", "").strip():
                self.add_error("reason", _("请写明哪里没解决。"))
        return said

    @property
    def outcome(self) -> Outcome:
        said = self.cleaned_data
        if said["heard"] == "no":
            return Outcome.UNREACHED
        return Outcome.SOLVED if said["solved"] == "yes" else Outcome.UNSOLVED

    def facts(self) -> dict[str, Any]:
        """What the step of this outcome takes; what was answered beyond it is left out."""
        said = self.cleaned_data
        facts: dict[str, Any] = {"appeal": said["appeal"], "way": "community"}
        if self.outcome is Outcome.UNREACHED:
            return facts | {"unreached_reason": said["unreached_reason"], "note": said["note"]}
        facts |= {"responded": said["responded"] == "yes", "satisfaction": said["satisfaction"]}
        facts |= {name: int(said[name]) for name in _STARS if said[name]}
        return facts | ({"note": said["note"]} if said["solved"] == "yes" else {"reason": said["reason"]})


@guarded(P.CASE_VISIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """What is to be visited, first due first."""
    wanted = filters.read(request.GET)
    page = visits_for(request.actor, request.now, request.GET.get("after", ""), wanted=wanted)
    questions = filters.shown(request.GET, request.actor.district, request.now, _QUESTIONS)
    context = {
        "rows": [
            {
                "row": row_of(one.line, request),
                "plan": one.planned,
                "why": why_chosen(one.planned) if one.planned else "",
                "tried": tried_words(one.planned) if one.planned else "",
                "late": one.planned is not None and one.planned.due_at < request.now,
                "callers": len(one.appeals),
            }
            for one in page.cases
        ],
        "questions": questions,
        "narrowed": any(one.value for one in questions if one.kind != "hidden"),
        "next": query_with(request.GET, after=page.after) if page.after else "",
        "export": address_of(VISITS, request),
    }
    return render(request, "evaluation/visits.html", context)


@guarded(P.CASE_VISIT)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, number: str) -> HttpResponse:
    """The script of one visit; a refusal keeps what was typed."""
    lent, case, planned = _to_visit(request, number)
    form = VisitForm(case, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            said = form.cleaned_data
            try:
                advance(
                    (case.line.district, case.line.id), Verb.FOLLOW_UP, by=lent, now=request.now,
                    outcome=form.outcome, expected=said["expected"], key=said["key"], **form.facts(),
                )  # fmt: skip
            except HuyingError as error:
                refused(form, error)
                status = error.status
            else:
                messages.success(request, _("回访结果已记下。"))
                return redirect("visit:index")
    context = {
        "case": case, "line": case.line, "form": form, "reply": _reply(case),
        "told": planned_words(planned, case.line.district),
        "callers": [(one, caller_words(one)) for one in case.appeals if one.active],
    }  # fmt: skip
    return render(request, "evaluation/visit.html", context, status=status)


@guarded(P.CASE_VISIT)
@never_cache
@require_http_methods(["GET", "POST"])
def caller(request: StaffRequest, number: str, appeal: int) -> HttpResponse:
    """Whom to visit, after a reason; written down like every view of a person."""
    lent, case, _planned = _to_visit(request, number)
    told = next(
        (one for one in case.appeals if one.id == appeal and one.caller and not one.caller.erased), None
    )
    if told is None or told.caller is None:
        raise NotFound
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"reason": _("上门回访")})
    plain, status = None, 200 if request.method == "GET" else 400
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            plain = unmask_caller(lent, told.caller.id, case.line.id, reason, request.now)
            status = 200
        except HuyingError as error:
            refused(form, error)
            status = error.status
    context = {"line": case.line, "appeal": told, "form": form, "plain": plain}
    return render(request, "evaluation/visit_caller.html", context, status=status)


def _to_visit(request: StaffRequest, number: str) -> tuple[Actor, CaseView, Planned]:
    """The actor as they may act on this case, the case, and what the plan wants. Raises NotFound."""
    district, case_id = finding.reference(request, number)
    lent = visitor_for(request.actor, case_id, request.now)
    language = "en" if get_language() == "en" else "zh"
    case = case_for(lent, district, case_id, request.now, language)
    return lent, case, planned_visit(request.actor, case_id, request.now)


def _reply(case: CaseView) -> list[tuple[str, str]]:
    """What the caller was told was done; what offices note among themselves is not for who only asks."""
    last = next((entry for entry in reversed(case.entries) if entry.verb == "report"), None)
    return [(label, text) for _name, label, public, text in last.texts if public] if last else []


def caller_words(one: AppealView) -> str:
    """A caller, masked, and what tells them from the others."""
    name = one.caller.name if one.caller and not one.caller.erased else _("没留姓名")
    return f"{name} {one.place_text}".strip()
