"""A guess where something is, and the signs in a text that refine one."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from huying.geo.measure import compass_bearing, moved
from huying.places.rules.levels import PlaceKind
from huying.places.rules.names import NUMERAL, number

# How sure a name of this kind alone makes of the area, and to how many metres it says where. A little less than a made
# district shows: a real gazetteer never holds every name.
SURE: Final = {
    PlaceKind.BUILDING: (0.97, 30.0),
    PlaceKind.CROSSING: (0.96, 40.0),
    PlaceKind.ESTATE: (0.94, 150.0),
    PlaceKind.LANDMARK: (0.92, 120.0),
    PlaceKind.POI: (0.92, 60.0),
    PlaceKind.ROAD: (0.45, 1500.0),
    PlaceKind.RIVER: (0.35, 2000.0),
    PlaceKind.WATER: (0.50, 500.0),
}

_COMPASS: Final = r"东北|东南|西北|西南|东|南|西|北"
_OFFSET: Final = re.compile(
    rf"^.{{0,4}}?(?:往|向|朝|以)?(?P<way>{_COMPASS})(?:侧|边|面|方向|走|行|约|大概|大约|的){{0,3}}"
    rf"(?P<far>{NUMERAL})(?:多|来|几|余)?(?P<unit>米|m|公里|千米|km)"
)
_HOUSE: Final = re.compile(rf"^(?P<house>{NUMERAL})(?:号|弄)(?!线)")
_BUILDING: Final = re.compile(rf"^.{{0,2}}?(?P<house>{NUMERAL})(?:号楼|号院|栋|幢|座|号)")
_HOME: Final = re.compile(r"(?:我家?住|家住|本人住|我家在?|住在)在?.{0,6}$")
_UNITS: Final = {"米": 1.0, "m": 1.0, "公里": 1000.0, "千米": 1000.0, "km": 1000.0}
_FARTHEST: Final = 3000.0  # metres; a longer displacement is no longer an address


@dataclass(frozen=True, slots=True)
class Guess:
    """Where a text may mean. Position in CGCS2000 degrees.

    ``area`` is the code of the finest area the words bear out, empty outside the district. ``confidence``
    is how likely the matter lies in it, from 0 to 1; ``metres`` how exactly the position is known.
    ``because`` holds the words that decided, in the order of the text, names as the gazetteer has them.
    """

    lon: float
    lat: float
    area: str
    confidence: float
    metres: float
    because: tuple[str, ...] = field(default=())
    name: str = ""


def house_after(text: str, at: int) -> tuple[int, int] | None:
    """The house number that follows at a position, and where it ends: 12号, 十二号."""
    return _numbered(_HOUSE, text, at)


def building_after(text: str, at: int) -> tuple[int, int] | None:
    """The building number that follows at a position, and where it ends: 3栋, 三号楼, 5座."""
    return _numbered(_BUILDING, text, at)


def _numbered(pattern: re.Pattern[str], text: str, at: int) -> tuple[int, int] | None:
    found = pattern.match(text[at : at + 12])
    house = number(found["house"]) if found else None
    return (house, at + found.end()) if found and house is not None else None


def moved_by_words(guess: Guess, text: str, at: int) -> Guess:
    """The guess displaced by words such as 东50米 or 往北约一百米 that follow at a position."""
    found = _OFFSET.match(text[at : at + 24])
    metres = (number(found["far"]) or 0) * _UNITS[found["unit"]] if found else 0.0
    if found is None or not 0 < metres <= _FARTHEST:
        return guess
    lon, lat = moved(guess.lon, guess.lat, compass_bearing(found["way"]), metres)
    said = f"{found['way']}{found['far']}{found['unit']}"
    # People estimate distances to about a third, and the error adds to that of the place itself.
    return replace(
        guess,
        lon=lon,
        lat=lat,
        metres=guess.metres + metres / 3.0,
        confidence=guess.confidence * 0.95,
        because=(*guess.because, said),
    )


def is_home(text: str, start: int) -> bool:
    """Whether the words before a name say that the writer lives there, not that it happened there."""
    return _HOME.search(text[max(0, start - 12) : start]) is not None
