"""The areas below one parent while they are being redrawn, and the codes that may still be given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from huying.geo.measure import METRES_PER_DEGREE, Plane
from huying.geo.shapes import centre
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.places.rules.levels import Level, next_code

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Piece:
    """One area of the sheet. ``outline`` is in CGCS2000 degrees; ``below`` counts the areas within it."""

    code: str
    name: str
    outline: BaseGeometry
    below: int = 0


@dataclass(frozen=True)
class Sheet:
    """The areas of ``level`` below ``parent`` by code. ``used`` are all codes ever given there, in force or not."""

    parent: str
    level: Level
    pieces: Mapping[str, Piece]
    used: frozenset[str] = field(default_factory=frozenset)

    def piece(self, code: str) -> Piece:
        """One area; Invalid when it is not on the sheet."""
        if code not in self.pieces:
            raise Invalid(said("图上没有代码为 %(code)s 的区域，可能已经并掉了。", code=code))
        return self.pieces[code]

    def free(self, code: str) -> Piece:
        """One area that may be cut or ended: with areas below it would leave them without a parent's code."""
        found = self.piece(code)
        if found.below:
            raise Invalid(
                said(
                    "%(name)s下面还有 %(n)s 个区域，代码都随着它；请先在下一级改好。",
                    name=found.name,
                    n=found.below,
                )
            )
        return found

    def with_pieces(self, changed: Iterable[Piece], ended: Iterable[str] = ()) -> "Sheet":
        """The sheet with some areas in a new shape or new, and some gone."""
        gone = set(ended)
        pieces = {code: piece for code, piece in self.pieces.items() if code not in gone}
        pieces |= {piece.code: piece for piece in changed}
        return replace(self, pieces=pieces, used=self.used | set(pieces) | gone)

    def next_code(self) -> str:
        """The code the next new area is given: the parent's and the lowest number never used."""
        try:
            return next_code(self.parent, self.level, self.used | set(self.pieces))
        except ValueError as error:
            raise Invalid("上级区域下的编号已经用完。") from error

    def name_for(self, name: str) -> str:
        """A name for a new area, trimmed; Invalid when it is empty, too long or borne by another one here."""
        wanted = " ".join(name.split())
        if not wanted:
            raise Invalid("请给新的区域起个名称。", fields={"name": "请给新的区域起个名称。"})
        if len(wanted) > LONGEST_NAME:
            raise Invalid(said("名称最多 %(most)s 字。", most=LONGEST_NAME))
        if any(piece.name == wanted for piece in self.pieces.values()):
            raise Invalid(said("这里已经有一个叫“%(name)s”的区域，请换个名称。", name=wanted))
        return wanted

    @property
    def outlines(self) -> list[BaseGeometry]:
        """Every outline, in the order of the codes."""
        return [self.pieces[code].outline for code in sorted(self.pieces)]

    @property
    def ground(self) -> BaseGeometry:
        """What the areas enclose together."""
        return shapely.union_all(self.outlines)


@dataclass(frozen=True)
class Measure:
    """Metres around one place. Shapes stay in degrees, so that corners nobody touched stay to the last digit."""

    plane: Plane

    @classmethod
    def around(cls, outlines: Iterable[BaseGeometry]) -> "Measure":
        return cls(Plane(*centre(outlines)))

    def flat(self, geometry: BaseGeometry) -> BaseGeometry:
        """The shape in metres, for measuring alone."""
        plane = self.plane
        return shapely.transform(geometry, lambda p: np.column_stack(plane.flatten(p[:, 0], p[:, 1])))

    def surface(self, geometry: BaseGeometry) -> float:
        """Square metres."""
        return float(geometry.area) * self.plane.across * METRES_PER_DEGREE

    def width(self, geometry: BaseGeometry) -> float:
        """The diameter in metres of the largest circle that fits in."""
        flat = self.flat(geometry)
        parts = shapely.get_parts(flat)
        return max(
            (2 * float(shapely.maximum_inscribed_circle(part, tolerance=0.1).length) for part in parts),
            default=0.0,
        )
