"""A district's areas in force, read once and asked often: names, kinship, and which area a point lies in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from shapely.geometry.base import BaseGeometry

from huying.geo.datums import Floats
from huying.geo.index import OutlineIndex
from huying.places.rules.levels import LEVELS, Level, path_codes
from huying.places.rules.names import normal_form

TOLERANCE = 30.0  # metres beyond a border that a phone's position may err


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area in force. ``outline`` is in CGCS2000 degrees, None when nobody has drawn it yet."""

    code: str
    level: Level
    name: str
    parent_code: str = ""
    lon: float | None = None
    lat: float | None = None
    outline: BaseGeometry | None = None


@dataclass(frozen=True, slots=True)
class Located:
    """The finest area a point lies in.

    ``names`` run from the district down. ``metres`` is how far outside the border the point is, 0 within;
    ``confidence`` is 1 within and falls with the distance.
    """

    code: str
    level: Level
    names: tuple[str, ...]
    metres: float = 0.0
    confidence: float = 1.0

    @property
    def street(self) -> str:
        """The nine-digit code of the street, empty when only the district is known."""
        return self.code[:9] if len(self.code) >= 9 else ""

    @property
    def community(self) -> str:
        """The twelve-digit code of the community, empty when it is not known."""
        return self.code[:12] if len(self.code) >= 12 else ""

    @property
    def grid(self) -> str:
        """The fifteen-digit code of the grid, empty when it is not known."""
        return self.code if len(self.code) == 15 else ""


class AreaBook:
    """All areas of one district as they stand."""

    def __init__(self, district: int, name: str, areas: Iterable[AreaRow], city: str = "") -> None:
        self.district, self.name, self.city = district, name, city
        self.areas = sorted(areas, key=lambda area: area.code)
        self.by_code = {area.code: area for area in self.areas}
        self._levels: dict[Level, list[AreaRow]] = defaultdict(list)
        self._children: dict[str, list[AreaRow]] = defaultdict(list)
        self._words: dict[str, str] = {}
        for area in self.areas:
            self._levels[area.level].append(area)
            self._children[area.parent_code].append(area)

    @property
    def root(self) -> str:
        """The code of the district itself."""
        return f"{self.district:06d}"

    @cached_property
    def drawn(self) -> bool:
        """Whether any outline is known; without one nothing can be said to lie outside."""
        return any(area.outline is not None for area in self.areas)

    @cached_property
    def above(self) -> tuple[str, ...]:
        """What people write before a street's name: city and district, with and without their endings."""
        return tuple(name for name in (self.city + self.name, self.city, self.name) if name)

    @cached_property
    def _indexes(self) -> list[tuple[list[str], OutlineIndex]]:
        """From the grid up to the district: codes and outlines."""
        found = []
        for level in reversed(LEVELS):
            drawn = [(a.code, a.outline) for a in self._levels[level] if a.outline is not None]
            if drawn:
                found.append(([code for code, _ in drawn], OutlineIndex([shape for _, shape in drawn])))
        return found

    @cached_property
    def _names(self) -> dict[tuple[Level, str], list[AreaRow]]:
        found: dict[tuple[Level, str], list[AreaRow]] = defaultdict(list)
        for area in self.areas:
            found[area.level, normal_form(area.name, area.level, self.above)].append(area)
        return found

    def of_level(self, level: Level) -> list[AreaRow]:
        """The areas of a level in the order of their codes."""
        return list(self._levels[level])

    def children(self, code: str) -> list[AreaRow]:
        """The areas directly below."""
        return list(self._children[code])

    def find(self, name: str, level: Level, scope: str = "") -> AreaRow | None:
        """The area of that level and name in any usual spelling, within a scope; None unless exactly one."""
        known = self._names.get((level, normal_form(name, level, self.above)), [])
        inside = [area for area in known if area.code.startswith(scope)]
        return inside[0] if len(inside) == 1 else None

    def path(self, code: str) -> tuple[str, ...]:
        """Names from the district down to an area; levels nobody has named are left out."""
        names = [self.by_code[step].name for step in path_codes(code) if step in self.by_code]
        if code.startswith(self.root) and self.root not in self.by_code:
            names.insert(0, self.name)
        return tuple(names)

    def words(self, code: str) -> str:
        """Where an area lies, as it is read out below the district: 福坞街道 霞岗社区 第04网格.

        A name that begins with that of the area above leaves it out.
        """
        said = self._words.get(code)
        if said is None:
            names = self.path(code)
            own = [name.removeprefix(above) or name for above, name in pairwise(names)]
            said = self._words[code] = " ".join(own)
        return said

    def locate_many(self, lons: Floats, lats: Floats) -> tuple[list[str | None], Floats]:
        """The code of the finest area of each point and the metres it lies outside (0 within, nan for none).

        Level by level from the grid up: the outline that contains the point, else the nearest within
        30 m. A point in no grid but well inside a street belongs to the street.
        """
        codes: list[str | None] = [None] * len(lons)
        metres = np.full(len(lons), np.nan)
        left = np.arange(len(lons))
        for names, index in self._indexes:
            if not left.size:
                break
            found = index.containing(lons[left], lats[left])
            away = np.zeros(left.size)
            missed = np.flatnonzero(found < 0)
            found[missed], away[missed] = index.nearest(lons[left[missed]], lats[left[missed]], TOLERANCE)
            for position, place in zip(left[found >= 0].tolist(), found[found >= 0].tolist(), strict=True):
                codes[position] = names[place]
            metres[left] = np.where(found >= 0, away, np.nan)
            left = left[found < 0]
        return codes, metres

    def locate(self, lon: float, lat: float) -> Located | None:
        """Where one point lies; None outside the district."""
        codes, metres = self.locate_many(np.array([lon]), np.array([lat]))
        return self.located(codes[0], float(metres[0])) if codes[0] else None

    def whole(self) -> Located:
        """The district as an answer without confidence, for when nothing has been drawn."""
        return Located(self.root, Level.DISTRICT, (self.name,), 0.0, 0.0)

    def located(self, code: str, metres: float = 0.0) -> Located:
        """The full answer for an area's code."""
        area = self.by_code[code]
        confidence = 1.0 if metres == 0 else max(0.4, 0.9 - metres / 60.0)
        return Located(code, area.level, self.path(code), metres, round(confidence, 2))
