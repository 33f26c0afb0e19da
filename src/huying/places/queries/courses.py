"""Where roads, rivers and shores run, and today's grids with their digests: what new borders follow and start from."""

from datetime import datetime

from shapely.geometry.base import BaseGeometry

from huying.geo.shapes import geometry_of
from huying.places.models import Area, Place
from huying.places.queries.standing import in_force
from huying.places.rules.levels import Level, PlaceKind

_LINES = (PlaceKind.ROAD.value, PlaceKind.RIVER.value, PlaceKind.WATER.value)


def courses(district: int) -> list[BaseGeometry]:
    """Every road and river as lines, every water as its shore; CGCS2000 degrees."""
    rows = Place.objects.filter(district=district, kind__in=_LINES, geometry__isnull=False)
    shapes = [geometry_of(row.geometry or {}) for row in rows.order_by("id").only("geometry", "district")]
    return [shape.boundary if shape.geom_type.endswith("Polygon") else shape for shape in shapes]


def course_counts(district: int) -> tuple[int, int]:
    """How many roads, and how many rivers and waters, have a course."""
    rows = Place.objects.filter(district=district, kind__in=_LINES, geometry__isnull=False)
    roads = rows.filter(kind=PlaceKind.ROAD.value).count()
    return roads, rows.count() - roads


def grid_digests(district: int, scope: str, at: datetime) -> dict[str, str]:
    """The digest of every grid within a code prefix that holds at a moment, drawn or not."""
    rows = Area.objects.filter(
        in_force(at), district=district, level=Level.GRID.value, code__startswith=scope
    )
    return dict(rows.values_list("code", "digest"))
