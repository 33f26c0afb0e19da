"""The places of the gazetteer that callers name: where cases without a position lie, and what a recurrence is called."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from huying.cases.queries.lists.busy import Came, Named
from huying.places.queries import Guess, locate_texts
from huying.prevent.hot_issues.rules.likeness import NEAR, Spot, metres

SURE: Final = 0.8
# A building, a crossing, an estate; the length of a road or river is no place.
EXACT: Final = 150.0
_AT_ONCE: Final = 2_000


def places_named(district: int, words: Mapping[int, str]) -> dict[int, Guess]:
    """The place that each text surely and exactly names, under its key; texts that name none are left out."""
    named: dict[int, Guess] = {}
    keys = list(words)
    for first in range(0, len(keys), _AT_ONCE):
        some = [(key, words[key]) for key in keys[first : first + _AT_ONCE]]
        for (key, _), found in zip(some, locate_texts(district, [text for _, text in some]), strict=True):
            if found and found[0].name and found[0].confidence >= SURE and found[0].metres <= EXACT:
                named[key] = found[0]
    return named


def positions(named: Mapping[int, Guess]) -> Named:
    """Where the places named are."""
    return {key: (one.lon, one.lat) for key, one in named.items()}


def place_called(cases: Sequence[Came], named: Mapping[int, Guess]) -> str:
    """The place that most of these cases name and lie at; "" where none does."""
    told = Counter(named[one.case_id].name for one in cases if one.case_id in named and _there(one, named))
    return min(told, key=lambda name: (-told[name], name))[:80] if told else ""


def _there(one: Came, named: Mapping[int, Guess]) -> bool:
    guess = named[one.case_id]
    apart = metres(Spot(one.lon, one.lat), Spot(guess.lon, guess.lat))
    return apart is not None and apart <= NEAR
