"""Moving a border: whatever meets at a corner moves with it, so that nothing opens and nothing overlaps."""

from collections.abc import Sequence
from dataclasses import replace

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.places.rules.redrawing.checking import check
from huying.places.rules.redrawing.sheet import Measure, Sheet
from huying.places.rules.redrawing.snapping import (
    REACH,
    SAME,
    Pair,
    checked,
    corners_along,
    nearest_corner,
    pinned,
    span,
    where,
    with_rings,
)


def move(sheet: Sheet, start: Pair, end: Pair) -> Sheet:
    """The corner at ``start`` moved to ``end``, in all areas that share it; on an open border a corner is made.

    Positions are degrees. An end within 2 m of another corner means that corner, so corners can be taken out.
    Raises Invalid when no border is there, it is the outer border, or areas would cross.
    """
    (start, *_), (end, *_) = checked([start], 1), checked([end], 1)
    outlines = sheet.outlines
    measure = Measure.around(outlines)
    held = _held(start, outlines, measure)
    if not any(_near(outline, held, measure, REACH) for outline in outlines):
        raise Invalid(said("%(where)s 处没有边界可以移动。", where=where(start)))
    if _near(sheet.ground, held, measure, SAME):
        raise Invalid(said("%(where)s 在外边界上。外边界要在上一级里改。", where=where(held)))
    goal = nearest_corner(end, outlines, measure)
    if goal is None or goal == held or span(goal, end, measure) > REACH:
        goal = end
    changed = {}
    for code, piece in sheet.pieces.items():
        if _near(piece.outline, held, measure, REACH):
            sheet.free(code)
            changed[code] = replace(piece, outline=_moved(sheet, code, held, goal, measure))
    after = sheet.with_pieces(changed.values())
    check(sheet, after, measure, set(changed))
    return after


def _held(start: Pair, outlines: Sequence[BaseGeometry], measure: Measure) -> Pair:
    corner = nearest_corner(start, outlines, measure)
    return corner if corner is not None and span(corner, start, measure) <= REACH else start


def _near(outline: BaseGeometry, pair: Pair, measure: Measure, reach: float) -> bool:
    spot = measure.flat(Point(pair))
    return float(shapely.distance(measure.flat(outline.boundary), spot)) <= reach


def _moved(sheet: Sheet, code: str, held: Pair, goal: Pair, measure: Measure) -> BaseGeometry:
    """One outline with the corner moved; first it gets the corners its neighbours have on its border."""
    outline = sheet.pieces[code].outline
    others = [piece.outline for piece in sheet.pieces.values() if piece.code != code]
    for corner in corners_along(outline, others, measure, SAME):
        outline = pinned(outline, corner, measure)
    outline = pinned(outline, held, measure, REACH)

    def change(ring: list[Pair]) -> list[Pair]:
        corners = [goal if span(corner, held, measure) <= SAME else corner for corner in ring[:-1]]
        kept = [corner for place, corner in enumerate(corners) if corner != corners[place - 1]]
        if len(set(kept)) < 3:
            raise Invalid(
                said(
                    "移到 %(where)s 会让%(name)s没有地方了。", where=where(goal), name=sheet.pieces[code].name
                )
            )
        return [*kept, kept[0]]

    return with_rings(outline, change)
