"""What whoever leads presses on a card; each is a form of its own, so that two do not wait for each other."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.emergency.actions import answer_for, arrive_for, hand_outside, next_ring, stand_down, take_over
from huying.emergency.rules.kinds import Answer
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded


class OutsideForm(forms.Form):
    """移交: to whom, when, their number, what was said."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    line = forms.CharField(
        label=gettext_lazy("移交给"), max_length=20, widget=forms.TextInput(attrs={"list": "outside-lines"})
    )
    at = forms.DateTimeField(
        label=gettext_lazy("时间"),
        required=False,
        help_text=gettext_lazy("不填就是现在。"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}, format="%Y-%m-%dT%H:%M:%S"),
        input_formats=["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"],
    )
    reference = forms.CharField(label=gettext_lazy("对方编号"), max_length=60, required=False)
    words = forms.CharField(
        label=gettext_lazy("说了什么"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, lines: Sequence[str] = (), data: Any = None) -> None:
        first = {"key": str(uuid4()), "line": lines[0] if lines else ""}
        super().__init__(data, initial=first, label_suffix="")
        self.lines = lines


class OverForm(forms.Form):
    """解除: why."""

    words = forms.CharField(label=gettext_lazy("解除原因"), max_length=300)


@guarded(P.EMERGENCY_COMMAND)
@require_POST
def take(request: StaffRequest, number: int) -> HttpResponse:
    """Lead it."""
    return _pressed(request, lambda: take_over(request.actor, number, request.now), _("由您指挥。"), number)


@guarded(P.EMERGENCY_COMMAND)
@require_POST
def ring(request: StaffRequest, number: int) -> HttpResponse:
    """The next ring now."""
    seen = request.POST.get("seen", "")
    wanted = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 4 else -1
    return _pressed(
        request, lambda: next_ring(request.actor, number, wanted, request.now), _("已扩大告警。"), number
    )


@guarded(P.EMERGENCY_COMMAND)
@require_POST
def outside(request: StaffRequest, number: int) -> HttpResponse:
    """Write down a handing over."""
    form = OutsideForm(data=request.POST)
    if not form.is_valid():
        messages.error(request, _("移交没有记下：%(why)s") % {"why": _first(form)})
        return redirect("emergency:card", number)
    said = form.cleaned_data
    return _pressed(
        request,
        lambda: hand_outside(
            request.actor, number, said["line"], said["reference"], said["words"], said["at"] or request.now,
            said["key"], request.now,
        ),
        _("移交已记下。"),
        number,
    )  # fmt: skip


@guarded(P.EMERGENCY_COMMAND, P.EMERGENCY_OPEN)
@require_POST
def over(request: StaffRequest, number: int) -> HttpResponse:
    """Stand down."""
    words = request.POST.get("words", "")
    return _pressed(
        request, lambda: stand_down(request.actor, number, words, request.now), _("已解除。"), number
    )


@guarded(P.EMERGENCY_COMMAND)
@require_POST
def answered(request: StaffRequest, number: int, alert: int) -> HttpResponse:
    """What a responder said by telephone."""
    by, now = request.actor, request.now
    match request.POST.get("do"):
        case "accept":
            return _pressed(
                request, lambda: answer_for(by, number, alert, Answer.ACCEPTED, now), _("已记下。"), number
            )
        case "decline":
            return _pressed(
                request, lambda: answer_for(by, number, alert, Answer.LEFT, now), _("已记下。"), number
            )
        case "arrive":
            return _pressed(request, lambda: arrive_for(by, number, alert, now), _("已记下。"), number)
        case _:
            return redirect("emergency:card", number)


def _pressed(request: StaffRequest, act: Callable[[], object], done: str, number: int) -> HttpResponse:
    return pressed(request, act, done, "emergency:card", number)


def _first(form: forms.Form) -> str:
    return str(next(iter(form.errors.values()))[0])
