"""考核周期: by which days periods of assessment end; a natural month, or from some day to the day before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from huying.figures.rules.periods import Period
from huying.kernel.errors import Invalid

_DAY: Final = timedelta(days=1)
# A change of schemes makes one period shorter or longer, never two that overlap.
_FURTHEST: Final = 62


@dataclass(frozen=True, slots=True)
class Scheme:
    """A period begins on day ``first_day`` of each month; it holds for periods that end on ``valid_from`` or later.

    ``version`` 0 is the platform's: natural months.
    """

    first_day: int = 1
    version: int = 0
    valid_from: date = date.min

    def __post_init__(self) -> None:
        if not 1 <= self.first_day <= 28:
            raise Invalid(fields={"first_day": "起始日应为 1 到 28。"})

    def ends(self, day: date) -> bool:
        return (day + _DAY).day == self.first_day


NATURAL: Final = Scheme()


def period_around(schemes: Sequence[Scheme], day: date) -> Period:
    """The period of assessment in which a day lies; periods follow one another without a gap."""
    last = day
    while not _ends(schemes, last):
        last += _DAY
    first = day
    while not _ends(schemes, first - _DAY):
        first -= _DAY
    return Period(first, last)


def periods_back(schemes: Sequence[Scheme], day: date, count: int) -> Iterator[Period]:
    """The period around a day and those before it, newest first."""
    for _ in range(count):
        period = period_around(schemes, day)
        yield period
        day = period.first - _DAY


def is_period(schemes: Sequence[Scheme], period: Period) -> bool:
    """Whether these days are one period of assessment."""
    return period.days <= _FURTHEST and period_around(schemes, period.last) == period


def _ends(schemes: Sequence[Scheme], day: date) -> bool:
    held = max(
        (one for one in schemes if one.valid_from <= day), key=lambda one: one.version, default=NATURAL
    )
    return held.ends(day)
