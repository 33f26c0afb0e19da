"""Drawing by hand meets borders almost, never exactly: corners and borders within reach draw a position to them."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np
import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.places.rules.redrawing.sheet import Measure

Pair = tuple[float, float]

REACH: Final = 2.0  # metres within which a drawn position means the border
SEAM: Final = 1e-6  # metres; what the last digits of two drawings of one border may differ by
SAME: Final = 0.02  # metres below which two drawings of one corner are the same corner


def where(pair: Pair) -> str:
    """A position as people read it back: longitude, latitude to a metre."""
    return f"{pair[0]:.5f},{pair[1]:.5f}"


def checked(pairs: Sequence[Pair], least: int) -> list[Pair]:
    """Positions on the globe, repetitions left out; Invalid when fewer than ``least`` remain."""
    kept: list[Pair] = []
    for lon, lat in pairs:
        if not (np.isfinite(lon) and np.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
            raise Invalid("坐标超出经纬度范围；请按“经度,纬度”填写，单位是度。")
        if not kept or kept[-1] != (lon, lat):
            kept.append((float(lon), float(lat)))
    if len(set(kept)) < least:
        raise Invalid(said("画的点太少，至少要 %(least)s 个不同的点。", least=least))
    return kept


def drawn_to(pair: Pair, outlines: Sequence[BaseGeometry], measure: Measure, reach: float = REACH) -> Pair:
    """The nearest corner within reach, else the nearest place of a border within reach, else ``pair`` itself."""
    corner = nearest_corner(pair, outlines, measure)
    if corner is not None and span(pair, corner, measure) <= reach:
        return corner
    spot = measure.flat(Point(pair))
    best, far = pair, reach
    for outline in outlines:
        edge = outline.boundary
        # What lies further off than the box around it needs no measuring.
        away = float(shapely.distance(measure.flat(shapely.envelope(outline)), spot))
        if away <= far and (gap := float(shapely.distance(measure.flat(edge), spot))) <= far:
            best, far = _foot(edge, pair, measure), gap
    return best


def nearest_corner(pair: Pair, outlines: Sequence[BaseGeometry], measure: Measure) -> Pair | None:
    """The corner nearest to a position, as it is written in its outline; None without outlines."""
    corners = shapely.get_coordinates(np.array(outlines, dtype=object))
    if not len(corners):
        return None
    x, y = measure.plane.flatten(
        corners[:, 0] - pair[0] + measure.plane.lon, corners[:, 1] - pair[1] + measure.plane.lat
    )
    best = corners[int(np.argmin(np.hypot(x, y)))]
    return float(best[0]), float(best[1])


def span(one: Pair, other: Pair, measure: Measure) -> float:
    """Metres between two positions near each other."""
    return measure.plane.span(*one, *other)


def _foot(edge: BaseGeometry, pair: Pair, measure: Measure) -> Pair:
    line = shapely.shortest_line(measure.flat(edge), measure.flat(Point(pair)))
    spot = shapely.get_point(line, 0)
    lons, lats = measure.plane.unflatten(np.array([spot.x]), np.array([spot.y]))
    return float(lons[0]), float(lats[0])


def corners_along(
    outline: BaseGeometry, others: Sequence[BaseGeometry], measure: Measure, reach: float
) -> list[Pair]:
    """The corners of others that lie on an outline's border, within ``reach`` metres."""
    corners = shapely.get_coordinates(np.array(others, dtype=object))
    spots = shapely.points(*measure.plane.flatten(corners[:, 0], corners[:, 1]))
    near = shapely.dwithin(measure.flat(outline.boundary), spots, reach)
    return [(float(lon), float(lat)) for lon, lat in corners[near]]


def seamed(outline: BaseGeometry, others: Sequence[BaseGeometry], measure: Measure) -> BaseGeometry:
    """The outline with the corners of others on its border, to the last digit, so that both fit exactly."""
    for corner in corners_along(outline, others, measure, SEAM):
        outline = with_rings(pinned(outline, corner, measure, SEAM), partial(_welded, corner, measure))
    return outline


def _welded(to: Pair, measure: Measure, ring: list[Pair]) -> list[Pair]:
    return [to if span(corner, to, measure) <= SEAM else corner for corner in ring]


def pinned(outline: BaseGeometry, pair: Pair, measure: Measure, reach: float = SAME) -> BaseGeometry:
    """The outline with a corner at ``pair`` where its border passes there within ``reach``, else as it is."""
    spot = measure.flat(Point(pair))
    if float(shapely.distance(measure.flat(outline.boundary), spot)) > reach:
        return outline
    return with_rings(outline, lambda ring: _pinned_ring(ring, pair, measure, reach))


def _pinned_ring(ring: list[Pair], pair: Pair, measure: Measure, reach: float) -> list[Pair]:
    if any(span(corner, pair, measure) <= SAME for corner in ring):
        return ring
    spot = measure.flat(Point(pair))
    gaps = [
        float(shapely.distance(measure.flat(LineString([start, end])), spot)) for start, end in pairwise(ring)
    ]
    place = int(np.argmin(gaps))
    return ring if gaps[place] > reach else [*ring[: place + 1], pair, *ring[place + 1 :]]


def with_rings(outline: BaseGeometry, change: Callable[[list[Pair]], list[Pair]]) -> BaseGeometry:
    """The outline with every ring changed; a ring is its corners, the first again at the end."""
    parts = [
        shapely.Polygon(change(_corners(part.exterior)), [change(_corners(ring)) for ring in part.interiors])
        for part in shapely.get_parts(outline)
    ]
    return parts[0] if len(parts) == 1 else shapely.multipolygons(parts)


def _corners(ring: BaseGeometry) -> list[Pair]:
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(ring)]
