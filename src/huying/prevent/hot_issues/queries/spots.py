"""Where a case is: its own position, else the place that its words surely name."""

from collections.abc import Sequence
from typing import Final

from huying.cases.queries.voiced import Voiced
from huying.places.queries import Guess, locate_texts
from huying.prevent.hot_issues.rules.likeness import Spot

# A place of which no more is known than this tells nothing of whether two cases are at one place.
_WITHIN: Final = 300.0


def spots_of(district: int, said: Sequence[Voiced]) -> list[Spot | None]:
    """The spot of each case, in order; None where neither a position nor one place of its area is told."""
    silent = [one for one in said if one.lon is None or one.lat is None]
    found = locate_texts(district, [f"{one.place_text} {one.text}".strip() for one in silent])
    read = {one.case_id: guesses for one, guesses in zip(silent, found, strict=True)}
    return [_spot(one, read.get(one.case_id, [])) for one in said]


def _spot(said: Voiced, guesses: Sequence[Guess]) -> Spot | None:
    if said.lon is not None and said.lat is not None:
        return Spot(said.lon, said.lat)
    # Several places share a name: whoever took the case down knew in which area it is.
    here = [one for one in guesses if one.area.startswith(said.area) or said.area.startswith(one.area)]
    if len(here) != 1 or not here[0].area or here[0].metres > _WITHIN:
        return None
    return Spot(here[0].lon, here[0].lat)
