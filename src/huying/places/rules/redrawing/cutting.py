"""Cutting: one area in two by a line, or a new area out of one or several."""

from collections.abc import Sequence
from dataclasses import replace

import shapely
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.places.rules.redrawing.checking import NARROWEST, SMALLEST, check
from huying.places.rules.redrawing.sheet import Measure, Piece, Sheet
from huying.places.rules.redrawing.snapping import Pair, checked, drawn_to, pinned, where


def split(sheet: Sheet, code: str, line: Sequence[Pair], name: str) -> Sheet:
    """The area cut in two along a line in degrees; the larger keeps code and name, the other is new.

    The line may run on beyond the border; its ends may fall 2 m short of it. Raises Invalid, saying where,
    when it does not cut the area in exactly two.
    """
    piece = sheet.free(code)
    wanted = sheet.name_for(name)
    measure = Measure.around([piece.outline])
    outline, path = _fitted(piece.outline, checked(line, 2), measure)
    if len(path) < 2:
        raise Invalid(said("画的线太短（%(where)s 附近），请从边界画到边界。", where=where(path[0])))
    if not LineString(path).is_simple:
        raise Invalid("这条线自己碰到了自己，请画一条不打结的线。")
    faces = _faces([outline], LineString(path))
    halves = _settled([face for face in faces if _inside(face, outline)], measure)
    parts = len(shapely.get_parts(outline))
    if len(halves) <= parts:
        raise _not_through(piece, path, measure)
    if len(halves) > parts + 1:
        raise Invalid(
            said(
                "这条线把%(name)s切成了 %(n)s 块；一次只切成两块，请画短一些。",
                name=piece.name,
                n=len(halves) - parts + 1,
            )
        )
    new = min((half for half in halves if _is_new(half, outline)), key=lambda half: float(half.area))
    rest = shapely.union_all([half for half in halves if half is not new])
    cut = Piece(sheet.next_code(), wanted, new)
    after = sheet.with_pieces([replace(piece, outline=rest), cut])
    check(sheet, after, measure, {code, cut.code})
    return after


def draw(sheet: Sheet, ring: Sequence[Pair], name: str) -> Sheet:
    """A new area along a ring in degrees (closed or not), taken from the areas it lies on.

    Corners within 2 m of a border mean the border. What reaches beyond the outer border is left away. Raises
    Invalid, saying where, when an area would be swallowed whole, broken or left with a hole.
    """
    wanted = sheet.name_for(name)
    corners = checked(ring, 3)
    measure = Measure.around(sheet.outlines)
    pins = [drawn_to(pair, sheet.outlines, measure) for pair in corners]
    shape = shapely.Polygon([*pins, pins[0]])
    if not shape.is_valid or not shape.area:
        raise Invalid("画的一圈自己碰到了自己，请画一个不打结的圈。")
    given: dict[str, BaseGeometry] = {}
    for code, piece in sheet.pieces.items():
        if shapely.intersects(piece.outline, shape):
            outline = piece.outline
            for pair in pins:
                outline = pinned(outline, pair, measure)
            given[code] = outline
    taken, left = _shared_out(given, shape, measure)
    if not taken:
        raise Invalid("画的一圈没有碰到这里的任何区域，或者太小。")
    new = Piece(
        sheet.next_code(), wanted, shapely.union_all([face for faces in taken.values() for face in faces])
    )
    for code in taken:
        if sheet.free(code) and code not in left:
            raise Invalid(said("%(name)s会被整个划走；整个区域请用合并。", name=sheet.piece(code).name))
    kept = [replace(sheet.piece(code), outline=shapely.union_all(left[code])) for code in taken]
    after = sheet.with_pieces([*kept, new])
    check(sheet, after, measure, {new.code, *taken})
    return after


def _shared_out(
    given: dict[str, BaseGeometry], shape: BaseGeometry, measure: Measure
) -> tuple[dict[str, list[BaseGeometry]], dict[str, list[BaseGeometry]]]:
    """By code the faces the new area takes, and those that stay; slivers stay or go with their neighbour."""
    taken: dict[str, list[BaseGeometry]] = {}
    left: dict[str, list[BaseGeometry]] = {}
    faces = _faces(list(given.values()), shape.boundary)
    for code, outline in given.items():
        own = [face for face in faces if _inside(face, outline)]
        # Each face belongs to one area, also where the drawing overlapped before.
        faces = [face for face in faces if not any(face is one for one in own)]
        for face in _settled(own, measure):
            (taken if _inside(face, shape) else left).setdefault(code, []).append(face)
    return taken, left


def _fitted(outline: BaseGeometry, line: list[Pair], measure: Measure) -> tuple[BaseGeometry, list[Pair]]:
    path = [drawn_to(pair, [outline], measure) for pair in line]
    for pair in path:
        outline = pinned(outline, pair, measure)
    return outline, [pair for place, pair in enumerate(path) if place == 0 or pair != path[place - 1]]


def _faces(outlines: list[BaseGeometry], line: BaseGeometry) -> list[BaseGeometry]:
    """The ground in pieces that no border and no line crosses."""
    borders = [outline.boundary for outline in outlines]
    edges = shapely.get_parts(shapely.union_all([*borders, line]))
    return list(shapely.get_parts(shapely.polygonize(edges)))


def _inside(face: BaseGeometry, outline: BaseGeometry) -> bool:
    return bool(shapely.intersects(outline, shapely.point_on_surface(face)))


def _settled(faces: list[BaseGeometry], measure: Measure) -> list[BaseGeometry]:
    """Faces with every sliver given to the neighbour it shares the longest border with."""
    sound = [face for face in faces if not _sliver(face, measure)]
    for sliver in (face for face in faces if _sliver(face, measure)):
        if not sound:
            return faces
        borders = [float(shapely.intersection(sliver.boundary, face.boundary).length) for face in sound]
        best = max(range(len(sound)), key=borders.__getitem__)
        if borders[best]:
            sound[best] = shapely.union_all([sound[best], sliver])
        else:
            sound.append(sliver)
    return sound


def _sliver(face: BaseGeometry, measure: Measure) -> bool:
    return measure.surface(face) < SMALLEST or measure.width(face) < NARROWEST


def _is_new(half: BaseGeometry, outline: BaseGeometry) -> bool:
    """Whether a face came from a part that was cut, not a part the line never met."""
    return not any(shapely.equals(half, part) for part in shapely.get_parts(outline))


def _not_through(piece: Piece, path: list[Pair], measure: Measure) -> Invalid:
    ends = [pair for pair in (path[0], path[-1]) if shapely.contains(piece.outline, Point(pair))]
    if ends:
        edge = measure.flat(piece.outline.boundary)
        short = {pair: float(shapely.distance(edge, measure.flat(Point(pair)))) for pair in ends}
        pair = max(ends, key=short.__getitem__)
        if short[pair] > 1.0:
            return Invalid(
                said(
                    "线没有画到%(name)s的边界：%(where)s 处离边界还有 %(far)s 米。",
                    name=piece.name,
                    where=where(pair),
                    far=round(short[pair]),
                )
            )
    return Invalid(
        said(
            "这条线没有把%(name)s切成两块，切下来的至少要 100 平方米、4 米宽（%(where)s 附近）。",
            name=piece.name,
            where=where(path[len(path) // 2]),
        )
    )
