"""The ground and the list that the quiet models call about: sizes only, no names."""

from dataclasses import dataclass
from math import cos, radians
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_LON, _LAT = 113.5, 23.1
_GRID_METRES: Final = 320.0
_METRE: Final = 1 / 111_320


@dataclass(frozen=True, slots=True)
class Town:
    """``grids``: codes of 15 digits; ``community``: the number of each one's community; ``estates``: three positions a
    grid. ``leaves``: item codes of 6 digits; ``klass``: the number of each one's class; ``likely``: how likely each is.
    """

    grids: tuple[str, ...]
    community: Ints
    size: Floats
    estates: Floats
    leaves: tuple[str, ...]
    klass: Ints
    likely: Floats

    @property
    def communities(self) -> int:
        """How many there are."""
        return int(self.community.max()) + 1


def town(rng: np.random.Generator, streets: int = 3, uneven: float = 0.5, steep: float = 1.1) -> Town:
    """A district of streets with 4 communities of 12 grids, and 32 classes of about four groups of about five items.

    ``uneven``: standard deviation of the log of grids' sizes; ``steep``: exponent of the items' frequencies.
    """
    codes, community = [], []
    for street in range(1, streets + 1):
        for part in range(1, 5):
            codes += [f"990101{street:03d}{part:03d}{grid:03d}" for grid in range(1, 13)]
            community += [(street - 1) * 4 + part - 1] * 12
    size = rng.lognormal(0, uneven, len(codes))
    leaves = [
        f"{top:02d}{group:02d}{leaf:02d}"
        for top in range(1, 33)
        for group in range(1, int(rng.integers(3, 6)) + 1)
        for leaf in range(1, int(rng.integers(3, 8)) + 1)
    ]
    rank = rng.permutation(len(leaves)) + 1
    likely = rank.astype(float) ** -steep
    return Town(
        tuple(codes), np.array(community), size / size.sum(), _estates(rng, len(codes)), tuple(leaves),
        np.array([int(code[:2]) - 1 for code in leaves]), likely / likely.sum(),
    )  # fmt: skip


def _estates(rng: np.random.Generator, grids: int) -> Floats:
    """Three estates in each grid; the grids stand side by side, twelve in a row."""
    row, column = np.divmod(np.arange(grids), 12)
    middles = np.stack([column, row], axis=1)[:, None, :] * _GRID_METRES
    metres = middles + rng.uniform(-130, 130, (grids, 3, 2))
    found: Floats = metres * _METRE / np.array([cos(radians(_LAT)), 1.0]) + np.array([_LON, _LAT])
    return found
