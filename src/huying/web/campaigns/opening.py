"""A campaign begun: by hand, from the season's calendar, or from a warning."""

from datetime import timedelta
from typing import Any, Final
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError, NotFound
from huying.prevent.campaigns.actions.running import NewCampaign, begin
from huying.prevent.campaigns.queries.calendar import season_of
from huying.prevent.campaigns.rules.season import next_of
from huying.prevent.warnings.queries.lists import warning_for
from huying.web.campaigns.asked import number_asked
from huying.web.campaigns.forms import CampaignForm, areas_run_by
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused

_USUAL: Final = timedelta(days=14)


@guarded(P.CAMPAIGN_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new campaign; the same form sent twice is one."""
    if request.method == "GET":
        return _form(request, CampaignForm(request.actor, initial=_begun(request)))
    form = CampaignForm(request.actor, request.POST)
    if "find" in request.POST:
        # Nothing was sent yet: what is still empty is no fault.
        form.errors.clear()
        return _form(request, form)
    if not form.is_valid():
        return _form(request, form, 400)
    told = form.cleaned_data
    made = NewCampaign(
        name=told["name"], items=told["items"], areas=told["areas"], lead=told["lead"], task=told["task"],
        begins=told["begins"], due=told["due"], season=told["season"], warning_id=told["warning"],
        photos_needed=told["photos_needed"],
    )  # fmt: skip
    try:
        number = begin(request.actor, made, str(told["key"]), request.now)
    except HuyingError as error:
        refused(form, error)
        return _form(request, form, error.status)
    messages.success(request, _("已开始，任务已经派到各网格。"))
    return redirect("campaign:one", number)


def _begun(request: StaffRequest) -> dict[str, Any]:
    """What the form begins with: the season's or the warning's own words where it came from one."""
    today = timezone.localdate(request.now)
    own = [code for code, _name in areas_run_by(request.actor)]
    usual: dict[str, Any] = {"key": uuid4(), "begins": today, "due": today + _USUAL}
    season = season_of(request.actor.district, request.GET.get("season", "")[:20])
    if season is not None:
        falls = next_of(season, today)
        areas = season.areas or own[:1]
        usual |= {"season": season.code, "name": season.name, "items": season.items, "lead": season.lead,
                  "task": season.task, "areas": areas, "due": falls.last if falls else today + _USUAL}  # fmt: skip
    number = number_asked(request.GET.get("warning", ""))
    return usual | (_from_warning(request, number) if number else {})


def _from_warning(request: StaffRequest, number: int) -> dict[str, Any]:
    try:
        line = warning_for(request.actor, number).line
    except NotFound:
        return {}
    area = line.area[:12] if len(line.area) >= 9 else line.area
    return {
        "warning": number, "name": _("%(what)s专项治理") % {"what": line.item_name}, "items": (line.item,),
        "areas": [area],
    }  # fmt: skip


def _form(request: StaffRequest, form: CampaignForm, status: int = 200) -> HttpResponse:
    return render(request, "campaigns/new.html", {"form": form}, status=status)
