"""Whatever is drawn in whatever order, the ground stays whole and every point has exactly one area."""

import random

import numpy as np
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from huying.kernel.errors import Invalid
from huying.places.rules.redrawing import draw, merge, move, split
from tests.places.conftest import SIDE, SOUTH, WEST
from tests.places.test_redrawing import at, quarters

EXACT = 1e-9


def sound(before, after):
    ground = shapely.box(WEST, SOUTH, WEST + 0.5 * SIDE, SOUTH + 0.5 * SIDE)
    outlines = after.outlines
    assert all(outline.is_valid and outline.geom_type == "Polygon" for outline in outlines)
    assert abs(sum(outline.area for outline in outlines) - ground.area) < EXACT * ground.area
    assert shapely.symmetric_difference(after.ground, ground).area < EXACT * ground.area
    overlaps = [
        shapely.intersection(one, other).area
        for place, one in enumerate(outlines)
        for other in outlines[place + 1 :]
    ]
    assert sum(overlaps) < EXACT * ground.area
    # Away from every border by more than rounding, a point lies in exactly one.
    dice = np.random.default_rng(len(after.used))
    spots = shapely.points(dice.uniform(0, 0.5, 200) * SIDE + WEST, dice.uniform(0, 0.5, 200) * SIDE + SOUTH)
    edges = shapely.union_all([outline.boundary for outline in outlines])
    inner = spots[shapely.distance(edges, spots) > 1e-12]
    held = sum(shapely.contains(outline, inner).astype(int) for outline in outlines)
    assert (held == 1).all()
    assert before.used <= after.used


def spot(dice, reach=0.1):
    return at(dice.uniform(-reach, 0.5 + reach), dice.uniform(-reach, 0.5 + reach))


def edited(sheet, dice, number):
    """One edit at random; mostly refused ones are drawn again by the caller."""
    codes = sorted(sheet.pieces)
    kind = dice.choice(["split", "split", "merge", "move", "move", "draw"])
    if kind == "split":
        return split(
            sheet, dice.choice(codes), [spot(dice) for _ in range(dice.choice([2, 2, 3]))], f"新{number}"
        )
    if kind == "merge":
        return merge(sheet, dice.sample(codes, min(len(codes), dice.choice([2, 2, 3]))))
    if kind == "move":
        corners = shapely.get_coordinates(sheet.pieces[dice.choice(codes)].outline)
        start = tuple(corners[dice.randrange(len(corners))])
        near = (start[0] + dice.gauss(0, 0.03) * SIDE, start[1] + dice.gauss(0, 0.03) * SIDE)
        return move(sheet, start, near)
    return draw(sheet, [spot(dice) for _ in range(dice.choice([3, 4]))], f"新{number}")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32))
@example(185163788)
def test_any_sequence_of_edits_keeps_the_ground(seed):
    dice, sheet, done = random.Random(seed), quarters(), 0
    for number in range(60):
        try:
            after = edited(sheet, dice, number)
        except Invalid:
            continue
        sound(sheet, after)
        sheet, done = after, done + 1
    assert done


@st.composite
def lines_across(draw, column, row):
    """A line from side to side through one quarter, wandering but never turning back."""
    along = [-0.2, *sorted(draw(st.lists(st.floats(0.05, 0.95), max_size=3, unique=True))), 1.2]
    aside = [draw(st.floats(0.1, 0.9)) for _ in along]
    upright = draw(st.booleans())
    pairs = [(b, a) if upright else (a, b) for a, b in zip(along, aside, strict=True)]
    return [at((column + x) * 0.25, (row + y) * 0.25) for x, y in pairs]


@st.composite
def cuts(draw):
    which = draw(st.sampled_from([0, 1, 2, 3]))
    return which, draw(lines_across(which % 2, which // 2))


@settings(max_examples=150, deadline=None)
@given(cuts())
def test_a_split_keeps_the_ground_and_a_merge_takes_it_back(cut):
    which, line = cut
    sheet = quarters()
    code = sorted(sheet.pieces)[which]
    after = split(sheet, code, line, "新网格")
    sound(sheet, after)
    new = (set(after.pieces) - set(sheet.pieces)).pop()
    back = merge(after, [code, new])
    sound(sheet, back)
    area = sheet.pieces[code].outline
    assert shapely.symmetric_difference(back.pieces[code].outline, area).area < EXACT * area.area
