"""The circle drawn: everything read first, reckoned outside of any transaction, then kept as one row."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Invalid
from huying.places.queries import area_words, locate_points
from huying.services.models import Circle, PeopleSpot
from huying.services.policy import must_everywhere
from huying.services.queries.held import held_of, homes_of, network_of
from huying.services.queries.kinds import kinds_of
from huying.services.rules.circle import Ground, Homes, KindCircle, circle_of

#: So many circles are kept, for comparing.
KEPT = 24


def draw_circle(by: Actor, now: datetime, told: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Reckon the circle of every kind that is looked at; its id. Minutes of work: ``told`` hears how far it is.

    Raises Denied for who does not read the whole district's figures, Invalid where nobody knows where people live.
    """
    must_everywhere(by, Permission.SERVICE_READ)
    began = time.perf_counter()
    homes = homes_of(by.district)
    if not float(homes.people.sum()):
        raise Invalid("还没有居住人口，请先导入（huying import people）。")
    roads, network = network_of(by.district)
    held = held_of(by.district)
    ground = Ground(homes, held.lons, held.lats, network)
    kinds = [
        (one.code, one.minutes, np.flatnonzero(held.kinds == one.code))
        for one in kinds_of(by.district)
        if one.circle
    ]
    found = circle_of(ground, kinds, told)
    areas = locate_points(by.district, homes.lons, homes.lats)
    names = list(
        PeopleSpot.objects.filter(district=by.district).order_by("id").values_list("name", flat=True)
    )
    row = Circle(
        district=by.district, made_at=now, made_by=by.name[:60], roads=roads, straight=ground.straight,
        people=float(homes.people.sum()), spots=ground.size, seconds=time.perf_counter() - began,
        kinds=[_told(by.district, one, homes, areas, names) for one in found],
    )  # fmt: skip
    with transaction.atomic():
        row.save(force_insert=True)
        old = Circle.objects.filter(district=by.district).order_by("-id")[KEPT:]
        Circle.objects.filter(district=by.district, id__in=[one.id for one in old]).delete()
    return row.id


def _told(
    district: int, one: KindCircle, homes: Homes, areas: list[str | None], names: list[str]
) -> dict[str, Any]:
    sites = []
    for site in one.sites:
        area = areas[site.spot] or ""
        sites.append({
            "lon": round(float(homes.lons[site.spot]), 6), "lat": round(float(homes.lats[site.spot]), 6),
            "area": area, "name": names[site.spot] or area_words(district, area), "gain": round(site.gain, 1),
            "share": round(site.share, 6),
        })  # fmt: skip
    return {
        "kind": one.kind, "minutes": one.minutes, "places": one.places,
        "people": {code: round(amount, 2) for code, amount in one.people.items()},
        "covered": {code: round(amount, 2) for code, amount in one.covered.items()}, "sites": sites,
    }  # fmt: skip
