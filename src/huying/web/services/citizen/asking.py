"""服务点单 for residents: what is on offer, a slot, one's own ask by its link, taking it back, reviewing it."""

import uuid
from itertools import groupby
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huying.kernel.clock import now
from huying.kernel.errors import HuyingError, NotFound
from huying.kernel.numbers import shown
from huying.kernel.saying import worded
from huying.places.queries import districts
from huying.services.actions import NewAsk, ask, cancel_own, rate
from huying.services.queries import Offered, SlotInfo, link_of, offered_in, own_ask, service_of, slots_of
from huying.web.citizen.brakes import may_ask
from huying.web.citizen.messages import arrive
from huying.web.citizen.where import streets_and_communities
from huying.web.guard import public
from huying.web.present.choices import put_choices
from huying.web.present.refused import refused
from huying.web.services.words import WEEKDAYS, ask_chip, day_words, moment_words

_MOST_ASKS: Final = 20
_TOO_MANY: Final = 429
STARS: Final = (5, 4, 3, 2, 1)


class AskForm(forms.Form):
    """Who asks, and when it would suit."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    slot = forms.TypedChoiceField(
        label=gettext_lazy("时段"), coerce=int, empty_value=None, required=False, widget=forms.RadioSelect
    )
    name = forms.CharField(label=gettext_lazy("怎么称呼您"), max_length=40)
    phone = forms.CharField(
        label=gettext_lazy("电话"), max_length=20, widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
        help_text=gettext_lazy("安排好了、要提醒您时用；办完半年后删除。"),
    )  # fmt: skip
    address = forms.CharField(label=gettext_lazy("地址"), max_length=120, required=False)
    community = forms.CharField(max_length=12, required=False)
    words = forms.CharField(
        label=gettext_lazy("还要说明的"), max_length=300, required=False, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, offered: Offered, slots: list[SlotInfo], data: Any = None) -> None:
        super().__init__(data, initial={"key": uuid.uuid4()}, label_suffix="")
        one = offered.service
        any_time = [("", _("时间由中心和我约"))] if one.confirms else []
        # What was chosen and is full by now is for the action to say: the same form may have taken the last place.
        chosen = str(data.get("slot", "")) if data else ""
        held = {str(slot.id) for slot in slots} | (
            {chosen} if chosen.isascii() and chosen.isdigit() else set()
        )
        put_choices(self, "slot", [*any_time, *((one, one) for one in sorted(held))])
        self.fields["slot"].required = not one.confirms
        self.fields["address"].required = one.at_home
        if one.confirms and not slots:
            self.fields["slot"].widget = forms.HiddenInput()


@public
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What can be asked for, by category."""
    found = [one for place in districts() for one in offered_in(place.code)]
    found.sort(key=lambda one: (one.service.category, one.facility.name, one.service.id))
    groups = [(name, list(rows)) for name, rows in groupby(found, key=lambda one: one.service.category)]
    return render(request, "nearby/services.html", {"groups": groups})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, number: int) -> HttpResponse:
    """One service with its free slots, and the form that asks for it."""
    at = now()
    district, offered = _offered(number)
    slots = list(slots_of(district, offered.service, at))
    if request.method != "POST":
        return _service(request, offered, slots, AskForm(offered, slots))
    form = AskForm(offered, slots, request.POST)
    if not form.is_valid():
        return _service(request, offered, slots, form, 400)
    if not may_ask(request, "service-ask", _MOST_ASKS):
        form.add_error(None, _("提交得太多了，请过一会儿再试。"))
        return _service(request, offered, slots, form, _TOO_MANY)
    given = form.cleaned_data
    new = NewAsk(
        key=given["key"], name=given["name"], phone=given["phone"], slot_id=given["slot"], address=given["address"],
        words=given["words"], community=given["community"],
    )  # fmt: skip
    try:
        made = ask(district, offered.service.id, new, at)
    except HuyingError as error:
        refused(form, error)
        return _service(request, offered, list(slots_of(district, offered.service, at)), form, error.status)
    return redirect("nearby:ask", link_of(district, made.id))


@public
@never_cache
@require_safe
def own(request: HttpRequest, link: str) -> HttpResponse:
    """One's own ask, by its link."""
    return _own(request, link)


@public
@never_cache
@require_POST
def cancelled(request: HttpRequest, link: str) -> HttpResponse:
    """Not needed any more."""
    held = own_ask(link, now())
    try:
        cancel_own(held.district, held.id, now())
    except HuyingError as error:
        return _own(request, link, worded(error.message, _), error.status)
    messages.success(request, _("已取消。"))
    return redirect("nearby:ask", link)


@public
@never_cache
@require_POST
def rated(request: HttpRequest, link: str) -> HttpResponse:
    """How it was."""
    held = own_ask(link, now())
    stars = request.POST.get("stars", "")
    words = request.POST.get("words", "")[:301]
    try:
        rate(held.district, held.id, int(stars) if stars in {"1", "2", "3", "4", "5"} else 0, words, now())
    except HuyingError as error:
        told = next(iter(error.fields.values()), error.message)
        return _own(request, link, worded(told, _), error.status)
    messages.success(request, _("谢谢您的评价。"))
    return redirect("nearby:ask", link)


def _offered(number: int) -> tuple[int, Offered]:
    if number < 2**63:
        for one in districts():
            try:
                return one.code, service_of(one.code, number)
            except NotFound:
                continue
    raise NotFound


def _service(
    request: HttpRequest, offered: Offered, slots: list[SlotInfo], form: AskForm, status: int = 200
) -> HttpResponse:
    days = []
    for day, within in groupby(slots, key=lambda one: timezone.localdate(one.starts_at)):
        told = f"{_(WEEKDAYS[day.weekday()])} {day_words(day)}"
        days.append((told, [(one, f"{timezone.localtime(one.starts_at):%H:%M}") for one in within]))
    context = {
        "offered": offered, "days": days, "form": form, "areas": streets_and_communities(),
        "chosen": str(form["slot"].value() or ""), "community": str(form["community"].value() or ""),
        "arrives": arrive(),
    }  # fmt: skip
    return render(request, "nearby/service.html", context, status=status)


def _own(request: HttpRequest, link: str, wrong: str = "", status: int = 200) -> HttpResponse:
    held = own_ask(link, now())
    context = {
        "held": held, "link": link, "wrong": wrong, "state": ask_chip(held.state), "number": shown(held.number),
        "starts": moment_words(held.starts_at) if held.starts_at else "", "stars": STARS,
        "given": range(held.stars or 0), "arrives": arrive(),
    }  # fmt: skip
    return render(request, "nearby/ask.html", context, status=status)
