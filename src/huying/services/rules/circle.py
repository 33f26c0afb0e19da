"""The circle of fifteen minutes: who reaches what on foot, and where the next place would help most.

People stand where homes are known, each spot with its number of people. A community's share for a kind is

    people within the kind's minutes on foot of at least one such place / people of the community.

The best next site is sought greedily among the spots where people live: the one with the most people within the minutes
who reach none so far; then the next, with those counted in. That is the problem of maximal covering (Church and ReVelle,
1974); the greedy answer gains at least 1 - 1/e = 63 % of what the best choice of as many sites could (Nemhauser, Wolsey
and Fisher, 1978). Whether ground is to be had there, a person decides.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, vstack
from scipy.spatial import cKDTree

from huying.geo.datums import Floats
from huying.geo.measure import Plane
from huying.services.rules.walking import DETOUR, Network, Town, reach_of
from huying.services.rules.walking.ways import Numbers

Flags = npt.NDArray[np.bool_]
SITES: Final = 3
#: Where more spots are known, sites are sought among those with most people.
MOST_CANDIDATES: Final = 2000


@dataclass(frozen=True, slots=True)
class Homes:
    """Where people live: positions, how many, and the community of each."""

    lons: Floats
    lats: Floats
    people: Floats
    communities: Sequence[str]


@dataclass(frozen=True, slots=True)
class Site:
    """A proposed place: the spot's number, how many more people reach one, and the share of all afterwards."""

    spot: int
    gain: float
    share: float


@dataclass(frozen=True, slots=True)
class KindCircle:
    """One kind: people covered and all, by community; the sites proposed, the best first."""

    kind: str
    minutes: int
    places: int
    people: dict[str, float]
    covered: dict[str, float]
    sites: tuple[Site, ...]


class Ground:
    """Homes and places of one district together, on foot where roads are known, else by straight lines."""

    def __init__(self, homes: Homes, lons: Floats, lats: Floats, network: Network | None) -> None:
        self.homes, self.size = homes, len(homes.lons)
        self.lons, self.lats = np.r_[homes.lons, lons], np.r_[homes.lats, lats]
        self.town = Town(network, self.lons, self.lats) if network is not None else None
        self.on: Flags = self.town.snapped.on if self.town else np.zeros(len(self.lons), bool)
        middle = (float(self.lons.mean()), float(self.lats.mean())) if len(self.lons) else (0.0, 0.0)
        self._flat = np.column_stack(Plane(*middle).flatten(self.lons, self.lats))

    @property
    def straight(self) -> float:
        """The share of people judged by straight lines, for no road is near them."""
        whole = float(self.homes.people.sum())
        return float(self.homes.people[~self.on[: self.size]].sum()) / whole if whole else 0.0

    def reached(self, places: Numbers, limit: float) -> Flags:
        """Which homes have one of these places (numbers among the places) within ``limit`` metres on foot."""
        spots = np.asarray(places, np.int64) + self.size
        found = np.zeros(self.size, bool)
        if not len(spots):
            return found
        if self.town is not None:
            found |= self.town.nearest_of(spots[self.on[spots]], limit)[: self.size] <= limit
        homes = np.arange(self.size)
        found |= self._near(homes[~self.on[: self.size]], spots, limit)
        return found | self._near(homes, spots[~self.on[spots]], limit)

    def _near(self, homes: Numbers, spots: Numbers, limit: float) -> Flags:
        found = np.zeros(self.size, bool)
        if len(homes) and len(spots):
            far, _ = cKDTree(self._flat[spots]).query(self._flat[homes], distance_upper_bound=limit / DETOUR)
            found[homes] = np.isfinite(far)
        return found

    def table(self, candidates: Numbers, limit: float, told: Callable[[int], None]) -> csr_array[Any]:
        """Which homes lie within ``limit`` of a place that would stand at each of these homes."""
        homes = np.arange(self.size)
        if self.town is None:
            return self._straight(candidates, limit)
        walked = self.town.within(candidates, homes, limit, told)
        on, off = np.flatnonzero(self.on[candidates]), np.flatnonzero(~self.on[candidates])
        if not len(off):
            return walked
        both = vstack([walked[on], self._straight(candidates[off], limit)], format="csr")
        return csr_array(both[np.argsort(np.r_[on, off], kind="stable")])

    def _straight(self, candidates: Numbers, limit: float) -> csr_array[Any]:
        homes = cKDTree(self._flat[: self.size])
        near: Any = homes.query_ball_point(self._flat[candidates], limit / DETOUR, return_sorted=True)
        columns = np.concatenate([np.array(one, np.int64) for one in near]) if len(near) else np.zeros(0, int)
        begins = np.r_[0, np.cumsum([len(one) for one in near])]
        return csr_array((np.ones(len(columns)), columns, begins), shape=(len(candidates), self.size))


def candidates_of(homes: Homes) -> Numbers:
    """The spots among which sites are sought: those with most people."""
    order = np.argsort(-homes.people, kind="stable")[:MOST_CANDIDATES]
    return np.sort(order[homes.people[order] > 0])


def best_sites(
    table: csr_array[Any], people: Floats, reached: Flags, most: int = SITES
) -> list[tuple[int, float]]:
    """Greedily: (row of the table, people gained) of each next site; fewer where nothing is gained any more."""
    left = np.where(reached, 0.0, people)
    chosen: list[tuple[int, float]] = []
    for _round in range(most):
        gains = table @ left
        best = int(np.argmax(gains)) if len(gains) else 0
        if not len(gains) or gains[best] < 1.0:
            break
        chosen.append((best, float(gains[best])))
        left[table.indices[table.indptr[best] : table.indptr[best + 1]]] = 0.0
    return chosen


def circle_of(
    ground: Ground,
    kinds: Sequence[tuple[str, int, Numbers]],
    told: Callable[[int, int], None] = lambda done, total: None,
    most: int = SITES,
) -> list[KindCircle]:
    """The circle of each kind: (code, minutes, its places by number). Tables of one reach are made once."""
    homes = ground.homes
    candidates = candidates_of(homes)
    reaches = sorted({minutes for _code, minutes, _places in kinds})
    total = len(reaches) * len(candidates)
    tables = {
        minutes: ground.table(candidates, reach_of(minutes), _from(told, number * len(candidates), total))
        for number, minutes in enumerate(reaches)
    }
    return [
        _of_kind(ground, candidates, tables[minutes], code, minutes, places, most)
        for code, minutes, places in kinds
    ]


def _from(told: Callable[[int, int], None], done: int, total: int) -> Callable[[int], None]:
    """Tells how far the whole is when a part says how far it is."""
    return lambda more: told(done + more, total)


def _of_kind(
    ground: Ground,
    candidates: Numbers,
    table: csr_array[Any],
    code: str,
    minutes: int,
    places: Numbers,
    most: int,
) -> KindCircle:
    homes = ground.homes
    reached = ground.reached(places, reach_of(minutes))
    whole, held = float(homes.people.sum()), float(homes.people[reached].sum())
    sites = []
    for row, gain in best_sites(table, homes.people, reached, most):
        held += gain
        sites.append(Site(int(candidates[row]), gain, held / whole if whole else 0.0))
    return KindCircle(
        code, minutes, len(places), _by(homes, homes.people), _by(homes, np.where(reached, homes.people, 0.0)),
        tuple(sites),
    )  # fmt: skip


def _by(homes: Homes, amounts: Floats) -> dict[str, float]:
    names, of = np.unique(np.array(homes.communities, dtype=str), return_inverse=True)
    sums = np.zeros(len(names))
    np.add.at(sums, of.reshape(-1), amounts)
    return {str(name): float(amount) for name, amount in zip(names, sums, strict=True)}
