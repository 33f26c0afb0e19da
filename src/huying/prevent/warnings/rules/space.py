"""What is looked at: items in three levels, areas in three levels, and free neighbourhoods that know no border.

Codes nest by their beginnings: an item has 6 digits, its group 4, its class 2; a grid 15, its community 12, its street
9. A free neighbourhood is a hexagonal cell with its six neighbours, about 800 m across, so that a rise on both sides
of a border is seen whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from huying.geo.cells import around, cells
from huying.kernel.terms import Term

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

CELL: Final = 9


class Grain(Term):
    """How large the item is that rises."""

    CLASS = "class", "大类"
    GROUP = "group", "中类"
    LEAF = "leaf", "小类"


class Reach(Term):
    """How large the area is in which it rises."""

    STREET = "street", "街道"
    COMMUNITY = "community", "社区"
    GRID = "grid", "网格"
    AROUND = "around", "一片"


GRAINS: Final = tuple(Grain)
REACHES: Final = tuple(Reach)
_ITEM_DIGITS: Final = (2, 4, 6)
_AREA_DIGITS: Final = (9, 12, 15)


@dataclass(frozen=True, slots=True)
class Space:
    """Every unit of item and of area, numbered.

    ``items`` and ``areas`` hold the codes of the units (of a neighbourhood the cell in its middle); ``grain`` and
    ``reach`` their levels as positions in GRAINS and REACHES. ``item_up``: of each item unit its class, group and
    leaf, -1 for what is finer than itself.
    """

    items: tuple[str, ...]
    areas: tuple[str, ...]
    grain: Ints
    reach: Ints
    item_up: Ints
    sizes: Floats
    item_at: dict[str, int]
    area_at: dict[str, int]

    @classmethod
    def of(cls, items: Sequence[str], areas: Sequence[str], hexagons: Sequence[str]) -> "Space":
        """The space over the codes that occur, each with everything it lies in."""
        units = sorted({code[:n] for code in items for n in _ITEM_DIGITS if len(code) >= n})
        places = sorted({code[:n] for code in areas for n in _AREA_DIGITS if len(code) >= n})
        middles = sorted(set(hexagons) - {""})
        item_at = {code: number for number, code in enumerate(units)}
        grain = np.array([_ITEM_DIGITS.index(len(code)) for code in units], np.int64)
        reach = np.array([_AREA_DIGITS.index(len(code)) for code in places] + [3] * len(middles), np.int64)
        up = [[item_at[code[:n]] if len(code) >= n else -1 for n in _ITEM_DIGITS] for code in units]
        return cls(
            items=tuple(units),
            areas=(*places, *middles),
            grain=grain,
            reach=reach,
            item_up=np.array(up, np.int64).reshape(-1, 3),
            sizes=np.maximum(np.bincount(reach, minlength=4), 1).astype(np.float64),
            item_at=item_at,
            area_at={code: number for number, code in enumerate((*places, *middles))},
        )

    def items_of(self, code: str) -> list[int]:
        """The units an item belongs to, class first, -1 where it has none; nothing of a code that is unknown."""
        return [self.item_at.get(code[:n], -1) if len(code) >= n else -1 for n in _ITEM_DIGITS]

    def areas_of(self, code: str, hexagon: str) -> list[int]:
        """The units a case lies in: street, community, grid and seven neighbourhoods, -1 where it has none."""
        found = [self.area_at.get(code[:n], -1) if len(code) >= n else -1 for n in _AREA_DIGITS]
        near = [self.area_at.get(key, -1) for key in around(hexagon)] if hexagon else []
        return found + near + [-1] * (7 - len(near))


def hexagons(lons: Sequence[float | None], lats: Sequence[float | None]) -> list[str]:
    """The cells of positions (CGCS2000 degrees), "" for those without one."""
    found = [""] * len(lons)
    where = [
        (n, lon, lat)
        for n, (lon, lat) in enumerate(zip(lons, lats, strict=True))
        if lon is not None and lat is not None
    ]
    for (n, _, _), key in zip(where, cells([(lon, lat) for _, lon, lat in where], CELL), strict=True):
        found[n] = key
    return found
