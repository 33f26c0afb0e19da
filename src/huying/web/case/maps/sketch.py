"""A small map drawn on the server: the community's grids and the point, without scripts or tiles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import cos, radians
from typing import Any, Final

from huying.kernel.errors import NotFound
from huying.places.queries import Level, area_features

_WIDE: Final = 320
_HIGH: Final = 200
_ROOM: Final = 14
_COMMUNITY: Final = 12
_STREET: Final = 9
_MOST_KEPT: Final = 2000


@dataclass(frozen=True, slots=True)
class Outline:
    """One area as an SVG path; ``here`` where the case lies in it."""

    path: str
    name: str
    here: bool


@dataclass(frozen=True, slots=True)
class Sketch:
    """What the template draws, in units of a box ``wide`` by ``high``. ``x`` and ``y`` are None without a point."""

    outlines: Sequence[Outline]
    x: float | None
    y: float | None
    wide: int = _WIDE
    high: int = _HIGH


def sketch(district: int, area: str, lon: float | None, lat: float | None) -> Sketch | None:
    """Round the case's community, else its street; None where neither is drawn. Degrees are CGCS2000."""
    for level, scope in ((Level.GRID, area[:_COMMUNITY]), (Level.COMMUNITY, area[:_STREET])):
        if len(scope) < (_COMMUNITY if level is Level.GRID else _STREET):
            continue
        try:
            features = area_features(district, level, scope=scope)["features"]
        except NotFound:
            return None
        if features:
            frame = _frame_of(district, scope, features)
            outlines = [
                Outline(path, name, bool(area) and area.startswith(code)) for path, name, code in frame.paths
            ]
            point = frame.at(lon, lat) if lon is not None and lat is not None else (None, None)
            return Sketch(outlines, *point)
    return None


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where degrees lie in the box, and the outlines in it: (path, name, code)."""

    west: float
    north: float
    across: float
    up: float
    left: float
    top: float
    paths: Sequence[tuple[str, str, str]] = ()

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        x, y = self.left + (lon - self.west) * self.across, self.top + (self.north - lat) * self.up
        return round(x, 1), round(y, 1)


# By district and scope: the first outline, by which another book of areas is told apart, and the frame.
_frames: dict[tuple[int, str], tuple[Any, _Frame]] = {}


def _frame_of(district: int, scope: str, features: Sequence[Any]) -> _Frame:
    """The frame of these outlines, kept while they are the same ones: every case of a community has it."""
    kept = _frames.get((district, scope))
    if kept is None or kept[0] is not features[0]:
        if len(_frames) > _MOST_KEPT:
            _frames.clear()
        kept = _frames[district, scope] = features[0], _framed(features)
    return kept[1]


def _framed(features: Sequence[Any]) -> _Frame:
    points = [point for feature in features for ring in _rings(feature) for point in ring]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    shrink = cos(radians((south + north) / 2))
    scale = min(
        (_WIDE - 2 * _ROOM) / max((east - west) * shrink, 1e-9),
        (_HIGH - 2 * _ROOM) / max(north - south, 1e-9),
    )
    left = (_WIDE - (east - west) * shrink * scale) / 2
    top = (_HIGH - (north - south) * scale) / 2
    frame = _Frame(west, north, shrink * scale, scale, left, top)
    paths = [
        (
            "".join(_path([frame.at(x, y) for x, y in ring]) for ring in _rings(feature)),
            feature["properties"]["name"],
            feature["properties"]["code"],
        )
        for feature in features
    ]
    return replace(frame, paths=paths)


def _rings(feature: Any) -> Iterator[list[list[float]]]:
    shape = feature["geometry"]
    parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    for part in parts:
        yield from part


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points) + "Z"
