"""How likely it is that two calls are about one and the same matter.

Four likenesses between 0 and 1, each the same from both sides, are put into a logistic sum; its numbers were fitted on
pairs of calls as the demonstration district's residents make them (docs/benchmarks.md). Every likeness of a call
with itself is the highest that it can have with any call, so nothing is more like a call than the call itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp
from typing import Final

from huying.geo.measure import distance
from huying.loop.allocate.rules.sameness.wording import NOTHING, Wording, held, words_alike

#: From here on a pair is offered as likely the same.
LIKELY: Final = 0.5
_HALF_METRES: Final = 120.0
_HALF_TIME: Final = timedelta(days=10)
# An area's code says the street with 9 digits, the community with 12, the grid with 15. Where one of the two has
# no position, lying in the same area speaks for little, and knowing nothing for less.
_SAME_AREA: Final = ((15, 0.35), (12, 0.25), (9, 0.12))
_UNKNOWN: Final = 0.1
# A place that one names and the other names too is nearly as good as a position.
_NAMED: Final = 0.9
_BIAS, _WORDS, _ITEM, _PLACE, _TIME = -11.5, 3.5, 5.3, 7.5, 3.0


@dataclass(frozen=True, slots=True)
class Spoken:
    """One call: its words, when it came, where (CGCS2000 degrees and the area's code), and its likely items.

    ``items`` are probabilities by code; a case with an item has that one with 1. ``place`` is the place as it was named,
    whose words stand in ``wording`` too.
    """

    wording: Wording
    at: datetime
    lon: float | None = None
    lat: float | None = None
    area: str = ""
    items: Mapping[str, float] = field(default_factory=dict)
    place: Wording = NOTHING


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two calls are one matter, and what spoke for it: ``words`` both say, metres and time apart."""

    score: float
    words: tuple[str, ...]
    same_item: bool
    metres: int | None
    apart: timedelta


def likeness(a: Spoken, b: Spoken) -> Likeness:
    """The likeness of two calls, the same from both sides but for the order in which their words are told."""
    alike, words = words_alike(a.wording, b.wording)
    item, place = _items_alike(a, b), _places_alike(a, b)
    apart = abs(a.at - b.at)
    total = _BIAS + _WORDS * alike + _ITEM * item + _PLACE * place + _TIME * _times_alike(apart)
    # Whoever speaks of nothing in common speaks of another matter, however near.
    score = 1.0 / (1.0 + exp(-total)) * min(1.0, (alike + item) / 0.1)
    return Likeness(score, words, item >= 0.5, _metres(a, b), apart)


def parts(a: Spoken, b: Spoken) -> tuple[float, float, float, float]:
    """The likenesses of words, items, places and times that the score is made of."""
    words, _said = words_alike(a.wording, b.wording)
    return words, _items_alike(a, b), _places_alike(a, b), _times_alike(abs(a.at - b.at))


def _items_alike(a: Spoken, b: Spoken) -> float:
    few, many = sorted((a.items, b.items), key=len)
    return sum(min(chance, many.get(code, 0.0)) for code, chance in few.items())


def _metres(a: Spoken, b: Spoken) -> int | None:
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return None
    return round(distance(a.lon, a.lat, b.lon, b.lat))


def _places_alike(a: Spoken, b: Spoken) -> float:
    metres = _metres(a, b)
    if metres is not None:
        return 1.0 / (1.0 + (metres / _HALF_METRES) ** 2)
    named = _NAMED * max(held(a.place, b.wording), held(b.place, a.wording))
    for digits, speaks in _SAME_AREA:
        if len(a.area) >= digits and len(b.area) >= digits and a.area[:digits] == b.area[:digits]:
            return max(speaks, named)
    return max(_UNKNOWN, named)


def _times_alike(apart: timedelta) -> float:
    return 1.0 / (1.0 + apart / _HALF_TIME)
