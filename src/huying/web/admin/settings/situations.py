"""呼叫启动情形: when bodies are called to the spot, who leads there and who takes what nobody takes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.catalogue.actions.situations import end_situation, write_situation
from huying.catalogue.queries.situations import situation, situations_for
from huying.catalogue.rules.duties import Duty
from huying.catalogue.rules.situations import SituationLine
from huying.kernel.errors import HuyingError, NotFound
from huying.web.admin.annals import beside
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.present.choices import put_choices
from huying.web.present.refused import refused
from huying.web.taking import SITUATIONS, address_of


def duty_words(code: str) -> str:
    """The name of a duty; a district's own code stays as it is."""
    return _(Duty(code).zh) if code in set(Duty) else code


class SituationForm(forms.Form):
    """One situation as it is written. Duties, not bodies: each street calls its own."""

    code = forms.CharField(label=gettext_lazy("编号"), max_length=16)
    kind = forms.CharField(label=gettext_lazy("类别"), max_length=40)
    name = forms.CharField(label=gettext_lazy("情形"), max_length=100)
    when = forms.CharField(
        label=gettext_lazy("何时启动"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    lead = forms.ChoiceField(label=gettext_lazy("谁牵头"))
    assisting = forms.MultipleChoiceField(
        label=gettext_lazy("谁到场"), required=False, widget=forms.CheckboxSelectMultiple
    )
    fallback = forms.ChoiceField(
        label=gettext_lazy("谁兜底"), required=False, help_text=gettext_lazy("不选就由属地兜底")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        duties = [(duty.value, _(duty.zh)) for duty in Duty]
        put_choices(self, "lead", [("", _("请选职责")), *duties])
        put_choices(self, "assisting", duties)
        put_choices(self, "fallback", [("", _("按属地")), *duties])

    def line(self) -> SituationLine:
        """The situation of a valid form."""
        said = self.cleaned_data
        return SituationLine(
            said["code"].strip(), said["kind"].strip(), said["name"].strip(), said["when"].strip(), said["lead"],
            tuple(said["assisting"]), said["fallback"],
        )  # fmt: skip


@guarded(P.CATALOGUE_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every situation in force, by class."""
    word = request.GET.get("q", "").strip()[:40]
    rows = [
        {
            "line": line,
            "lead": duty_words(line.lead),
            "assisting": "、".join(map(duty_words, line.assisting)),
            "fallback": duty_words(line.fallback) if line.fallback else _("按属地"),
        }
        for line in situations_for(request.actor)
        if any(word in text for text in (line.code, line.kind, line.name, line.when))
    ]
    context = {
        "tab": "situations",
        "rows": rows,
        "word": word,
        "may_edit": request.actor.may(P.CATALOGUE_EDIT),
        "changes": beside(request, Subject.SITUATION, limit=30),
        "export": address_of(SITUATIONS, request),
    }
    return render(request, "admin/settings/situations.html", context)


@guarded(P.CATALOGUE_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, code: str) -> HttpResponse:
    """One situation, to be written anew; ``new`` begins one."""
    line = None if code == "new" else situation(request.actor.district, code)
    if code != "new" and line is None:
        raise NotFound
    held = {name: getattr(line, name) for name in SituationForm.base_fields} if line else {}
    form = SituationForm(request.POST if request.method == "POST" else None, initial=held)
    if line is not None:
        form.fields["code"].widget = forms.HiddenInput()
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                write_situation(form.line(), by=request.actor, now=request.now)
                messages.success(request, _("已保存，以后的呼叫按这一版。"))
                return redirect("admin:situations")
            except HuyingError as error:
                refused(form, error)
                status = error.status
    context = {"tab": "situations", "form": form, "line": line}
    return render(request, "admin/settings/situation.html", context, status=status)


@guarded(P.CATALOGUE_EDIT)
@require_POST
def end(request: StaffRequest, code: str) -> HttpResponse:
    """Let a situation start no calls any more."""
    return pressed(
        request,
        lambda: end_situation(code, by=request.actor, now=request.now),
        _("已停用。"),
        "admin:situations",
    )
