"""Joining neighbours into one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.places.rules.redrawing.checking import check, holes
from huying.places.rules.redrawing.sheet import Measure, Sheet
from huying.places.rules.redrawing.snapping import REACH, seamed

_ROUNDING: Final = 1e-3  # square metres that going to metres and back may make


def merge(sheet: Sheet, codes: Sequence[str], name: str = "") -> Sheet:
    """The areas as one, under the code of the first; the others end. ``name`` "" keeps the first one's name.

    Gaps up to 2 m wide between them, which belong to nobody, are taken in. Raises Invalid when fewer than two
    are named, one does not touch the others, or the ring they form leaves a hole.
    """
    wanted = list(dict.fromkeys(codes))
    if len(wanted) < 2:
        raise Invalid("请选至少两个相邻的区域再合并。")
    pieces = [sheet.free(code) for code in wanted]
    first = pieces[0]
    gone = sheet.with_pieces([], wanted)
    called = gone.name_for(name) if name.strip() else first.name
    measure = Measure.around([piece.outline for piece in pieces])
    outlines = [first.outline]
    for piece in pieces[1:]:
        outlines.append(seamed(piece.outline, outlines, measure))
    # The other way round too: where three meet, an earlier one may lack the corner of a later one.
    outlines = [seamed(one, [other for other in outlines if other is not one], measure) for one in outlines]
    others = [piece.outline for piece in gone.pieces.values()]
    whole = shapely.union_all(outlines)
    filled = 0.0
    if _torn(whole, outlines):
        closed = _closed(whole, others, measure)
        filled, whole = float(closed.area - whole.area), closed
    parts = [len(shapely.get_parts(outline)) for outline in outlines]
    if len(shapely.get_parts(whole)) > sum(parts) - len(parts) + 1:
        lone = [piece for piece, one in zip(pieces, outlines, strict=True) if not _touches(one, outlines)]
        away = (lone or pieces)[-1]
        raise Invalid(said("%(name)s和其余所选的区域不相邻，不能合并。", name=away.name))
    after = gone.with_pieces([replace(first, name=called, outline=whole)])
    check(sheet, after, measure, {first.code}, filled)
    return after


def _touches(outline: BaseGeometry, outlines: list[BaseGeometry]) -> bool:
    others = [other for other in outlines if other is not outline]
    return any(shapely.intersection(outline.boundary, other.boundary).length > 0 for other in others)


def _torn(whole: BaseGeometry, outlines: list[BaseGeometry]) -> bool:
    return len(shapely.get_parts(whole)) > 1 or holes(whole) > sum(holes(one) for one in outlines)


def _closed(whole: BaseGeometry, others: list[BaseGeometry], measure: Measure) -> BaseGeometry:
    """The shape with narrow gaps taken in, of the ground that is nobody's."""
    plane = measure.plane
    flat = measure.flat(whole)
    near = shapely.buffer(shapely.buffer(flat, REACH / 2, join_style="mitre"), -REACH / 2, join_style="mitre")
    back = shapely.transform(near, lambda p: np.column_stack(plane.unflatten(p[:, 0], p[:, 1])))
    # All of it, not the gaps alone, is taken back to degrees: cut there, gaps fit their neighbours exactly.
    free = shapely.difference(shapely.make_valid(back), shapely.union_all([whole, *others]))
    joints = [part for part in shapely.get_parts(free) if measure.surface(part) > _ROUNDING]
    return shapely.union_all([whole, *joints])
