"""Levels of areas, kinds of places, and what an area's code says.

A code is digits as a string: 4 city, 6 district, 9 street, 12 community, 15 grid (the grid code of
GB/T 30428: 6 county + 3 street + 3 community + 3 serial). A code begins with its parent's code, so a
scope is a prefix and no tree has to be walked.
"""

from collections.abc import Iterable
from typing import Final

from huying.kernel.terms import Term


class Level(Term):
    """How large an area is, from the city down to the grid."""

    CITY = "city", "市"
    DISTRICT = "district", "区"
    STREET = "street", "街道"
    COMMUNITY = "community", "社区"
    GRID = "grid", "网格"


class PlaceKind(Term):
    """What a named place is; it decides how exactly its name says where."""

    ROAD = "road", "道路"
    CROSSING = "crossing", "路口"
    ESTATE = "estate", "小区"
    BUILDING = "building", "楼栋"
    LANDMARK = "landmark", "地标"
    POI = "poi", "兴趣点"
    RIVER = "river", "河流"
    WATER = "water", "水域"


DIGITS: Final = {Level.CITY: 4, Level.DISTRICT: 6, Level.STREET: 9, Level.COMMUNITY: 12, Level.GRID: 15}
LEVELS: Final = tuple(Level)
_BY_LENGTH: Final = {length: level for level, length in DIGITS.items()}


def level_of(code: str) -> Level:
    """The level a code's length says; ValueError when it is no area code."""
    if not code.isdigit() or len(code) not in _BY_LENGTH:
        raise ValueError(f"no area code: {code!r}")
    return _BY_LENGTH[len(code)]


def parent_level(level: Level) -> Level | None:
    """The level above; None above the city."""
    place = LEVELS.index(level)
    return LEVELS[place - 1] if place else None


def parent_code(code: str) -> str:
    """The code of the area that contains this one; empty above the city."""
    above = parent_level(level_of(code))
    return code[: DIGITS[above]] if above else ""


def path_codes(code: str) -> list[str]:
    """The codes from the district down to this one, itself included; the city is left out."""
    return [code[:length] for length in (6, 9, 12, 15) if length <= len(code)]


def within(code: str, scope: str) -> bool:
    """Whether an area lies in a scope; the empty scope is everywhere."""
    return code.startswith(scope)


def next_code(parent: str, level: Level, taken: Iterable[str]) -> str:
    """The lowest free code of ``level`` under ``parent``, counted from 001.

    ValueError when the parent is not of the level above, or all 999 are taken.
    """
    if DIGITS.get(level) != len(parent) + 3:
        raise ValueError(f"{level} is not the level below {parent!r}")
    used = set(taken)
    for serial in range(1, 1000):
        code = f"{parent}{serial:03d}"
        if code not in used:
            return code
    raise ValueError(f"no free code under {parent!r}")
