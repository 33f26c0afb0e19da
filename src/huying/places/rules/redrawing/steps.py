"""An edit as it is kept: what is to be done, in numbers and codes, so that it can be done again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shapely.errors import GEOSException

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.kernel.terms import Term
from huying.places.rules.redrawing.cutting import draw, split
from huying.places.rules.redrawing.joining import merge
from huying.places.rules.redrawing.moving import move
from huying.places.rules.redrawing.sheet import Sheet
from huying.places.rules.redrawing.snapping import Pair
from huying.places.rules.redrawing.typing import MOST_POINTS


class StepKind(Term):
    """What is done to the areas of a sheet."""

    SPLIT = "split", "拆分"
    MERGE = "merge", "合并"
    MOVE = "move", "移动边界"
    DRAW = "draw", "划出新区域"


@dataclass(frozen=True, slots=True)
class Step:
    """One edit. ``points`` are degrees: the line of a split, the ring of a new area, from and to of a move."""

    kind: StepKind
    codes: tuple[str, ...] = ()
    points: tuple[Pair, ...] = ()
    name: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For keeping as JSON; ``read_step`` reads it back."""
        points = [list(pair) for pair in self.points]
        return {"kind": self.kind.value, "codes": list(self.codes), "points": points, "name": self.name}


def read_step(said_so: Mapping[str, Any]) -> Step:
    """A step from what was kept or sent; Invalid when it is none."""
    kind, codes, points = said_so.get("kind"), said_so.get("codes", ()), said_so.get("points", ())
    if kind not in set(StepKind):
        raise Invalid("请选要做什么：拆分、合并、移动边界或划出新区域。")
    if len(points) > MOST_POINTS:
        raise Invalid(said("画的点太多，最多 %(most)s 个。", most=MOST_POINTS))
    pairs = tuple((float(lon), float(lat)) for lon, lat in points)
    return Step(StepKind(kind), tuple(str(code) for code in codes), pairs, str(said_so.get("name", "")))


def apply(sheet: Sheet, steps: Sequence[Step]) -> Sheet:
    """The sheet after all the steps; Invalid from the first that cannot be done."""
    for step in steps:
        try:
            sheet = _one(sheet, step)
        except GEOSException as error:
            raise Invalid("这样画，边界算不清楚（几条线几乎叠在一起）。请挪开一点再画。") from error
    return sheet


def _one(sheet: Sheet, step: Step) -> Sheet:
    if step.kind is StepKind.SPLIT:
        if len(step.codes) != 1:
            raise Invalid("拆分一次选一个区域。")
        return split(sheet, step.codes[0], step.points, step.name)
    if step.kind is StepKind.MERGE:
        return merge(sheet, step.codes, step.name)
    if step.kind is StepKind.DRAW:
        return draw(sheet, step.points, step.name)
    if len(step.points) != 2:
        raise Invalid("移动边界要两个点：从哪里，到哪里。")
    return move(sheet, step.points[0], step.points[1])
