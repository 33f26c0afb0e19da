"""个人信息删除: an officer looks at what would go, erases, and reads what was erased when, by whom, on which basis."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.cases.lifecycle import Basis
from huying.cases.rules.erasing import Gone
from huying.erasure.actions import NewErasure, erase, preview
from huying.erasure.queries import PAGE, ErasureInfo, erasures_for
from huying.erasure.rules.scope import Scope
from huying.kernel.errors import Denied, HuyingError, Invalid
from huying.kernel.numbers import case_number
from huying.web.admin.asked import number_of
from huying.web.case.lists.lines import query_with
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.taking import ERASURES, address_of

# Anything else looks: nothing is erased by a form that does not say so.
_ERASE: Final = "erase"


class ErasureForm(forms.Form):
    """What is to be erased and why; to look first, the first two are enough."""

    number = forms.CharField(
        label=gettext_lazy("回执号、案件编号、电话或住户编号"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scope = forms.ChoiceField(label=gettext_lazy("删多少"), widget=forms.RadioSelect, initial=Scope.ONE.value)
    basis = forms.ChoiceField(label=gettext_lazy("依据"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("理由"), max_length=200, required=False,
        help_text=gettext_lazy("怎么提出、怎么核实的身份。会一直留着，不要写姓名、电话、证件号。"),
    )  # fmt: skip
    kept = forms.BooleanField(
        label=gettext_lazy("已核对：法律、行政法规规定的保存期限已满，或没有规定"), required=False
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        for name, terms in (("scope", Scope), ("basis", Basis)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(one.value, _(one.zh)) for one in terms]


@guarded(P.PERSON_ERASE, P.AUDIT_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """What was erased, newest first; for whoever may erase the form, what would go, and the erasure."""
    form = ErasureForm(request.POST if request.method == "POST" else None)
    looked: Mapping[Gone, int] | None = None
    status = 200
    if request.method == "POST":
        if not request.actor.may(P.PERSON_ERASE):
            raise Denied
        status = 400
        if form.is_valid():
            try:
                if request.POST.get("step") == _ERASE:
                    return _erased(request, form)
                looked, status = _looked(request, form), 200
            except Denied:
                raise
            except HuyingError as error:
                refused(form, error)
                status = error.status
    before = number_of(request.GET.get("before", ""))
    found = erasures_for(request.actor, before)
    context = {
        "form": form,
        "looked": None if looked is None else _counts(looked),
        "may_erase": request.actor.may_everywhere(P.PERSON_ERASE),
        "rows": [_row(request.actor.district, one) for one in found],
        "next": query_with(request.GET, before=str(found[-1].id)) if len(found) == PAGE else "",
        "export": address_of(ERASURES, request),
    }
    return render(request, "admin/erasures.html", context, status=status)


def _looked(request: StaffRequest, form: ErasureForm) -> Mapping[Gone, int]:
    said = form.cleaned_data
    return preview(request.actor, said["number"], Scope(said["scope"]), request.now)


def _erased(request: StaffRequest, form: ErasureForm) -> HttpResponse:
    said = form.cleaned_data
    if not said["basis"]:
        raise Invalid("请选择删除的依据。")
    new = NewErasure(
        said["number"],
        Scope(said["scope"]),
        Basis(said["basis"]),
        said["reason"],
        said["kept"],
    )
    gone = erase(request.actor, new, request.now)
    messages.success(
        request, _("个人信息已依法删除，共 %(n)d 项。") % {"n": sum(one for one in gone.values())}
    )
    return redirect("admin:erasures")


def _counts(gone: Mapping[Gone, int]) -> Sequence[tuple[str, int]]:
    return [(_(kind.zh), gone[kind]) for kind in Gone if gone.get(kind)]


def _row(district: int, one: ErasureInfo) -> Mapping[str, Any]:
    return {
        "one": one,
        "scope": _(one.scope.zh),
        "basis": _(one.basis.zh),
        "numbers": [case_number(district, case_id) for case_id in one.cases],
        "counts": _counts(one.counts),
    }
