"""季节日历: what comes round every year, seen and changed."""

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError, NotFound
from huying.prevent.campaigns.actions.calendar import end_season, ensure_seasons, put_season
from huying.prevent.campaigns.policy import must_set
from huying.prevent.campaigns.queries.calendar import season_of, seasons
from huying.prevent.campaigns.rules.season import Season, next_of
from huying.web.admin.doing import pressed
from huying.web.campaigns.forms import SeasonForm
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


@guarded(P.INSIGHT_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every line, with when it falls next."""
    today = timezone.localdate(request.now)
    ensure_seasons(request.actor.district, request.now)
    rows = [(one, next_of(one, today)) for one in seasons(request.actor.district)]
    context = {
        "rows": [
            {"season": one, "falls": falls, "by": _(one.festival.zh) if one.festival else ""} for one, falls in rows
        ],
        "sets": request.actor.may_everywhere(P.CAMPAIGN_RUN), "may_run": request.actor.may(P.CAMPAIGN_RUN),
    }  # fmt: skip
    return render(request, "campaigns/seasons.html", context)


@guarded(P.CAMPAIGN_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A further line."""
    must_set(request.actor)
    return _form(request, f"own-{uuid4().hex[:12]}", None)


@guarded(P.CAMPAIGN_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, code: str) -> HttpResponse:
    """A line changed, as a further version."""
    must_set(request.actor)
    season = season_of(request.actor.district, code[:20])
    if season is None:
        raise NotFound
    return _form(request, season.code, season)


@guarded(P.CAMPAIGN_RUN)
@require_POST
def press_end(request: StaffRequest, code: str) -> HttpResponse:
    """Propose it no more."""
    must_set(request.actor)
    return pressed(
        request,
        lambda: end_season(request.actor, code[:20], request.now),
        _("不再提示。"),
        "campaign:seasons",
    )


def _form(request: StaffRequest, code: str, season: Season | None) -> HttpResponse:
    status = 200
    if request.method == "GET":
        form = SeasonForm(request.actor.district, initial=_typed(season))
    else:
        form = SeasonForm(request.actor.district, request.POST)
        looking = "find" in request.POST
        status = _looked(form) if looking else _put(request, code, form)
        if status == 200 and not looking:
            messages.success(request, _("已保存。"))
            return redirect("campaign:seasons")
    return render(request, "campaigns/season.html", {"form": form, "season": season}, status=status)


def _looked(form: SeasonForm) -> int:
    # Nothing was sent yet: what is still empty is no fault.
    form.errors.clear()
    return 200


def _put(request: StaffRequest, code: str, form: SeasonForm) -> int:
    if not form.is_valid():
        return 400
    try:
        put_season(request.actor, form.season(code), request.now)
    except HuyingError as error:
        refused(form, error)
        return error.status
    return 200


def _typed(season: Season | None) -> dict[str, object]:
    if season is None:
        return {"weeks_before": 4}
    return {
        "name": season.name, "festival": season.festival.value if season.festival else "", "first": season.first,
        "last": season.last, "weeks_before": season.weeks_before, "items": season.items, "lead": season.lead,
        "task": season.task,
    }  # fmt: skip
