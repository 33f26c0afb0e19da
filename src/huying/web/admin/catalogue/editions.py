"""The editions of the list: drawn from one another, put in force, taken back, compared."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.catalogue import actions, queries
from huying.catalogue.queries import EditionInfo
from huying.catalogue.rules import EditionState
from huying.kernel.errors import HuyingError
from huying.web.admin.annals import beside
from huying.web.admin.doing import pressed
from huying.web.components import Chip, Tone
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused

_TONES = {EditionState.LIVE: Tone.DONE, EditionState.SCHEDULED: Tone.ACCENT, EditionState.DRAFT: Tone.ACCENT}


class DraftForm(forms.Form):
    """A new draft; ``source`` 0 begins with an empty list."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    source = forms.TypedChoiceField(label=gettext_lazy("从哪一版起草"), coerce=int)

    def __init__(self, editions: list[EditionInfo], data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        chosen = [
            (one.number, _("第 %(n)d 版 %(name)s") % {"n": one.number, "name": one.name}) for one in editions
        ]
        field = self.fields["source"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [*chosen, (0, _("空白，导入自己的表"))]


@guarded(P.CATALOGUE_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every edition, newest first."""
    editions = queries.editions_for(request.actor)
    return _page(request, editions, DraftForm(editions))


@guarded(P.CATALOGUE_EDIT)
@require_POST
def draft(request: StaffRequest) -> HttpResponse:
    """Begin a draft."""
    editions = queries.editions_for(request.actor)
    form = DraftForm(editions, request.POST)
    if not form.is_valid():
        return _page(request, editions, form, status=400)
    name, source = form.cleaned_data["name"], form.cleaned_data["source"]
    try:
        if source:
            of = queries.edition_for(request.actor, source).id
            made = actions.new_draft(request.actor, of, name, request.now)
        else:
            made = actions.new_empty_draft(request.actor, request.actor.district, name, request.now)
    except HuyingError as error:
        refused(form, error)
        return _page(request, editions, form, status=error.status)
    number = next(one.number for one in queries.editions_for(request.actor) if one.id == made)
    return redirect("catalogue:edition", number)


@guarded(P.CATALOGUE_EDIT)
@require_POST
def start(request: StaffRequest) -> HttpResponse:
    """Give a district without a list the starter list."""
    district = request.actor.district
    act = partial(actions.load_starter, request.actor, district, request.now)
    return pressed(request, act, _("起步清单已生效。"), "catalogue:index")


@guarded(P.CATALOGUE_EDIT)
@require_POST
def step(request: StaffRequest, number: int) -> HttpResponse:
    """Put in force now or at a day, call off, bring back, or throw away."""
    edition = queries.edition_for(request.actor, number)
    by, now = request.actor, request.now
    act: Callable[[], Any]
    match request.POST.get("do"):
        case "live":
            at = _day(request.POST.get("valid_from", ""))
            told = _("第 %(n)d 版已生效。") if at is None or at <= now else _("第 %(n)d 版到期自动生效。")
            act = partial(actions.go_live, by, edition.id, now, at)
            return pressed(request, act, told % {"n": number}, "catalogue:index")
        case "call_off":
            act = partial(actions.call_off, by, edition.id, now)
            return pressed(request, act, _("已撤回为草稿。"), "catalogue:edition", number)
        case "back":
            told = _("已恢复第 %(n)d 版的内容。") % {"n": number}
            return pressed(request, partial(actions.roll_back, by, edition.id, now), told, "catalogue:index")
        case "discard":
            return pressed(
                request,
                partial(actions.discard_draft, by, edition.id, now),
                _("草稿已删除。"),
                "catalogue:index",
            )
        case _:
            return redirect("catalogue:edition", number)


def state_chip(state: EditionState) -> Chip:
    """The state of an edition in its word."""
    return Chip(_(state.zh), _TONES.get(state, Tone.PLAIN), state.value)


def _page(
    request: StaffRequest, editions: list[EditionInfo], form: DraftForm, status: int = 200
) -> HttpResponse:
    live = next((one.number for one in editions if one.state is EditionState.LIVE), None)
    context = {
        "rows": [(one, state_chip(one.state)) for one in editions],
        "form": form,
        "live": live,
        "may_edit": request.actor.may(P.CATALOGUE_EDIT),
        "changes": beside(request, Subject.CATALOGUE, limit=30),
    }
    return render(request, "catalogue/index.html", context, status=status)


def _day(text: str) -> datetime | None:
    try:
        return timezone.make_aware(datetime.fromisoformat(text)) if text else None
    except ValueError:
        return None
