"""The ground in blocks: cut along roads, estates whole, slivers swallowed, heavy ones cut between what stands there."""

from dataclasses import replace

import numpy as np
import shapely

from huying.gridding.rules.given import Asked, Ground, Outlined
from huying.gridding.rules.ground.blocks import blocks_of
from tests.gridding.lattice import CODE, SOUTH, STEP, WEST, box, ground, roads, sites

EVEN = {(x, y): 10 for x in range(4) for y in range(3)}


def test_every_piece_between_roads_is_a_block_with_what_stands_on_it() -> None:
    blocks = blocks_of(ground(4, 3, EVEN), Asked(3))
    assert blocks.count == 12
    assert blocks.homes.tolist() == [10.0] * 12
    assert np.allclose(blocks.work, 3 / 12)
    assert np.isclose(blocks.areas.sum(), 12 * (STEP * 111_195) ** 2 * np.cos(np.radians(SOUTH)), rtol=0.01)


def test_neighbours_share_their_border_and_know_that_a_road_runs_along_it() -> None:
    blocks = blocks_of(ground(4, 3, EVEN), Asked(3))
    pairs = blocks.pairs
    assert len(pairs.one) == 3 * 3 + 4 * 2
    assert np.allclose(pairs.along, pairs.metres)
    assert (pairs.metres > 180).all()


def test_the_blocks_of_one_estate_are_one() -> None:
    blocks = blocks_of(ground(4, 3, EVEN, estates=[[(0, 0), (1, 0)], [(3, 2)]]), Asked(3))
    assert blocks.count == 11
    assert sorted(blocks.homes.tolist())[-1] == 20.0
    assert not blocks.apart


def test_parts_of_an_estate_that_do_not_touch_are_joined_over_what_lies_between() -> None:
    blocks = blocks_of(ground(4, 3, EVEN, estates=[[(0, 0), (2, 0)]]), Asked(3))
    assert sorted(blocks.homes.tolist())[-1] == 30.0


def test_an_estate_scattered_over_the_district_is_said_to_be() -> None:
    far = {(x, 0): 10 for x in range(12)}
    blocks = blocks_of(ground(12, 1, far, estates=[[(0, 0), (11, 0)]]), Asked(3))
    assert blocks.apart == {0}


def test_a_path_through_an_estate_with_an_outline_cuts_nothing() -> None:
    made = ground(4, 3, EVEN)
    outlined = replace(made, sites=sites([(1, 1, 40, 0)], ["花园"], shapes={0: box(0.1, 0.1, 1.8, 1.8)}))
    blocks = blocks_of(outlined, Asked(3))
    assert blocks.count == 9
    assert max(blocks.areas) > 3.9 * min(blocks.areas)


def test_no_block_reaches_over_the_border_of_a_region() -> None:
    blocks = blocks_of(ground(4, 3, EVEN, estates=[[(1, 0), (2, 0)]], parts=2), Asked(4))
    assert blocks.count == 12
    assert sorted(set(blocks.region.tolist())) == [0, 1]


def test_a_sliver_between_a_road_and_a_border_belongs_to_its_neighbour() -> None:
    made = ground(4, 3, EVEN)
    beside = shapely.LineString([(WEST, SOUTH + 0.02 * STEP), (WEST + 4 * STEP, SOUTH + 0.02 * STEP)])
    assert blocks_of(replace(made, ways=[*made.ways, beside]), Asked(3)).count == 12


def test_a_heavy_block_is_cut_between_its_estates_and_none_of_them_is() -> None:
    rows = [(0.2 + 0.3 * n, 0.2, 100, 0) for n in range(3)] + [(0.2 + 0.3 * n, 0.8, 100, 1) for n in range(3)]
    one = Ground(
        [Outlined(CODE, "社区", box(0, 0, 1, 1))], (), roads(1, 1), sites(rows, ["南园", "北园"]),
        (np.zeros(0), np.zeros(0)),
    )  # fmt: skip
    blocks = blocks_of(one, Asked(2))
    assert sorted(blocks.homes.tolist()) == [300.0, 300.0]
    assert len(blocks.pairs.one) == 1
    assert blocks.pairs.along[0] < 0.2 * blocks.pairs.metres[0]


def test_houses_of_no_estate_are_cut_into_clusters() -> None:
    rows = [(0.05 + 0.09 * (n % 10), 0.05 + 0.09 * (n // 10), 5, -1) for n in range(100)]
    one = Ground(
        [Outlined(CODE, "社区", box(0, 0, 1, 1))], (), roads(1, 1), sites(rows), (np.zeros(0), np.zeros(0))
    )
    blocks = blocks_of(one, Asked(2))
    assert blocks.count >= 8
    assert blocks.work.max() <= 0.3
    assert blocks.homes.sum() == 500
