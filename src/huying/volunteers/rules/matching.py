"""Which resources meet a need: of the same matter, near in the tree of areas, alike in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from huying.volunteers.rules.kinds import Matter


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list, as far as matching looks at it."""

    id: int
    area: str
    matter: Matter
    text: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Match:
    """A resource that could meet the need; ``score`` from 0 to 1."""

    id: int
    score: float


def matches(need: Entry, resources: Iterable[Entry], today: date, most: int = 5) -> list[Match]:
    """The best first; those of another matter only where words say so. What is over or not alike is left out."""
    found = [Match(one.id, _score(need, one)) for one in resources if one.until is None or one.until >= today]
    kept = [one for one in found if one.score >= 0.35]
    return sorted(kept, key=lambda one: (-one.score, one.id))[:most]


def _score(need: Entry, resource: Entry) -> float:
    same = 0.5 if need.matter is resource.matter and need.matter is not Matter.OTHER else 0.0
    return round(same + 0.3 * _alike(need.text, resource.text) + 0.2 * _near(need.area, resource.area), 4)


def _near(one: str, other: str) -> float:
    """1 in one community, a half in one street, nothing beyond; a unit of the whole district is near everybody."""
    shared = min(len(one), len(other), 12)
    if one[:shared] == other[:shared]:
        return 1.0
    return 0.5 if one[:9] == other[:9] else 0.0


def _alike(one: str, other: str) -> float:
    """The share of the pairs of characters of the shorter text that the longer one has as well."""
    pairs = sorted((_pairs(one), _pairs(other)), key=len)
    return min(1.0, 2 * len(pairs[0] & pairs[1]) / len(pairs[0])) if pairs[0] else 0.0


def _pairs(text: str) -> frozenset[str]:
    plain: Sequence[str] = [sign for sign in text if sign.isalnum()]
    return frozenset("".join(pair) for pair in pairwise(plain))
