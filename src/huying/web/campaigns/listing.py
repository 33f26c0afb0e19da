"""专项治理: what runs and what ran, and what the season proposes to begin."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.prevent.campaigns.actions.calendar import ensure_seasons
from huying.prevent.campaigns.queries.calendar import proposals
from huying.prevent.campaigns.queries.campaigns import PAGE, campaigns_for
from huying.prevent.campaigns.rules.kinds import CampaignState
from huying.web.campaigns.asked import number_asked, state_asked
from huying.web.campaigns.words import campaign_row
from huying.web.case.lists.lines import query_with
from huying.web.components import Choice, Filter
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import CAMPAIGNS, address_of


@guarded(P.INSIGHT_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Campaigns, newest first; above them what the calendar proposes."""
    today, state = timezone.localdate(request.now), state_asked(request.GET)
    ensure_seasons(request.actor.district, request.now)
    found = campaigns_for(request.actor, today, state, number_asked(request.GET.get("before", "")))
    choices = [Choice(one.value, _(one.zh), one.value == state) for one in CampaignState]
    context = {
        "rows": [campaign_row(line) for line in found], "asked": bool(state),
        "questions": [Filter("state", _("状态"), choices=choices)],
        "coming": proposals(request.actor.district, today), "may_run": request.actor.may(P.CAMPAIGN_RUN),
        "next": query_with(request.GET, before=str(found[-1].id)) if len(found) == PAGE else "",
        "export": address_of(CAMPAIGNS, request),
    }  # fmt: skip
    return render(request, "campaigns/index.html", context)
