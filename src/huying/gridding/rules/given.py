"""What a plan of grids is made from; positions and outlines are CGCS2000 degrees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
from shapely.geometry.base import BaseGeometry

from huying.geo.datums import Floats
from huying.gridding.rules.weighing import Weights

Ints = npt.NDArray[np.int64]
NO_ESTATE: Final = -1


@dataclass(frozen=True, slots=True)
class Outlined:
    """An area: a region no grid may cross, or a grid as it stands today."""

    code: str
    name: str
    outline: BaseGeometry


@dataclass(frozen=True, slots=True)
class Sites:
    """What stands on the ground, column by column; ``estate`` is a place in ``names``, or -1.

    ``shapes``: outlines of estates that have one, by the same place.
    """

    lons: Floats
    lats: Floats
    homes: Floats
    people: Floats
    buildings: Floats
    shops: Floats
    estate: Ints
    names: Sequence[str] = ()
    shapes: Mapping[int, BaseGeometry] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ground:
    """Regions, today's grids (each code begins with its region's), ways to follow, sites, past cases."""

    regions: Sequence[Outlined]
    today: Sequence[Outlined]
    ways: Sequence[BaseGeometry]
    sites: Sites
    cases: tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted. ``grids`` in all; ``tolerance`` the share of the mean by which a grid's work may differ.

    ``keep``: 0 draws freely, 100 moves only what even work demands. ``effort`` scales how long is searched, 1 is usual.
    """

    grids: int
    weights: Weights = field(default_factory=Weights)
    tolerance: float = 0.10
    keep: int = 0
    seed: int = 1
    effort: float = 1.0


def summed(place: Ints, values: Floats, size: int) -> Floats:
    """The sum of the values at each place 0 … ``size`` - 1; values at -1 are left out."""
    known = place >= 0
    return np.asarray(np.bincount(place[known], values[known], size), np.float64)
