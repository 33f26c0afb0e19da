"""An invented district of a wanted size within any outline: what dividing it into grids is measured on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from shapely.geometry.base import BaseGeometry

from huying.gridding.rules.given import Ground, Outlined
from huying.simulate.bench.ground.growing import grown, named
from huying.simulate.bench.ground.living import cases, settled
from huying.simulate.bench.ground.mesh import Mesh, meshed

__all__ = ["Made", "Wanted", "made"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How large: people, streets, communities, estates, and grids as they are drawn today."""

    people: int = 1_400_000
    streets: int = 13
    communities: int = 113
    estates: int = 522
    grids: int = 168
    cases: int = 120_000


@dataclass(frozen=True, slots=True)
class Made:
    """The ground with streets as its regions, and its communities."""

    ground: Ground
    communities: Sequence[Outlined]

    def within_communities(self) -> Ground:
        """The same ground with communities as regions."""
        old = self.ground
        return Ground(self.communities, old.today, old.ways, old.sites, old.cases)


def made(seed: int, outline: BaseGeometry, wanted: Wanted, code: str = "340111") -> Made:
    """A district within an outline (degrees): a street plan with a river, denser towards its middle, settled by chance.

    Streets, communities and today's grids are grown along its blocks; nobody has made their work even.
    """
    rng = np.random.default_rng(seed)
    mesh: Mesh = meshed(rng, outline)
    streets = grown(rng, mesh, np.zeros(len(mesh.faces), np.int64), wanted.streets)
    communities = grown(rng, mesh, streets, wanted.communities)
    grids = grown(rng, mesh, communities, wanted.grids)
    sites = settled(rng, mesh, wanted.people, wanted.estates)
    of_streets = named(mesh, streets, [code], "街道")
    of_communities = named(mesh, communities, of_streets.codes, "社区", streets)
    of_grids = named(mesh, grids, of_communities.codes, "网格", communities)
    ground = Ground(of_streets.areas, of_grids.areas, mesh.ways, sites, cases(rng, sites, wanted.cases))
    return Made(ground, of_communities.areas)
