"""The areas below one parent as they stand, ready to be redrawn."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from huying.geo.shapes import geometry_of
from huying.places.models import Area
from huying.places.queries.standing import in_force
from huying.places.rules.levels import LEVELS, level_of
from huying.places.rules.redrawing import Piece, Sheet


def sheet_of(district: int, parent: str, at: datetime) -> tuple[Sheet, dict[str, str]]:
    """The areas below ``parent`` that held at a moment, and their digests by code.

    Areas nobody has drawn yet are not on the sheet, but in the digests; their codes are taken.
    """
    level = LEVELS[LEVELS.index(level_of(parent)) + 1]
    held = list(Area.objects.filter(in_force(at), district=district, parent_code=parent))
    below = Counter(
        Area.objects.filter(
            in_force(at), district=district, parent_code__in=[area.code for area in held]
        ).values_list("parent_code", flat=True)
    )
    pieces = {
        area.code: Piece(area.code, area.name, geometry_of(area.geometry), below[area.code])
        for area in held
        if area.geometry
    }
    used = (
        Area.objects.filter(district=district, parent_code=parent).values_list("code", flat=True).distinct()
    )
    return Sheet(parent, level, pieces, frozenset(used)), {area.code: area.digest for area in held}


def differing(base: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The codes of areas that are not what they were."""
    return sorted(code for code in {*base, *now} if base.get(code) != now.get(code))
