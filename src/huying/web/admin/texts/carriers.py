"""How messages fare: what waits and what failed, tried once more; what residents are sent; announcements."""

from collections.abc import Callable
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.access.roles import Role
from huying.kernel.errors import HuyingError
from huying.notices.actions import announce, resend, set_residents
from huying.notices.actions.announcing import MOST_TITLE, MOST_WORDS
from huying.notices.queries import (
    Delivery,
    ResidentChoices,
    counts_for,
    deliveries_for,
    resident_choices,
    resident_history,
)
from huying.notices.rules.kinds import OUTSIDE, Sending, Way
from huying.notices.rules.times import Quiet
from huying.texts.rules.occasions import RESIDENT, Occasion
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.taking import DELIVERIES, address_of

_PAGE: Final = 50


class ResidentsForm(forms.Form):
    """What the district allows towards residents."""

    quiet_since = forms.TimeField(
        label=gettext_lazy("免打扰从"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label=gettext_lazy("免打扰到"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    most_a_day = forms.IntegerField(label=gettext_lazy("每人每天最多几条"))
    occasions = forms.MultipleChoiceField(
        label=gettext_lazy("告诉居民什么"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        field = self.fields["occasions"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(one.value, _(one.zh)) for one in RESIDENT]


class AnnounceForm(forms.Form):
    """What everybody, or those of one role, are told."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=MOST_TITLE)
    words = forms.CharField(
        label=gettext_lazy("内容"), max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 3})
    )
    role = forms.ChoiceField(label=gettext_lazy("发给谁"), required=False)
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial, label_suffix="")
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        roles = [(one.value, _(one.zh)) for one in Role if one is not Role.RESIDENT]
        field.choices = [("", _("全体工作人员")), *roles]


@guarded(P.TEXT_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Messages that leave the house, failed ones first to be seen, and what is allowed."""
    return _page(request)


@guarded(P.TEXT_EDIT)
@require_POST
def residents(request: StaffRequest) -> HttpResponse:
    """Let other rules hold towards residents from now on."""
    form = ResidentsForm(request.POST)

    def act(said: dict[str, Any]) -> str:
        quiet = Quiet(said["quiet_since"], said["quiet_until"])
        chosen = frozenset(Occasion(name) for name in said["occasions"])
        set_residents(request.actor, ResidentChoices(quiet, said["most_a_day"], chosen), request.now)
        return _("已保存，从现在起生效。")

    return _acted(request, form, act, residents_form=form)


@guarded(P.TEXT_EDIT)
@require_POST
def say(request: StaffRequest) -> HttpResponse:
    """Tell staff; sent twice it is told once."""
    form = AnnounceForm(request.POST)

    def act(said: dict[str, Any]) -> str:
        role = Role(said["role"]) if said["role"] else None
        count = announce(request.actor, said["title"], said["words"], said["key"], request.now, role)
        return _("公告已发给 %(n)d 人。") % {"n": count}

    return _acted(request, form, act, announce_form=form)


@guarded(P.TEXT_EDIT)
@require_POST
def again(request: StaffRequest) -> HttpResponse:
    """Failed messages once more: those ticked, or all of a way."""
    ids = [int(text) for text in request.POST.getlist("id") if text.isascii() and text.isdigit()][:_PAGE]
    way = request.POST.get("way", "")
    chosen = Way(way) if way in OUTSIDE else None
    return pressed(
        request,
        lambda: resend(request.actor, request.now, ids=ids, way=chosen),
        _("已放回队列，马上重发。"),
        "admin:notices",
    )


def deliveries_asked(actor: Actor, query: QueryDict, before: int | None, limit: int) -> list[Delivery]:
    """The messages that an address asks for, newest first, from a place on."""
    state, way = query.get("state", ""), query.get("way", "")
    return deliveries_for(
        actor, state=Sending(state) if state in set(Sending) else None,
        way=Way(way) if way in OUTSIDE else None, before=before, limit=limit,
    )  # fmt: skip


def _acted(
    request: StaffRequest, form: forms.Form, act: Callable[[dict[str, Any]], str], **shown: forms.Form
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, status=400, **shown)
    try:
        done = act(form.cleaned_data)
    except HuyingError as error:
        refused(form, error)
        return _page(request, status=error.status, **shown)
    messages.success(request, done)
    return redirect("admin:notices")


def _page(request: StaffRequest, status: int = 200, **forms_shown: forms.Form) -> HttpResponse:
    before = number_of(request.GET.get("before", ""))
    found = deliveries_asked(request.actor, request.GET, before, _PAGE)
    held = resident_choices(request.actor.district)
    initial = {
        "quiet_since": held.quiet.since, "quiet_until": held.quiet.until, "most_a_day": held.most_a_day,
        "occasions": [one.value for one in held.occasions],
    }  # fmt: skip
    counts = counts_for(request.actor)
    context: dict[str, Any] = {
        "rows": [(one, _(one.way.zh), _(one.state.zh), _(one.occasion.zh)) for one in found],
        "failed": sum(n for (_way, state), n in counts.items() if state is Sending.FAILED),
        "waiting": sum(n for (_way, state), n in counts.items() if state is not Sending.FAILED),
        "questions": [
            filters.choice(request.GET, "state", _("状态"), filters.terms(list(Sending))),
            filters.choice(request.GET, "way", _("方式"), filters.terms(list(OUTSIDE))),
        ],
        "export": address_of(DELIVERIES, request),
        "next": query_with(request.GET, before=str(found[-1].id)) if len(found) == _PAGE else "",
        "may_resend": any(one.state is Sending.FAILED for one in found),
        "residents_form": ResidentsForm(initial=initial),
        "announce_form": AnnounceForm(initial={"key": uuid4().hex}),
        "history": resident_history(request.actor),
        "here": "carriers",
        **forms_shown,
    }
    return render(request, "admin/texts/carriers.html", context, status=status)
