"""交接班: what is open, a note, two signatures."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError, NotFound
from huying.teams.actions import give_duty, take_duty
from huying.teams.queries import duty_of
from huying.teams.queries.handing import handover_for, standing_of
from huying.web.admin.doing import pressed
from huying.web.case.lists.lines import row_of
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


class NotesForm(forms.Form):
    """What the next turn has to know."""

    notes = forms.CharField(
        label=gettext_lazy("交接情况"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("没办完的、要盯的、领导交代的、设备和车辆。没有就写“无”。"),
    )


class RemarkForm(forms.Form):
    """What whoever takes over wants to say to it."""

    remark = forms.CharField(label=gettext_lazy("接班说明"), max_length=500, required=False)


@guarded(P.TEAM_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def give(request: StaffRequest, number: int) -> HttpResponse:
    """What is open now, and the note to sign."""
    actor, now = request.actor, request.now
    duty = duty_of(actor.account_id, now)
    shift = next((one for one in (*duty.give, *duty.shifts) if one.id == number), None)
    if shift is None:
        raise NotFound
    form = NotesForm(request.POST if request.method == "POST" else None, label_suffix="")
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = give_duty(actor, number, form.cleaned_data["notes"], now)
            except HuyingError as error:
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已交班，等接班的人签。"), "duty:handover", made)
    stands = standing_of(actor, shift.area, now)
    context = {
        "shift": shift,
        "form": form,
        "numbers": stands.numbers,
        "rows": [row_of(line, request) for line in stands.cases],
    }
    return render(request, "duty/give.html", context, status=status)


@guarded(P.TEAM_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, number: int) -> HttpResponse:
    """A handover to read, and to sign for whoever takes over."""
    form = RemarkForm(request.POST if request.method == "POST" else None, label_suffix="")
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                take_duty(request.actor, number, form.cleaned_data["remark"], request.now)
            except HuyingError as error:
                if error.status == 404:
                    raise
                refused(form, error)
                status = error.status
            else:
                return redirect("duty:handover", number)
    row = handover_for(request.actor, number, request.now)
    context = {"one": row, "form": form, "rows": [row_of(line, request) for line in row.cases]}
    return render(request, "duty/handover.html", context, status=status)
