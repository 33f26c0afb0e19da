"""Demand against supply: what was asked for in each community, what its centres could take, and how far apart that is.

Over the days looked at, of a category of services:

    demand  = asked for by people of the community (asked, arranged, done, missed; not what they took back themselves)
    supply  = places in the slots of the services of the same street, shared out by where its people live:
              places of the street x people of the community / people of the street
    gap     = demand - supply

The gaps are ranked by people who find no place, the largest first; where nobody asked there is none. Where nobody knows
how many people live, the communities of a street share alike.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_STREET_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Balance:
    """One community and category: how many asked, how many were served, how many places there were for them."""

    community: str
    category: str
    demand: int
    served: int
    supply: float

    @property
    def gap(self) -> float:
        return self.demand - self.supply


def balances(
    asked: Mapping[tuple[str, str], tuple[int, int]],
    places: Mapping[tuple[str, str], int],
    communities: Sequence[str],
    people: Mapping[str, float],
) -> list[Balance]:
    """Ranked balances. ``asked``: (community, category) to how many asked and were served; ``places``: (street,
    category) to places in slots; ``people``: community to how many live there."""
    shares = _shares(communities, people)
    keys = set(asked) | {
        (code, category) for code in communities for street, category in places if code.startswith(street)
    }
    found = []
    for community, category in keys:
        demand, served = asked.get((community, category), (0, 0))
        offered = places.get((community[:_STREET_DIGITS], category), 0)
        found.append(Balance(community, category, demand, served, offered * shares.get(community, 0.0)))
    return sorted(found, key=lambda one: (-one.gap, -one.demand, one.community, one.category))


def _shares(communities: Sequence[str], people: Mapping[str, float]) -> dict[str, float]:
    """The part of its street's places that falls to each community."""
    streets: dict[str, list[str]] = defaultdict(list)
    for code in communities:
        streets[code[:_STREET_DIGITS]].append(code)
    shares = {}
    for codes in streets.values():
        whole = sum(people.get(code, 0.0) for code in codes)
        for code in codes:
            shares[code] = people.get(code, 0.0) / whole if whole else 1.0 / len(codes)
    return shares
