"""Ground as a lattice of blocks with roads between them, counted as a test wants it; a block is some 200 m wide."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from huying.gridding.rules.given import NO_ESTATE, Ground, Outlined, Sites

WEST, SOUTH, STEP = 114.0, 22.0, 0.002
CODE = "990101001001"
Cell = tuple[int, int]


def box(x: float, y: float, width: float, height: float) -> Any:
    """A rectangle in blocks."""
    return shapely.box(
        WEST + x * STEP, SOUTH + y * STEP, WEST + (x + width) * STEP, SOUTH + (y + height) * STEP
    )


def roads(columns: int, rows: int) -> list[Any]:
    """A road along every line of the lattice."""
    lines = [((x, -0.2), (x, rows + 0.2)) for x in range(columns + 1)]
    lines += [((-0.2, y), (columns + 0.2, y)) for y in range(rows + 1)]
    return [
        shapely.LineString([(WEST + a * STEP, SOUTH + b * STEP), (WEST + c * STEP, SOUTH + d * STEP)])
        for (a, b), (c, d) in lines
    ]


def sites(rows: Sequence[tuple[float, float, int, int]], names: Sequence[str] = (), **more: Any) -> Sites:
    """Buildings at (x, y) in blocks with so many homes, of an estate by its place or -1."""
    held = np.array(rows, np.float64).reshape(-1, 4)
    return Sites(
        lons=WEST + held[:, 0] * STEP, lats=SOUTH + held[:, 1] * STEP, homes=held[:, 2], people=2 * held[:, 2],
        buildings=np.ones(len(held)), shops=np.zeros(len(held)), estate=held[:, 3].astype(np.int64), names=names,
        **more,
    )  # fmt: skip


def ground(
    columns: int, rows: int, homes: Mapping[Cell, int], estates: Sequence[Iterable[Cell]] = (), parts: int = 1,
    today: Sequence[Outlined] = (),
) -> Ground:  # fmt: skip
    """``homes`` by block; each estate stands on its blocks; ``parts``: regions side by side, each some columns wide."""
    of = {cell: number for number, cells in enumerate(estates) for cell in cells}
    spots = [(x + 0.5, y + 0.5, count, of.get((x, y), NO_ESTATE)) for (x, y), count in sorted(homes.items())]
    wide = columns // parts
    regions = [
        Outlined(
            f"{CODE[:-1]}{n + 1}",
            f"第{n + 1}社区",
            box(n * wide, 0, columns - n * wide if n == parts - 1 else wide, rows),
        )
        for n in range(parts)
    ]
    return Ground(
        regions, today, roads(columns, rows), sites(spots, [f"小区{n}" for n in range(len(estates))]),
        (np.zeros(0), np.zeros(0)),
    )  # fmt: skip


def grid(number: int, x: float, y: float, width: float, height: float) -> Outlined:
    """One of today's grids of the first region."""
    return Outlined(f"{CODE}{number:03d}", f"第{number}网格", box(x, y, width, height))
