"""Where matters happen: spots by grid and by what they are, and the grids by how many live and trade there."""

from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate
from random import Random

from huying.simulate.land import Area, Land, Spot


class Ground:
    """The spots of a district, asked by area and kind."""

    def __init__(self, land: Land) -> None:
        self.grids: list[Area] = land.of("grid")
        self.names = {area.code: area.name for area in land.areas}
        self._reach = list(accumulate(20 + grid.homes + 3 * grid.shops for grid in self.grids))
        self._nearest: dict[str, str] = {}
        uses = {block.name: block.use for block in land.blocks}
        self._spots: dict[str, dict[str, list[Spot]]] = defaultdict(lambda: defaultdict(list))
        self._all: dict[str, list[Spot]] = defaultdict(list)
        for spot in land.spots:
            kinds = {spot.kind, f"use:{uses.get(spot.name, '')}"}
            if spot.kind == "estate" and spot.address:
                kinds.add("address")
            if spot.kind == "landmark" and spot.name.endswith("桥"):
                kinds.add("bridge")
            for kind in kinds:
                self._spots[spot.area][kind].append(spot)
                self._all[kind].append(spot)

    def grid(self, rng: Random) -> Area:
        """A grid, the fuller the likelier."""
        return self.grids[bisect_left(self._reach, rng.random() * self._reach[-1])]

    def spot(self, rng: Random, grid: Area, kinds: tuple[str, ...]) -> Spot:
        """A spot of the first kind that the grid, its community or the whole district has."""
        for kind in kinds if rng.random() < 0.75 else kinds[::-1]:
            for area in (grid.code, grid.parent):
                found = self._spots[area][kind] if area in self._spots else []
                if found:
                    return rng.choice(found)
        for kind in kinds:
            if self._all[kind]:
                return rng.choice(self._all[kind])
        return rng.choice(self._all["crossing"])

    def area(self, spot: Spot, grid: Area) -> str:
        """The code of the community or grid in which something at the spot happens.

        What stands on a border belongs to the grid nearest to it; along a road or river it may be any grid.
        """
        if len(spot.area) >= 12:
            return spot.area
        if spot.kind in ("road", "river"):
            return grid.code
        if spot.name not in self._nearest:
            self._nearest[spot.name] = min(
                (grid for grid in self.grids if grid.code.startswith(spot.area)),
                key=lambda near: (near.lon - spot.lon) ** 2 + (near.lat - spot.lat) ** 2,
            ).code
        return self._nearest[spot.name]

    def street(self, code: str) -> str:
        """The name of the street in which an area lies, as people say it."""
        return self.names.get(code[:9], "").removesuffix("街道")
