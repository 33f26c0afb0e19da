"""Where the cases of an area lie, as bare positions: to count what other borders would mean for them."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db.models import QuerySet

from huying.access.actor import Actor
from huying.cases.models import Case
from huying.geo.datums import Floats
from huying.kernel.errors import Denied
from huying.places.policy import may_redraw


@dataclass(frozen=True, slots=True)
class Spots:
    """Longitudes and latitudes (CGCS2000 degrees) of the open cases, and of those opened since; ``nowhere``
    counts the cases of either kind without a position."""

    open: tuple[Floats, Floats]
    since: tuple[Floats, Floats]
    nowhere: int


def spots_for(actor: Actor, area: str, since: datetime) -> Spots:
    """The positions of an area's cases, for who may redraw its borders; nothing else of them is told.

    Raises Denied for others.
    """
    if not may_redraw(actor, area):
        raise Denied
    # As a range: codes are digits, and ":" comes after the last of them.
    cases = Case.objects.filter(district=actor.district, area__gte=area, area__lt=f"{area}:")
    unclosed = _rows(cases.filter(closed_at__isnull=True))
    closed = _rows(cases.filter(closed_at__isnull=False, opened_at__gte=since))
    recent = [row for row in unclosed if row[2] >= since] + closed
    nowhere = sum(lon is None or lat is None for lon, lat, _ in [*unclosed, *closed])
    return Spots(_positions(unclosed), _positions(recent), nowhere)


_Row = tuple[float | None, float | None, datetime]


def _rows(cases: QuerySet[Case]) -> list[_Row]:
    return list(cases.values_list("lon", "lat", "opened_at"))


def _positions(rows: list[_Row]) -> tuple[Floats, Floats]:
    known = [(lon, lat) for lon, lat, _ in rows if lon is not None and lat is not None]
    pairs = np.array(known, np.float64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1]
