"""How alike two messages are: the angle between what they say, corrected by where they say it happens.

Source: cosine of term weights (1 + ln tf) x ln(N/df) as in Salton and Buckley, "Term-weighting approaches in automatic
text retrieval" (1988); of each message the heaviest ``KEPT`` strings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import cos, hypot, radians
from typing import Final

import numpy as np

from huying.prevent.hot_issues.rules.lexicon import Lexicon, Slots, slots_of
from huying.prevent.hot_issues.rules.wording import name_parts, names, names_of_bodies, weighed

KEPT: Final = 160
# One place said twice makes two messages more alike, two places said less: one matter at one place is an issue.
SAME_PLACE: Final = 2.2
OTHER_PLACE: Final = 0.15
# Filed as something else.
OTHER_ITEM: Final = 0.1
# Known to be elsewhere: the more the same words speak for it, the more this speaks against
# one matter at one place, so that those of whom nothing is known do not bring the two together.
ELSEWHERE: Final = -1.0
# What a name of a place weighs among the words: it says where, and that is asked by itself.
PLACE_SAID: Final = 0.7
NEAR: Final = 200.0
FAR: Final = 500.0
_DEGREE: Final = 111_320.0
# What stands in one of twenty messages is how people write, not what they write about.
_EVERYWHERE: Final = 0.05
_ENOUGH: Final = 100


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on earth, degrees of CGCS2000."""

    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a message: its heaviest strings with weights of length 1, the names in it, where it is, the
    item it was filed under and the code of its community ("" while they are not known).

    Where it is known where a message is, ``names`` are those of companies and the like alone.
    """

    marks: Mapping[str, float]
    names: frozenset[str]
    spot: Spot | None = None
    item: str = ""
    community: str = ""

    @property
    def told(self) -> frozenset[str]:
        """The names that occur in it anywhere, as far as they are kept."""
        return self.names | self.marks.keys()


@dataclass(frozen=True, slots=True)
class Taken:
    """A message taken apart: its strings, how often each, and the numbers under which they are counted."""

    subject: str
    strings: Sequence[str]
    times: Sequence[int]
    slots: Slots


def taken_apart(subject: str, text: str) -> Taken:
    """The strings of a message."""
    told = weighed(subject, text)
    return Taken(subject, list(told), list(told.values()), slots_of(told))


class Counted(Enum):
    """Whether the lexicon counts the message itself already, and whether any further one is to come."""

    NOT_YET = 0
    ALREADY = 1
    ALL = 2


def signature(
    taken: Taken, lexicon: Lexicon, spot: Spot | None = None, counted: Counted = Counted.NOT_YET
) -> Signature:
    """What is kept of a message, weighed by what is common in the district.

    What no other message says makes it no longer, so that the likeness of two does not hang on what each says besides;
    it is kept for those to come.
    """
    seen = lexicon.seen(taken.slots)
    heavy = (1 + np.log(np.array(taken.times, np.float64))) * lexicon.rarity(seen)
    heavy[(seen > _EVERYWHERE * lexicon.messages) & (lexicon.messages >= _ENOUGH)] = 0
    once = seen <= (0 if counted is Counted.NOT_YET else 1)
    if counted is Counted.ALL:
        heavy[once] = 0
    named = frozenset(name for name in names(taken.subject) if lexicon.telling(name))
    within = name_parts(taken.subject, named)
    # Where it is tells more than what looks like a name of a place: 麻烦政府 and 挖开马路 name none.
    places = named if spot is None else named & names_of_bodies(taken.subject)
    heavy *= np.array([PLACE_SAID if one in within else 1.0 for one in taken.strings])
    best = np.argsort(-heavy, kind="stable")[:KEPT]
    best = best[heavy[best] > 0]
    known = best[~once[best]] if lexicon.messages else best
    length = float(np.sqrt((heavy[known if len(known) else best] ** 2).sum())) or 1.0
    return Signature({taken.strings[at]: float(heavy[at]) / length for at in best.tolist()}, places, spot)


def likeness(one: Signature, other: Signature) -> float:
    """From 0 (nothing in common) to 1; below 0 where the same is said of two places."""
    few, many = sorted((one.marks, other.marks), key=len)
    angle = sum(value * many.get(mark, 0.0) for mark, value in few.items())
    return min(1.0, angle * placing(one, other))


def placing(one: Signature, other: Signature) -> float:
    """What the places make of the likeness: more where they agree, less where they do not, 1 where it is not known."""
    apart = metres(one.spot, other.spot)
    if apart is not None and apart > FAR and not one.names & other.names:
        return ELSEWHERE
    if one.item and other.item and one.item != other.item:
        return OTHER_ITEM
    if one.names & other.told or other.names & one.told or (apart is not None and apart <= NEAR):
        return SAME_PLACE
    if one.names and other.names:
        return OTHER_PLACE
    if apart is None and one.community and other.community and one.community != other.community:
        return OTHER_PLACE
    return 1.0


def metres(one: Spot | None, other: Spot | None) -> float | None:
    """How far apart, good to a thousandth within a district; None while either is not known."""
    if one is None or other is None:
        return None
    east = (one.lon - other.lon) * cos(radians((one.lat + other.lat) / 2))
    return hypot(east, one.lat - other.lat) * _DEGREE
