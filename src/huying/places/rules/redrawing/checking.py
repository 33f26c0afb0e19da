"""What an edit must leave: whole shapes wide enough to stand in, the same ground, nothing twice."""

from collections.abc import Collection
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.places.rules.redrawing.sheet import Measure, Piece, Sheet
from huying.places.rules.redrawing.snapping import REACH, where

SMALLEST: Final = 100.0  # square metres
NARROWEST: Final = 2 * REACH  # metres
EXACT: Final = 1e-9  # of the ground


def check(
    before: Sheet, after: Sheet, measure: Measure, touched: Collection[str], filled: float = 0.0
) -> None:
    """Refuse (Invalid) what is broken, too small, holed, or takes or leaves ground.

    ``filled`` is the ground in square degrees that lay between areas and was taken in on purpose.
    """
    for code in sorted(touched):
        if code in after.pieces:
            _whole(after.pieces[code], before.pieces.get(code), measure)
    old, new = before.outlines, after.outlines
    ground, kept = shapely.union_all(old), shapely.union_all(new)
    slack = EXACT * float(ground.area)
    changed = shapely.symmetric_difference(ground, kept)
    if float(changed.area) > slack + filled:
        raise Invalid(
            said("这样会改到外边界（%(where)s 附近）。外边界要在上一级里改。", where=_middle(changed))
        )
    if _twice(new, kept) > _twice(old, ground) + slack:
        raise Invalid(
            said("这样边界会互相交叠（%(where)s 附近）。", where=_middle(_overlap(after, touched) or kept))
        )


def _whole(piece: Piece, old: Piece | None, measure: Measure) -> None:
    outline = piece.outline
    if not shapely.is_valid(outline):
        reason = str(shapely.is_valid_reason(outline))
        spot = reason.partition("[")[2].rstrip("]").replace(" ", ",") or _middle(outline)
        raise Invalid(
            said("%(name)s的边界自己碰到了自己（%(where)s 附近）。", name=piece.name, where=_rounded(spot))
        )
    parts = shapely.get_parts(outline)
    if len(parts) > (max(1, len(shapely.get_parts(old.outline))) if old else 1):
        raise Invalid(
            said(
                "%(name)s会断成 %(n)s 块（%(where)s 附近）。",
                name=piece.name,
                n=len(parts),
                where=_middle(min(parts, key=_area)),
            )
        )
    if holes(outline) > (holes(old.outline) if old else 0):
        raise Invalid(
            said(
                "%(name)s中间会留下空洞（%(where)s 附近）。请画到边界，或把中间的一起并进来。",
                name=piece.name,
                where=_middle(_hole(outline)),
            )
        )
    if measure.surface(outline) < SMALLEST or measure.width(outline) < NARROWEST:
        raise Invalid(
            said(
                "%(name)s太小或太窄（%(where)s 附近）：至少 100 平方米、4 米宽。",
                name=piece.name,
                where=_middle(outline),
            )
        )


def holes(outline: BaseGeometry) -> int:
    """How many holes an outline has."""
    return sum(len(part.interiors) for part in shapely.get_parts(outline))


def _hole(outline: BaseGeometry) -> BaseGeometry:
    rings = [ring for part in shapely.get_parts(outline) for ring in part.interiors]
    return max((shapely.Polygon(ring) for ring in rings), key=_area)


def _twice(outlines: list[BaseGeometry], union: BaseGeometry) -> float:
    return sum(float(one.area) for one in outlines) - float(union.area)


def _overlap(after: Sheet, touched: Collection[str]) -> BaseGeometry | None:
    found = [
        shapely.intersection(after.pieces[code].outline, other.outline)
        for code in touched
        if code in after.pieces
        for other in after.pieces.values()
        if other.code != code
    ]
    return max(found, key=_area, default=None)


def _area(shape: BaseGeometry) -> float:
    return float(shape.area)


def _middle(shape: BaseGeometry) -> str:
    point = shapely.point_on_surface(max(shapely.get_parts(shape), key=_area))
    return where((float(point.x), float(point.y)))


def _rounded(text: str) -> str:
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError:
        return text
    return where((lon, lat))
