"""Positions as people type or paste them: one "longitude,latitude" a line, or GeoJSON."""

import json
import re
from typing import Any, Final

from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.places.rules.redrawing.snapping import Pair

MOST_POINTS: Final = 2000
_PAIR: Final = re.compile(r"\s*(-?\d{1,3}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*")


def read_points(text: str) -> tuple[Pair, ...]:
    """The positions of a text in degrees, in their order; of GeoJSON the corners of its first line or ring.

    Between positions stands a new line or a semicolon. Raises Invalid, naming the line that cannot be read.
    """
    typed = text.strip()
    if typed.startswith(("{", "[")):
        return _limited(_of_geojson(typed))
    lines = [line for line in re.split(r"[;；\n]", typed) if line.strip()]
    pairs = []
    for number, line in enumerate(lines, 1):
        found = _PAIR.fullmatch(line)
        if found is None:
            wrong = said("第 %(n)s 行读不出坐标，请写成“经度,纬度”，例如 114.30120,22.70150。", n=number)
            raise Invalid(wrong, fields={"points": wrong})
        pairs.append((float(found[1]), float(found[2])))
    return _limited(pairs)


def _of_geojson(text: str) -> list[Pair]:
    try:
        corners = _corners(json.loads(text))
        return [(float(corner[0]), float(corner[1])) for corner in corners]
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
        raise Invalid("粘贴的 GeoJSON 读不出来，请检查是否完整。") from error


def _corners(given: Any) -> Any:
    """Down through collections, features and parts to the first list of positions."""
    while isinstance(given, dict):
        given = given.get("coordinates") or given.get("geometry") or (given.get("features") or [None])[0]
    while isinstance(given[0][0], list):
        given = given[0]
    return given


def _limited(pairs: list[Pair]) -> tuple[Pair, ...]:
    if len(pairs) > MOST_POINTS:
        raise Invalid(said("画的点太多，最多 %(most)s 个。", most=MOST_POINTS))
    return tuple(pairs)
