"""A district of any size from a seed; the districts of a city one after another."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from typing import Final

from huying.simulate.chance import dice
from huying.simulate.land.areas import Made, area, stacked
from huying.simulate.land.divide import divide, ground
from huying.simulate.land.lattice import Face, Lattice
from huying.simulate.land.names import DISTRICTS
from huying.simulate.land.roads import Streets, roads
from huying.simulate.land.shapes import Block, Land
from huying.simulate.land.spots import of_block, of_corners, of_offices, of_roads

#: 99 is the number of no province; no real area has such a code.
CITY_CODE: Final = "9901"
CELLS_PER_GRID: Final = 4
PEOPLE_PER_HOME: Final = 2.6
_HOMES_PER_GRID: Final = 412


@dataclass(frozen=True, slots=True)
class Size:
    """How much to make: ``districts`` of ``streets`` streets each, with 3–5 communities of 8–25 grids."""

    streets: int = 3
    districts: int = 1

    @classmethod
    def for_people(cls, people: int) -> "Size":
        """The size that holds about this many people, 10 streets to a district when it is large."""
        streets = max(1, ceil(people / PEOPLE_PER_HOME / _HOMES_PER_GRID / 50))
        if streets <= 12:
            return cls(streets=streets)
        return cls(streets=10, districts=ceil(streets / 10))


def _plan(seed: int, size: Size) -> list[list[list[int]]]:
    """How many grids each community of each street of each district is to have."""
    rng = dice(seed, "plan")
    return [
        [
            [min(25, max(9, round(rng.triangular(9, 18, 11)))) for _ in range(rng.choice((3, 4, 4, 5)))]
            for _ in range(size.streets)
        ]
        for _ in range(size.districts)
    ]


def city(seed: int, size: Size) -> Iterator[Land]:
    """The districts of a city, made one at a time; neighbours share their borders to the last digit."""
    plan = _plan(seed, size)
    cells = CELLS_PER_GRID * sum(grids for streets in plan for street in streets for grids in street)
    lattice = Lattice(seed, cells)
    streets = Streets(lattice)
    weights = [float(sum(map(sum, part))) for part in plan]
    for number, faces in enumerate(divide(ground(lattice), weights)):
        yield _district(streets, faces, plan[number], f"{CITY_CODE}{number + 1:02d}", _name(seed, number))


def district(seed: int, size: Size | None = None) -> Land:
    """A single district (the first of its city)."""
    return next(city(seed, size or Size()))


def _name(seed: int, number: int) -> str:
    order = (dice(seed, "district").randrange(len(DISTRICTS)) + number) % len(DISTRICTS)
    return DISTRICTS[order]


def _district(streets: Streets, faces: list[Face], plan: list[list[int]], code: str, name: str) -> Land:
    made = stacked(streets, faces, plan, code)
    network = roads(streets, faces)
    grids = {face: block.grid for face, block in made.blocks.items()}
    seed = streets.lattice.seed
    spots = [spot for block in made.blocks.values() for spot in of_block(seed, block)]
    spots += of_roads(streets, network, grids)
    spots += of_corners(streets, grids)
    for part in made.areas:
        if part.level in ("street", "community"):
            spots += of_offices(part, _within(made, part.code))
    whole = area(streets.lattice, faces, (code, name, "district", CITY_CODE), list(made.blocks.values()))
    return Land(code, name, (whole, *made.areas), tuple(network), tuple(made.blocks.values()), tuple(spots))


def _within(made: Made, code: str) -> list[Block]:
    return [block for block in made.blocks.values() if block.grid.startswith(code)]
