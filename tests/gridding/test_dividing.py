"""Whatever the ground: grids hold together, no estate is split, every block is in one, and the books are right."""

from random import Random
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.gridding.rules.given import Asked, Ground, Outlined
from huying.gridding.rules.ground.blocks import blocks_of
from huying.gridding.rules.measuring import measured
from huying.gridding.rules.search.division import Division, Prices
from huying.gridding.rules.search.patch import Patch, patches_of
from huying.gridding.rules.search.sharing import apportioned
from huying.gridding.rules.search.starting import groups, halved, of_today, parts
from huying.gridding.rules.solving import solve
from huying.gridding.rules.weighing import Weights
from huying.kernel.errors import Invalid
from tests.gridding.lattice import grid, ground

COLUMNS, ROWS = 6, 5
QUICK = 0.05


@st.composite
def grounds(draw: Any, parts: int = 1) -> Ground:
    """A lattice with homes by chance, and estates of one to three blocks in a row."""
    cells = [(x, y) for x in range(COLUMNS) for y in range(ROWS)]
    homes = {cell: draw(st.integers(0, 60)) for cell in cells}
    homes[0, 0] += 1
    estates, taken = [], set()
    for _number in range(draw(st.integers(0, 4))):
        x, y, wide = (
            draw(st.integers(0, COLUMNS - 1)),
            draw(st.integers(0, ROWS - 1)),
            draw(st.integers(1, 3)),
        )
        own = [(x + n, y) for n in range(wide) if x + n < COLUMNS and (x + n, y) not in taken]
        if own:
            taken.update(own)
            estates.append(own)
    today = [grid(n + 1, 0, n, COLUMNS // parts, 1) for n in range(ROWS)]
    return ground(COLUMNS, ROWS, homes, estates, parts, today)


def one_patch(made: Ground, grids: int) -> Patch:
    return patches_of(made, blocks_of(made, Asked(grids)))[0]


@settings(max_examples=25)
@given(grounds(), st.integers(1, 8), st.sampled_from([0, 40, 100]))
def test_grids_hold_together_split_no_estate_and_share_out_every_block(
    made: Ground, grids: int, keep: int
) -> None:
    solved = solve(made, Asked(grids, keep=keep, effort=QUICK))
    assert len(solved.grids) == grids
    blocks = sorted(block for one in solved.grids for block in one.blocks)
    assert blocks == list(range(solved.blocks.count))
    outlines = [one.outline for one in solved.grids]
    assert all(outline.geom_type == "Polygon" for outline in outlines)
    whole = shapely.union_all([region.outline for region in made.regions])
    assert shapely.area(outlines).sum() == pytest.approx(whole.area)
    assert shapely.symmetric_difference(shapely.union_all(outlines), whole).area < 1e-9 * whole.area
    assert measured(made, outlines, Weights(), 0.1).split == ()
    codes = [one.code for one in solved.grids if one.code]
    assert len(codes) == len(set(codes))
    assert set(codes) <= {one.code for one in made.today}


@settings(max_examples=15)
@given(grounds(parts=2), st.integers(2, 8))
def test_no_grid_crosses_a_region(made: Ground, grids: int) -> None:
    solved = solve(made, Asked(grids, effort=QUICK))
    region = {one.code: one.outline for one in made.regions}
    for one in solved.grids:
        assert one.outline.difference(region[one.region]).area < 1e-9 * one.outline.area
    assert {one.region for one in solved.grids} == set(region)


@settings(max_examples=25)
@given(grounds(), st.integers(2, 6), st.integers(0, 10**6))
def test_what_a_move_is_said_to_cost_is_what_it_costs(made: Ground, grids: int, seed: int) -> None:
    patch, rng = one_patch(made, grids), Random(seed)
    division = Division(patch, halved(rng, patch, grids), Prices.of(patch, grids, 0.1, 50))
    for _move in range(60):
        block = rng.randrange(len(patch.work))
        beside = [division.label[other] for other, _m, _b in patch.near[block]]
        goal = rng.choice(beside)
        if goal == division.label[block] or not division.holds_without(block):
            continue
        before, more = division.total(), division.gain(block, goal)
        division.give(block, goal)
        assert division.total() == pytest.approx(before + more, abs=1e-6)
        for own in groups(division.label).values():
            assert len(parts(patch, division.label, own)) == 1
    for number, own in enumerate(division.members):
        if own:
            assert division.measured(own) == pytest.approx(
                (division.work[number], division.area[number], division.border[number])
            )


@settings(max_examples=25)
@given(grounds(), st.integers(1, 9), st.integers(0, 10**6))
def test_both_starts_hold_together_and_are_so_many(made: Ground, grids: int, seed: int) -> None:
    patch = one_patch(made, grids)
    for label in (halved(Random(seed), patch, grids), of_today(Random(seed), patch, grids)):
        held = groups(label)
        assert len(held) == min(grids, len(patch.work))
        assert all(len(parts(patch, label, own)) == 1 for own in held.values())


def test_even_ground_is_divided_evenly_along_its_roads() -> None:
    homes = {(x, y): 10 for x in range(12) for y in range(12)}
    made = ground(12, 12, homes)
    solved = solve(made, Asked(9, effort=0.5))
    found = measured(made, [one.outline for one in solved.grids], Weights(), 0.1).whole
    assert found.spread <= 0.0626
    assert (found.within, found.on_lines, found.broken) == (1.0, 1.0, 0)
    assert found.compact > 0.55


def uneven(today: list[Outlined]) -> Ground:
    homes = {(x, y): 40 if y == 0 else 10 for x in range(12) for y in range(6)}
    return ground(12, 6, homes, today=today)


def moved(made: Ground, keep: int) -> tuple[int, float]:
    """Homes whose code changes, and the spread."""
    solved = solve(made, Asked(6, keep=keep, effort=0.5))
    spot = shapely.points(made.sites.lons, made.sites.lats)
    then = [next(g.code for g in made.today if shapely.covers(g.outline, p)) for p in spot]
    now = [next(g.code for g in solved.grids if shapely.covers(g.outline, p)) for p in spot]
    found = measured(made, [one.outline for one in solved.grids], Weights(), 0.1).whole
    homes = made.sites.homes.tolist()
    return round(sum(n for a, b, n in zip(then, now, homes, strict=True) if a != b)), found.spread


def test_the_slider_towards_few_moves_leaves_even_grids_alone() -> None:
    strips = [grid(n + 1, 2 * n, 0, 2, 6) for n in range(6)]
    assert moved(uneven(strips), 100) == (0, pytest.approx(0, abs=1e-4))


def test_the_slider_moves_only_what_even_work_demands() -> None:
    lopsided = [
        grid(n + 1, x, 0, wide, 6)
        for n, (x, wide) in enumerate([(0, 3), (3, 2), (5, 2), (7, 2), (9, 2), (11, 1)])
    ]
    few, spread = moved(uneven(lopsided), 100)
    many, _ = moved(uneven(lopsided), 0)
    assert spread <= 0.1
    # At the least 288: 72 over the first border and the last, 54, 36 and 54 between, in blocks of ten and forty.
    assert 288 <= few <= 400
    assert few < many


def test_the_same_wishes_give_the_same_grids() -> None:
    homes = {(x, y): (7 * x + 3 * y) % 11 for x in range(6) for y in range(6)}
    made = ground(6, 6, homes)
    first, second = (solve(made, Asked(5, effort=QUICK)) for _ in range(2))
    assert [one.blocks for one in first.grids] == [one.blocks for one in second.grids]


def test_telling_how_far_it_is_may_stop_it() -> None:
    class Enough(Exception):
        pass

    def told(done: int, total: int) -> None:
        if done:
            raise Enough

    with pytest.raises(Enough):
        solve(ground(4, 4, {(x, y): 5 for x in range(4) for y in range(4)}), Asked(3, effort=QUICK), told)


def test_grids_are_shared_out_in_proportion_each_region_one_at_least() -> None:
    assert apportioned([0.1, 4.0, 5.9], 10) == [1, 4, 5]
    assert apportioned([0.0, 1.0], 2) == [1, 1]
    with pytest.raises(Invalid) as refused:
        apportioned([1.0, 1.0, 1.0], 2)
    assert "grids" in refused.value.fields


@given(st.lists(st.floats(0.01, 50), min_size=1, max_size=12), st.integers(0, 60))
def test_all_grids_are_shared_out(work: list[float], more: int) -> None:
    counts = apportioned(work, len(work) + more)
    assert sum(counts) == len(work) + more
    assert min(counts) >= 1


def test_a_figure_that_should_fail_does() -> None:
    """Measured from outlines alone, a split estate and a grid in two parts are found."""
    homes = {(x, y): 10 for x in range(4) for y in range(2)}
    made = ground(4, 2, homes, estates=[[(1, 0), (2, 0)]])
    left = shapely.union_all([grid(1, 0, 0, 2, 1).outline, grid(1, 3, 1, 1, 1).outline])
    right = shapely.difference(made.regions[0].outline, left)
    found = measured(made, [left, right], Weights(), 0.1)
    assert found.split == ("小区0",)
    assert found.whole.broken == 1
    assert found.grids[0].off == pytest.approx(2 * 3 / 8 - 1)
    assert np.isclose(sum(one.homes for one in found.grids), 80)
