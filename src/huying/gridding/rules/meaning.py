"""Whom a plan moves: homes that come to lie in another grid than today, by grid and by way."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huying.gridding.rules.given import Ints, Sites


@dataclass(frozen=True, slots=True)
class Flow:
    """Homes that go from one of today's grids (its code) to one of the plan's (its place), and their estates by name."""

    start: str
    goal: int
    homes: int
    estates: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """As a row keeps it; the plan's grids are numbered from 1."""
        return {"from": self.start, "to": self.goal + 1, "homes": self.homes, "estates": list(self.estates)}


@dataclass(frozen=True, slots=True)
class Meant:
    """Homes that come to each grid of the plan from others, that leave each of today's by its code, and all that move.

    ``flows``: from where to where, the largest first.
    """

    came: Sequence[int]
    left: Mapping[str, int]
    moved: int
    flows: Sequence[Flow] = ()


def meant(before: Ints, after: Ints, sites: Sites, old: Sequence[str], new: Sequence[str]) -> Meant:
    """``before`` and ``after``: today's and the plan's grid of every site, -1 for none; ``old`` and ``new`` their codes.

    A home moves when its grid goes on under another code, or is new. Who lies in no grid today is not moved.
    """
    counted = sites.homes if sites.homes.sum() > 0 else sites.people
    homes: dict[tuple[int, int], int] = defaultdict(int)
    estates: dict[tuple[int, int], set[str]] = defaultdict(set)
    columns = (before.tolist(), after.tolist(), counted.tolist(), sites.estate.tolist())
    for then, now, count, estate in zip(*columns, strict=True):
        if then < 0 or now < 0 or old[then] == new[now] or not count:
            continue
        homes[then, now] += int(count)
        if estate >= 0:
            estates[then, now].add(sites.names[estate])
    came, left = [0] * len(new), defaultdict[str, int](int)
    for (then, now), count in homes.items():
        came[now] += count
        left[old[then]] += count
    flows = [Flow(old[t], n, count, tuple(sorted(estates[t, n]))) for (t, n), count in homes.items()]
    return Meant(
        came, left, sum(homes.values()), sorted(flows, key=lambda flow: (-flow.homes, flow.start, flow.goal))
    )
