"""岗位还挂在已撤销的区域: posts left behind by a redrawing, each moved or ended in one step."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.people.queries import PostHeld, bearing, posts_in_areas, unit_names
from huying.places.queries import ended_areas
from huying.web.admin.wheres import area_choices
from huying.web.guard import StaffRequest, guarded


def left_behind(request: StaffRequest, ended: Mapping[str, str] | None = None) -> list[PostHeld]:
    """Posts whose area is in force no longer; none for who does not manage people."""
    gone = ended_areas(request.actor.district, request.now) if ended is None else ended
    if not gone or not request.actor.may_everywhere(P.ACCOUNT_EDIT):
        return []
    return posts_in_areas(request.actor, gone, request.now)


@guarded(P.ACCOUNT_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Who is left behind and where they may go; duties that units bear there are listed beside."""
    district = request.actor.district
    ended = ended_areas(district, request.now)
    names = unit_names(district)
    borne = sorted(
        (area, who) for (_duty, area), who in bearing(district, request.now).items() if area in ended
    )
    context: dict[str, Any] = {
        "rows": [
            {
                "held": one,
                "role": _(one.post.role.zh),
                "area": _former(ended, one.post.area),
                "near": one.post.area[:12],
            }
            for one in left_behind(request, ended)
        ],
        "borne": [
            (_former(ended, area), who, names.get(who, str(who))) for area, who in dict.fromkeys(borne)
        ],
        "areas": area_choices(district),
    }
    return render(request, "admin/people/left.html", context)


def _former(ended: Mapping[str, str], code: str) -> str:
    return f"{ended[code]}（{code}）"
