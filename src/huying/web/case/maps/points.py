"""The cases of a list as points of a map, for the part of it that is looked at."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.queries.lists.points import Box, points_for
from huying.kernel.errors import Invalid
from huying.web.case.lists import filters
from huying.web.guard import StaffRequest, guarded


@guarded(P.CASE_READ)
@never_cache
@require_GET
def points(request: StaffRequest) -> HttpResponse:
    """``bbox=west,south,east,north`` and the questions of the list; columns of at most 5,000 cases."""
    body = points_for(
        request.actor, _box(request.GET.get("bbox", "")), filters.read(request.GET), request.now
    )
    return HttpResponse(body, content_type="application/json")


def _box(text: str) -> Box:
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as wrong:
        raise Invalid(_("地图范围无效。"), fields={"bbox": _("地图范围无效。")}) from wrong
    return west, south, east, north
