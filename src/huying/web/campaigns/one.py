"""One campaign: how far each grid is, on the map and in a list, what it changed, and its end."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.prevent.campaigns.actions.running import close
from huying.prevent.campaigns.queries.campaigns import CampaignView, campaign_for
from huying.prevent.campaigns.queries.results import counts_of
from huying.prevent.campaigns.rules.effect import effect
from huying.prevent.campaigns.rules.kinds import CampaignState, TaskState
from huying.web.campaigns.asked import task_state_asked
from huying.web.campaigns.forms import CloseForm
from huying.web.campaigns.items import names_of
from huying.web.campaigns.words import campaign_row, effect_words, map_of, task_row
from huying.web.components import Choice, Filter
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.taking import CAMPAIGN_TASKS, address_of


@guarded(P.INSIGHT_READ)
@never_cache
@require_GET
def page(request: StaffRequest, number: int) -> HttpResponse:
    """The campaign as it stands."""
    return _page(request, number, CloseForm())


@guarded(P.CAMPAIGN_RUN)
@require_POST
def press_close(request: StaffRequest, number: int) -> HttpResponse:
    """结束, with a conclusion; a refusal shows the page with what was typed."""
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, number, form, 400)
    try:
        close(request.actor, number, form.cleaned_data["conclusion"], request.now)
    except HuyingError as error:
        refused(form, error)
        return _page(request, number, form, error.status)
    messages.success(request, _("这次专项治理已结束。"))
    return redirect("campaign:one", number)


def _page(request: StaffRequest, number: int, form: CloseForm, status: int = 200) -> HttpResponse:
    today, state = timezone.localdate(request.now), task_state_asked(request.GET)
    view = campaign_for(request.actor, number, today, state)
    counts = counts_of(request.actor.district, view, today)
    context = {
        "view": view, "item_names": names_of(request.actor.district, view.items),
        "line": view.line, "row": campaign_row(view.line), "tasks": [task_row(one) for one in view.tasks],
        "map": map_of(view.tasks), "counts": counts, "effect": effect_words(counts, effect(counts)), "form": form,
        "questions": _questions(state), "closes": view.may_run and view.line.state is CampaignState.RUNNING,
        "export": address_of(CAMPAIGN_TASKS, request, {"campaign": str(number)}), "percent": _percent(view),
    }  # fmt: skip
    return render(request, "campaigns/one.html", context, status=status)


def _percent(view: CampaignView) -> int:
    return 100 * view.line.done // max(1, view.line.tasks)


def _questions(state: str) -> list[Filter]:
    choices = [Choice(one.value, _(one.zh), one.value == state) for one in TaskState]
    return [Filter("state", _("任务"), choices=choices)]
