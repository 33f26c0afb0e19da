"""我的助手: the keys by which one's own assistants act in one's name, shown once when made."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.kernel.errors import HuyingError
from huying.people.actions import create_assistant_key, revoke_assistant_key
from huying.people.queries import assistants_of
from huying.people.rules.assistants import LONGEST, USUAL, USUAL_DAYS, Leave
from huying.web.guard import StaffRequest, signed_in
from huying.web.present.refused import refused


class AssistantForm(forms.Form):
    """A key for one's assistant: what it may do, and for how long."""

    name = forms.CharField(
        label=gettext_lazy("助手名称"), max_length=60, help_text=gettext_lazy("例如“办公电脑上的助手”")
    )
    leaves = forms.MultipleChoiceField(
        label=gettext_lazy("让它做什么"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("不会超出您自己的岗位。“发送答复”勾选后，每次发送仍要您确认。"),
    )  # fmt: skip
    days = forms.IntegerField(
        label=gettext_lazy("几天后到期"), min_value=1, max_value=LONGEST.days, initial=USUAL_DAYS
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"leaves": sorted(USUAL)}, label_suffix="")
        field = self.fields["leaves"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(leave.value, _(leave.zh)) for leave in Leave]


@never_cache
@signed_in()
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """One's assistants; a new key is shown once, here."""
    form = AssistantForm(request.POST if request.method == "POST" else None)
    raw, status = "", 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                raw, form, status = _made(request, form), AssistantForm(), 200
            except HuyingError as error:
                refused(form, error)
                status = error.status
    rows = [
        {
            "key": key,
            "leaves": [_(leave.zh) for leave in key.leaves],
            "over": key.revoked_at or (key.expires_at is not None and key.expires_at <= request.now),
        }
        for key in assistants_of(request.actor.account_id or 0)
    ]
    address = request.build_absolute_uri(reverse("mcp"))
    context = {"rows": rows, "form": form, "raw": raw, "address": address}
    return render(request, "account/assistants.html", context, status=status)


def _made(request: StaffRequest, form: AssistantForm) -> str:
    said = form.cleaned_data
    leaves = [Leave(one) for one in said["leaves"]]
    until = request.now + timedelta(days=said["days"])
    return create_assistant_key(request.actor, said["name"], leaves, until, request.now)[1]


@signed_in()
@require_POST
def revoke(request: StaffRequest, number: int) -> HttpResponse:
    """End the key of one of one's assistants."""
    revoke_assistant_key(request.actor, number, request.now)
    messages.success(request, _("助手密钥已停用。"))
    return redirect("account:assistants")
