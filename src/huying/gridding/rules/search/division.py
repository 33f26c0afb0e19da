"""A region divided, with what it costs: uneven work, borders off roads, odd shapes, homes moved. One block at a time.

Costs are pure numbers. A grid's work off the mean by a tenth costs 0.6, and beyond four fifths of the tolerance
steeply more; a border off roads as long as a grid's side 1.5, along roads a tenth of that; the shape of a square 0.3.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Final

from huying.gridding.rules.search.patch import Patch
from huying.gridding.rules.search.starting import groups

_EVEN, _BEYOND, _STEEP, _INNER = 60.0, 150.0, 4000.0, 0.8
_ALONG, _BARE, _SHAPE, _MOVED = 0.15, 1.5, 0.25, 12.0
#: How much less shape and roads count where few homes are to be moved.
_YIELD: Final = 0.7


@dataclass(frozen=True, slots=True)
class Prices:
    """What things cost in one region. ``along`` and ``bare`` by the metre, ``moved`` by the home."""

    tolerance: float
    along: float
    bare: float
    shape: float
    moved: float
    keep: int

    @classmethod
    def of(cls, patch: Patch, grids: int, tolerance: float, keep: int) -> "Prices":
        """``keep``: 0–100, how dear it is to move a home."""
        side = sqrt(max(1.0, sum(patch.areas)) / grids)
        held, less = keep / 100, 1 - _YIELD * keep / 100
        homes = max(1.0, sum(patch.homes)) / grids
        return cls(
            tolerance, _ALONG * less / side, _BARE * less / side, _SHAPE * less, _MOVED * held / homes, keep
        )


class Division:
    """Labels of blocks with work, ground and border of every grid, kept up to date move by move."""

    def __init__(self, patch: Patch, label: Sequence[int], prices: Prices) -> None:
        self.patch, self.prices = patch, prices
        self.label = list(label)
        self.around = [
            patch.rim[block] + sum(metres for _other, metres, _bare in patch.near[block])
            for block in range(len(patch.work))
        ]
        size = max([*self.label, len(patch.codes)]) + 1
        self.work, self.area, self.border = [0.0] * size, [0.0] * size, [0.0] * size
        self.members: list[set[int]] = [set() for _ in range(size)]
        for grid, own in groups(self.label).items():
            self.work[grid], self.area[grid], self.border[grid] = self.measured(own)
            self.members[grid] = set(own)

    def measured(self, own: Sequence[int] | set[int]) -> tuple[float, float, float]:
        """Work, square metres and metres of border of blocks as one grid."""
        inside = own if isinstance(own, set) else set(own)
        patch = self.patch
        work = area = border = 0.0
        for block in inside:
            work += patch.work[block]
            area += patch.areas[block]
            border += patch.rim[block]
            for other, metres, _bare in patch.near[block]:
                if other not in inside:
                    border += metres
        return work, area, border

    def cost(self, work: float, area: float, border: float) -> float:
        """What one grid costs by its work and shape."""
        off = abs(work - 1.0)
        even = _EVEN * off * off
        limit = _INNER * self.prices.tolerance
        if off > limit:
            # Steeper the further: else two grids as one would share what is too much without being any cheaper.
            even += (_BEYOND + _STEEP * (off - limit)) * (off - limit)
        return even + self.prices.shape * border * border / (4 * pi * max(area, 1.0))

    def cost_of(self, grid: int) -> float:
        return self.cost(self.work[grid], self.area[grid], self.border[grid])

    def moved(self, block: int, grid: int) -> float:
        """What it costs that the homes of a block come to lie in this grid."""
        return (self.patch.homes[block] - self.patch.held[block].get(grid, 0.0)) * self.prices.moved

    def of_cut(self, metres: float, bare: float) -> float:
        return self.prices.along * metres + self.prices.bare * bare

    def gain(self, block: int, goal: int) -> float:
        """By how much everything costs more when the block goes to a neighbouring grid; less than 0: cheaper."""
        patch, label = self.patch, self.label
        start = label[block]
        of_start = of_goal = cut = 0.0
        for other, metres, bare in patch.near[block]:
            there = label[other]
            if there == start:
                of_start += metres
                cut += self.of_cut(metres, bare)
            elif there == goal:
                of_goal += metres
                cut -= self.of_cut(metres, bare)
        around, work, area = self.around[block], patch.work[block], patch.areas[block]
        after = self.cost(
            self.work[start] - work, self.area[start] - area, self.border[start] - around + 2 * of_start
        ) + self.cost(
            self.work[goal] + work, self.area[goal] + area, self.border[goal] + around - 2 * of_goal
        )
        more = after - self.cost_of(start) - self.cost_of(goal) + cut
        if self.prices.moved:
            more += self.moved(block, goal) - self.moved(block, start)
        return more

    def holds_without(self, block: int) -> bool:
        """Whether the block's grid still holds together, and is there at all, without it."""
        label, near = self.label, self.patch.near
        grid = label[block]
        wanted = {other for other, _metres, _bare in near[block] if label[other] == grid}
        if len(wanted) < 2:
            return bool(wanted)
        start = wanted.pop()
        seen, edge = {block, start}, [start]
        while edge:
            for other, _metres, _bare in near[edge.pop()]:
                if label[other] == grid and other not in seen:
                    seen.add(other)
                    edge.append(other)
                    wanted.discard(other)
                    if not wanted:
                        return True
        return False

    def give(self, block: int, goal: int) -> None:
        """Move one block to a neighbouring grid."""
        start, label = self.label[block], self.label
        of_start = sum(metres for other, metres, _bare in self.patch.near[block] if label[other] == start)
        of_goal = sum(metres for other, metres, _bare in self.patch.near[block] if label[other] == goal)
        work, area, around = self.patch.work[block], self.patch.areas[block], self.around[block]
        self.work[start] -= work
        self.work[goal] += work
        self.area[start] -= area
        self.area[goal] += area
        self.border[start] += 2 * of_start - around
        self.border[goal] += around - 2 * of_goal
        self.members[start].remove(block)
        self.members[goal].add(block)
        label[block] = goal

    def put(self, changed: dict[int, set[int]]) -> None:
        """These grids consist of these blocks from now on; together they hold the same blocks as before."""
        for grid, own in changed.items():
            self.members[grid] = own
            self.work[grid], self.area[grid], self.border[grid] = self.measured(own)
            for block in own:
                self.label[block] = grid

    def between(self, one: set[int], other: set[int]) -> float:
        """What the common border of two grids costs."""
        found = 0.0
        for block in one:
            for there, metres, bare in self.patch.near[block]:
                if there in other:
                    found += self.of_cut(metres, bare)
        return found

    def total(self) -> float:
        """What all of it costs."""
        label = self.label
        found = sum(self.cost_of(grid) for grid, own in enumerate(self.members) if own)
        for block, beside in enumerate(self.patch.near):
            found += self.moved(block, label[block])
            found += sum(self.of_cut(m, b) for o, m, b in beside if o > block and label[o] != label[block])
        return found

    def worst(self) -> tuple[float, int]:
        """The grid whose work is furthest from the mean, and by how much."""
        return max((abs(self.work[grid] - 1.0), grid) for grid, own in enumerate(self.members) if own)
