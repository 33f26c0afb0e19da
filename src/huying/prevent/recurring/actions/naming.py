"""The places of the gazetteer that callers name: what a recurrence is called, in nobody's words but the district's."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from huying.cases.queries.lists.busy import Came
from huying.places.queries import Guess, locate_texts
from huying.prevent.hot_issues.rules.likeness import NEAR, Spot, metres

SURE: Final = 0.8
# A building, a crossing, an estate; the length of a road or river is no place.
EXACT: Final = 150.0


def places_named(district: int, words: Mapping[int, str]) -> dict[int, Guess]:
    """The place that each text surely and exactly names, under its key; texts that name none are left out."""
    guesses = locate_texts(district, list(words.values()))
    firsts = {key: found[0] for key, found in zip(words, guesses, strict=True) if found}
    return {
        key: one for key, one in firsts.items() if one.name and one.confidence >= SURE and one.metres <= EXACT
    }


def place_called(cases: Sequence[Came], named: Mapping[int, Guess]) -> str:
    """The place that most of these cases name and lie at; "" where none does."""
    told = Counter(named[one.case_id].name for one in cases if one.case_id in named and _there(one, named))
    return min(told, key=lambda name: (-told[name], name))[:80] if told else ""


def _there(one: Came, named: Mapping[int, Guess]) -> bool:
    guess = named[one.case_id]
    apart = metres(Spot(one.lon, one.lat), Spot(guess.lon, guess.lat))
    return apart is not None and apart <= NEAR
