"""Splitting, merging, moving and drawing: nothing lost, nothing twice, and refusals that say where."""

import pytest
import shapely

from huying.kernel.errors import Invalid
from huying.places.rules.levels import Level
from huying.places.rules.redrawing import (
    Piece,
    Sheet,
    Step,
    StepKind,
    apply,
    draw,
    merge,
    move,
    read_step,
    split,
)
from huying.places.rules.redrawing import steps as steps_of
from tests.places.conftest import SIDE, SOUTH, WEST, box

PARENT = "990101001001"
A, B, C, D = (f"{PARENT}00{n}" for n in (1, 2, 3, 4))


def at(x, y):
    """A position in units of the streets' side."""
    return (WEST + x * SIDE, SOUTH + y * SIDE)


def quarters():
    """Four grids of about 500 by 500 metres: A south-west, B south-east, C north-west, D north-east."""
    shapes = {A: box(0, 0, 0.25, 0.25), B: box(0.25, 0, 0.25, 0.25)}
    shapes |= {C: box(0, 0.25, 0.25, 0.25), D: box(0.25, 0.25, 0.25, 0.25)}
    pieces = {code: Piece(code, f"第{code[-1]}网格", shape) for code, shape in shapes.items()}
    return Sheet(PARENT, Level.GRID, pieces, frozenset(pieces))


@pytest.fixture
def sheet():
    return quarters()


def surface(sheet):
    return sum(outline.area for outline in sheet.outlines)


def test_a_line_across_cuts_in_two_and_the_larger_keeps_its_code(sheet):
    after = split(sheet, A, [at(-0.1, 0.1), at(0.5, 0.1)], "新网格")
    new = f"{PARENT}005"
    assert set(after.pieces) == {A, B, C, D, new}
    assert (after.pieces[A].name, after.pieces[new].name) == ("第1网格", "新网格")
    assert after.pieces[A].outline.contains(shapely.Point(at(0.1, 0.2)))
    assert after.pieces[new].outline.contains(shapely.Point(at(0.1, 0.05)))
    assert after.pieces[B] == sheet.pieces[B]
    assert surface(after) == pytest.approx(surface(sheet), rel=1e-12)


def test_a_number_once_given_is_not_given_again(sheet):
    kept = Sheet(PARENT, Level.GRID, sheet.pieces, sheet.used | {f"{PARENT}005"})
    assert f"{PARENT}006" in split(kept, A, [at(-0.1, 0.1), at(0.5, 0.1)], "新网格").pieces


def test_ends_a_little_short_of_the_border_reach_it(sheet):
    # About a metre inside.
    inch = 0.0005
    after = split(sheet, A, [at(inch, 0.1), at(0.25 - inch, 0.12)], "新网格")
    assert len(after.pieces) == 5


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ([at(-0.1, 0.1), at(0.1, 0.1)], "线没有画到第1网格的边界：114.00200,22.00200 处离边界还有 206 米"),
        ([at(0.1, 0.1), at(0.1, 0.1)], "至少要 2 个不同的点"),
        ([at(0, 0.0002), at(0.0002, 0)], "线太短"),
        ([at(0.4, 0.4), at(0.45, 0.45)], "没有把第1网格切成两块"),
        ([at(-0.1, 0.0004), at(0.5, 0.0004)], "没有把第1网格切成两块"),
        ([at(-0.1, 0.1), at(0.2, 0.1), at(0.2, 0.2), at(0.1, -0.1)], "自己碰到了自己"),
        ([at(-0.1, 0.1), at(0.3, 0.1), at(0.3, 0.2), at(-0.1, 0.2)], "切成了 3 块"),
        ([(500.0, 22.0), (114.0, 22.0)], "坐标超出"),
    ],
)
def test_a_line_that_does_not_cut_in_two_is_refused_and_says_where(sheet, line, words):
    with pytest.raises(Invalid, match=words):
        split(sheet, A, line, "新网格")


@pytest.mark.parametrize(
    ("name", "words"), [(" ", "起个名称"), ("第2网格", "已经有一个叫"), ("长" * 121, "最多")]
)
def test_a_new_area_needs_a_name_of_its_own(sheet, name, words):
    with pytest.raises(Invalid, match=words):
        split(sheet, A, [at(-0.1, 0.1), at(0.5, 0.1)], name)


def test_what_holds_areas_of_its_own_is_not_cut(sheet):
    full = sheet.with_pieces([Piece(A, "第1网格", sheet.pieces[A].outline, below=3)])
    for edit in (
        lambda: split(full, A, [at(-0.1, 0.1), at(0.5, 0.1)], "新网格"),
        lambda: merge(full, [A, B]),
        lambda: move(full, at(0.25, 0.25), at(0.2, 0.2)),
        lambda: draw(full, [at(0.1, -0.1), at(0.2, -0.1), at(0.2, 0.1), at(0.1, 0.1)], "新网格"),
    ):
        with pytest.raises(Invalid, match="下面还有 3 个区域"):
            edit()


def test_neighbours_become_one_under_the_first_code(sheet):
    after = merge(sheet, [B, A])
    assert set(after.pieces) == {B, C, D}
    assert after.pieces[B].outline.equals(shapely.union(sheet.pieces[A].outline, sheet.pieces[B].outline))
    assert (after.pieces[B].name, A in after.used) == ("第2网格", True)
    assert merge(sheet, [B, A], "第1网格").pieces[B].name == "第1网格"


def test_only_neighbours_become_one(sheet):
    with pytest.raises(Invalid, match="第4网格和其余所选的区域不相邻"):
        merge(sheet, [A, D])
    with pytest.raises(Invalid, match="至少两个"):
        merge(sheet, [A, A])
    with pytest.raises(Invalid, match="没有代码为"):
        merge(sheet, [A, "990101001001099"])


def test_a_ring_around_somebody_else_is_refused():
    around = {
        A: box(0, 0, 0.3, 0.1),
        B: box(0, 0.2, 0.3, 0.1),
        C: box(0, 0.1, 0.1, 0.1),
        D: box(0.2, 0.1, 0.1, 0.1),
    }
    around[f"{PARENT}005"] = box(0.1, 0.1, 0.1, 0.1)
    sheet = Sheet(PARENT, Level.GRID, {code: Piece(code, code, shape) for code, shape in around.items()})
    with pytest.raises(Invalid, match=r"留下空洞（114\.00"):
        merge(sheet, [A, B, C, D])


def test_a_narrow_gap_that_is_nobodys_is_taken_in():
    # Half a metre between the two.
    inch = 0.00025
    shapes = {A: box(0, 0, 0.25, 0.25), B: box(0.25 + inch, 0, 0.25, 0.25)}
    sheet = Sheet(PARENT, Level.GRID, {code: Piece(code, code, shape) for code, shape in shapes.items()})
    whole = merge(sheet, [A, B]).pieces[A].outline
    assert whole.geom_type == "Polygon"
    assert whole.area == pytest.approx(box(0, 0, 0.5 + inch, 0.25).area, rel=1e-9)


def test_a_corner_moves_in_every_area_that_shares_it(sheet):
    after = move(sheet, at(0.2502, 0.2502), at(0.2, 0.22))
    goal = at(0.2, 0.22)
    assert all(goal in outline.exterior.coords[:] for outline in after.outlines)
    assert surface(after) == pytest.approx(surface(sheet), rel=1e-12)


def test_an_open_border_gets_a_corner_where_it_is_taken(sheet):
    after = move(sheet, at(0.25, 0.1), at(0.2, 0.1))
    assert {code for code in after.pieces if after.pieces[code] != sheet.pieces[code]} == {A, B}
    assert after.pieces[B].outline.contains(shapely.Point(at(0.22, 0.1)))


def test_where_three_meet_the_one_without_a_corner_there_moves_too(sheet):
    three = merge(sheet, [A, B])
    assert len(three.pieces[A].outline.exterior.coords) >= 5
    after = move(three, at(0.25, 0.25), at(0.25, 0.2))
    assert surface(after) == pytest.approx(surface(sheet), rel=1e-12)
    assert after.pieces[C].outline.contains(shapely.Point(at(0.24, 0.23)))


def test_a_corner_moved_onto_its_neighbour_is_gone(sheet):
    bent = move(sheet, at(0.25, 0.1), at(0.2, 0.1))
    back = move(bent, at(0.2, 0.1), at(0.25, 0.25))
    assert all(back.pieces[code].outline.equals(sheet.pieces[code].outline) for code in (A, B))


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (at(0.1, 0.1), at(0.2, 0.2), "没有边界可以移动"),
        (at(0, 0), at(0.1, 0.1), "在外边界上"),
        (at(0.25, 0.0), at(0.2, 0.0), "在外边界上"),
        (at(0.25, 0.25), at(0.6, 0.6), "外边界|交叠|碰到"),
        (at(0.25, 0.25), at(-0.1, 0.25), "外边界|交叠|碰到"),
    ],
)
def test_a_move_that_opens_or_overlaps_is_refused(sheet, start, end, words):
    with pytest.raises(Invalid, match=words):
        move(sheet, start, end)


def test_a_new_area_takes_from_all_it_lies_on(sheet):
    after = draw(sheet, [at(0.1, -0.1), at(0.4, -0.1), at(0.4, 0.3), at(0.1, 0.3)], "新网格")
    new = after.pieces[f"{PARENT}005"].outline
    assert new.area == pytest.approx(box(0.1, 0, 0.3, 0.3).area, rel=1e-9)
    assert surface(after) == pytest.approx(surface(sheet), rel=1e-12)


@pytest.mark.parametrize(
    ("ring", "words"),
    [
        ([at(0.1, 0.1), at(0.2, 0.1), at(0.2, 0.2), at(0.1, 0.2)], "第1网格中间会留下空洞"),
        ([at(0, 0), at(0.25, 0), at(0.25, 0.25), at(0, 0.25)], "第1网格会被整个划走"),
        ([at(0.1, -0.1), at(0.15, -0.1), at(0.15, 0.3), at(0.1, 0.3)], "断成 2 块"),
        ([at(2, 2), at(3, 2), at(3, 3)], "没有碰到"),
        ([at(0, 0), at(0.2, 0.2), at(0.2, 0), at(0, 0.2)], "自己碰到了自己"),
        ([at(0, 0), at(0.2, 0.2)], "至少要 3 个"),
    ],
)
def test_a_ring_that_breaks_something_is_refused(sheet, ring, words):
    with pytest.raises(Invalid, match=words):
        draw(sheet, ring, "新网格")


def test_steps_are_kept_and_done_again(sheet):
    steps = [
        Step(StepKind.SPLIT, (A,), (at(-0.1, 0.1), at(0.5, 0.1)), "新网格"),
        Step(StepKind.MOVE, (), (at(0.25, 0.25), at(0.2, 0.22))),
        Step(StepKind.MERGE, (C, D)),
        Step(StepKind.DRAW, (), (at(0.3, -0.1), at(0.6, -0.1), at(0.6, 0.1)), "东南网格"),
    ]
    again = [read_step(step.as_dict()) for step in steps]
    assert again == steps
    assert set(apply(sheet, again).pieces) == {A, B, C, f"{PARENT}005", f"{PARENT}006"}


def test_what_cannot_be_computed_is_refused_in_words(sheet, monkeypatch):
    def fails(*_given):
        raise shapely.errors.GEOSException("TopologyException")

    monkeypatch.setattr(steps_of, "merge", fails)
    with pytest.raises(Invalid, match="请挪开一点再画"):
        apply(sheet, [Step(StepKind.MERGE, (A, B))])


@pytest.mark.parametrize("bad", [{}, {"kind": "erase"}, {"kind": "split", "points": [[0, 0]] * 2001}])
def test_what_is_no_step_is_refused(bad):
    with pytest.raises(Invalid):
        read_step(bad)


@pytest.mark.parametrize(
    "step", [Step(StepKind.SPLIT, (A, B), (at(0, 0), at(1, 1)), "新"), Step(StepKind.MOVE, (), (at(0, 0),))]
)
def test_a_step_without_what_it_needs_is_refused(sheet, step):
    with pytest.raises(Invalid):
        apply(sheet, [step])
