"""What a redrawing means for what happened on the ground: counts by area before and after."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from huying.geo.datums import Floats
from huying.geo.index import OutlineIndex
from huying.places.rules.redrawing.sheet import Measure, Sheet


@dataclass(frozen=True, slots=True)
class AreaChanged:
    """One area before and after: square metres and counts, None where it does not exist."""

    code: str
    name: str
    surface: tuple[float | None, float | None]
    counts: tuple[tuple[int | None, int | None], ...]

    @property
    def begun(self) -> bool:
        return self.surface[0] is None

    @property
    def ended(self) -> bool:
        return self.surface[1] is None

    @property
    def touched(self) -> bool:
        """Whether it is another area than before, in shape or at all."""
        return self.surface[0] != self.surface[1]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Every area of both sheets by code; ``moved`` says how many points of each set change their area."""

    areas: list[AreaChanged]
    moved: tuple[int, ...]


def meaning(before: Sheet, after: Sheet, sets: Sequence[tuple[Floats, Floats]]) -> Meaning:
    """Each set of positions (longitudes, latitudes in degrees) counted by area before and after."""
    measure = Measure.around(before.outlines)
    held = [(_codes(before, *points), _codes(after, *points)) for points in sets]
    areas = []
    for code in sorted({*before.pieces, *after.pieces}):
        old, new = before.pieces.get(code), after.pieces.get(code)
        areas.append(
            AreaChanged(
                code,
                (new or before.pieces[code]).name,
                (
                    measure.surface(old.outline) if old else None,
                    measure.surface(new.outline) if new else None,
                ),
                tuple(
                    (then.count(code) if old else None, now.count(code) if new else None)
                    for then, now in held
                ),
            )
        )
    moved = tuple(sum(a != b for a, b in zip(then, now, strict=True)) for then, now in held)
    return Meaning(areas, moved)


def _codes(sheet: Sheet, lons: Floats, lats: Floats) -> list[str]:
    codes = sorted(sheet.pieces)
    found = OutlineIndex([sheet.pieces[code].outline for code in codes]).containing(
        np.asarray(lons, np.float64), np.asarray(lats, np.float64)
    )
    return [codes[place] if place >= 0 else "" for place in found.tolist()]
