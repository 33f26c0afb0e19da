"""对话待接: who asks for a person in a chat, what was said, an answer by hand."""

from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.chat.actions import settle_person, speak
from huying.chat.actions.answering import MOST
from huying.chat.queries import thread_for, waiting_for
from huying.chat.rules.kinds import Medium, Side
from huying.kernel.errors import HuyingError
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


class AnswerForm(forms.Form):
    """What is said by hand; ``key`` makes pressing twice one answer."""

    text = forms.CharField(
        label=gettext_lazy("答复"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 3})
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)


@guarded(P.CASE_ANSWER)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Danger first, then who waited longest."""
    rows = [(one, _(one.vendor.zh)) for one in waiting_for(request.actor)]
    return render(request, "chat/waiting.html", {"rows": rows})


@guarded(P.CASE_ANSWER)
@never_cache
@require_http_methods(["GET", "POST"])
def thread(request: StaffRequest, number: int) -> HttpResponse:
    """What was said with one of them, written down as seen; and an answer."""
    found = thread_for(request.actor, number)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"key": uuid4().hex})
    form.label_suffix = ""
    if request.method == "POST" and form.is_valid():
        try:
            speak(request.actor, number, form.cleaned_data["text"], form.cleaned_data["key"], request.now)
        except HuyingError as error:
            refused(form, error)
        else:
            messages.success(request, _("已发出。"))
            return redirect("chat:thread", number)
    seen = NewViewing(ViewingKind.VIEW, "对话内容", found.caller_id)
    record_viewings(request.actor, [seen], request.now)
    lines = [
        (one, one.side is Side.OURS, _(one.medium.zh), one.medium is not Medium.TEXT) for one in found.said
    ]
    context = {"thread": found, "vendor": _(found.vendor.zh), "lines": lines, "form": form}
    return render(request, "chat/thread.html", context, status=400 if form.is_bound else 200)


@guarded(P.CASE_ANSWER)
@require_POST
def settle(request: StaffRequest, number: int) -> HttpResponse:
    """Nobody is asked for any more."""
    done = _("已接待完毕。")
    return pressed(request, lambda: settle_person(request.actor, number, request.now), done, "chat:index")
