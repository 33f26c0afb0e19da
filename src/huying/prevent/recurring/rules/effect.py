"""Whether less came in after a project, against a fair baseline.

Difference in differences of rates (``figures.rules.differing``): (after / before at the project's places) / (after /
before at comparable places without a project). Before is the same season of the year before where the history reaches,
else as many days right before. With fewer than ``FEWEST`` cases before at either, nothing is said.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from huying.figures.rules.differing import changed
from huying.kernel.terms import Term

FEWEST: Final = 5
_YEAR: Final = timedelta(days=364)


class Finding(Term):
    """What the numbers allow to say."""

    TOO_FEW = "too_few", "件数太少，还说不准"
    FELL = "fell", "比没有治理的地方明显减少"
    ROSE = "rose", "比没有治理的地方明显增加"
    NO_DIFFERENCE = "no_difference", "看不出与没有治理的地方有差别"


@dataclass(frozen=True, slots=True)
class Spans:
    """The days compared, each ``[first, until)``; ``season``: before is the same season a year ago."""

    before: tuple[date, date]
    after: tuple[date, date]
    season: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases came in."""

    before: int
    after: int
    beside_before: int
    beside_after: int


@dataclass(frozen=True, slots=True)
class Effect:
    """``ratio`` 0.6: 40 % fewer than without; ``low`` and ``high`` its 95 % interval. All None when too few."""

    counts: Counts
    finding: Finding
    ratio: float | None = None
    low: float | None = None
    high: float | None = None


def spans_of(finished: date, today: date, known_since: date) -> Spans | None:
    """What to compare for a project finished then; None before a week has passed. At most a year is looked at."""
    until = min(today, finished + _YEAR)
    days = until - finished
    if days < timedelta(days=7):
        return None
    before = (finished - _YEAR, until - _YEAR)
    season = before[0] >= known_since
    return Spans(before if season else (finished - days, finished), (finished, until), season)


def effect_of(counts: Counts) -> Effect:
    """What these counts allow to say."""
    if counts.before < FEWEST or counts.beside_before < FEWEST:
        return Effect(counts, Finding.TOO_FEW)
    found = changed(counts.after, counts.before, (counts.beside_after, counts.beside_before))
    finding = Finding.FELL if found.high < 1 else Finding.ROSE if found.low > 1 else Finding.NO_DIFFERENCE
    return Effect(counts, finding, found.value, found.low, found.high)
