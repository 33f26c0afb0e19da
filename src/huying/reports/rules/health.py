"""体检: how a street stands by a dozen indicators, each against its own past, other streets, what is set.

A street is never held against itself, and where there is nothing to hold it against that is said.
Normal is the median of the months before, give or take ``width`` times the spread (1.4826 times the median distance
from it, which for a bell curve is its standard deviation). The spread is never less than chance alone moves a number:
the square root of a count, the binomial error of a share; of hours a tenth. Limits that a district sets hold beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from statistics import median
from typing import Final

from huying.figures.rules.formulas import Formula, reckon
from huying.figures.rules.measures import Measure
from huying.kernel.errors import Invalid
from huying.kernel.terms import Term
from huying.reports.rules.chance import LEAST_FOR_SHARE

LEAST_MONTHS: Final = 3
# Of fewer other streets a median is one street's own number.
LEAST_OTHERS: Final = 2
_BELL: Final = 1.4826
Counts = Mapping[Measure, int]


class Indicator(Term):
    """What is looked at. Counts by the month, and rates by the formulas in force."""

    RECEIVED = "received", "受理诉求"
    SIGN = "sign_rate", "按时签收率"
    CONTACT = "contact_rate", "按时联系率"
    IN_TIME = "in_time_rate", "按期结案率"
    LATE = "handle_late", "逾期"
    HOURS = "close_hours", "平均办结用时"
    REWORK = "rework_rate", "返工率"
    RESPONDED = "responded_rate", "响应率"
    SOLVED = "solved_rate", "解决率"
    SATISFIED = "satisfied_rate", "满意率"
    REOPENED = "reopened", "重办"
    BELOW = "solved_below", "街道以下办结率"


class Health(Term):
    """How one indicator stands."""

    GOOD = "good", "正常"
    OFF = "off", "异常"
    BEHIND = "behind", "差于其他街道"
    ALONE = "alone", "暂无可比"
    UNKNOWN = "unknown", "件数太少"


class Basis(Term):
    """What a value is held against."""

    OWN = "own", "自己往常"
    OTHERS = "others", "其他街道"
    SET = "set", "区里的标准"


# More is worse of these; of the others less is.
WORSE_UP: Final = frozenset(
    {Indicator.RECEIVED, Indicator.LATE, Indicator.HOURS, Indicator.REWORK, Indicator.REOPENED}
)
COUNTS: Final[Mapping[Indicator, Measure]] = {
    Indicator.RECEIVED: Measure.RECEIVED,
    Indicator.LATE: Measure.HANDLE_LATE,
    Indicator.REOPENED: Measure.REOPENED,
}


_SHARES: Final = frozenset(set(Indicator) - set(COUNTS) - {Indicator.HOURS})
# Where every month was the same to the last matter, one matter more or less is still no news.
_LEAST: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Limits:
    """``width`` in spreads; ``low`` and ``high`` are set by the district, shares as parts of 1."""

    width: Decimal = Decimal(2)
    low: Decimal | None = None
    high: Decimal | None = None

    def check(self) -> None:
        """Raises Invalid where nothing could be normal."""
        if not 0 < self.width <= 10:
            raise Invalid("宽度应在 0 到 10 之间。", fields={"width": "应在 0 到 10 之间。"})
        if self.low is not None and self.high is not None and self.low > self.high:
            raise Invalid("下限高于上限。", fields={"low": "下限高于上限。"})


@dataclass(frozen=True, slots=True)
class Value:
    """What an indicator is, and of how many matters it is reckoned."""

    value: Decimal
    of: Decimal


@dataclass(frozen=True, slots=True)
class Reading:
    """One indicator: its value, what is normal for it by its own ``months`` (both None with too few), the median of the
    ``others`` that had enough to compare (None with too few of them, and for counts), what was set, how it stands."""

    indicator: Indicator
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    months: int
    streets: Decimal | None
    others: int
    limits: Limits
    health: Health

    @property
    def bases(self) -> tuple[Basis, ...]:
        """What the value was held against; none where there is nothing, or no value."""
        if self.value is None:
            return ()
        held = {
            Basis.OWN: self.low is not None,
            Basis.OTHERS: self.streets is not None,
            Basis.SET: self.limits.low is not None or self.limits.high is not None,
        }
        return tuple(basis for basis, there in held.items() if there)


def value_of(indicator: Indicator, counts: Counts, formulas: Mapping[str, Formula]) -> Value | None:
    """The indicator for these counts; a rate of fewer than twenty matters says nothing and is none."""
    if indicator in COUNTS:
        count = Decimal(counts.get(COUNTS[indicator], 0))
        return Value(count, count)
    formula = formulas.get(indicator.value)
    if formula is None:
        return None
    figure = reckon(formula, counts)
    least = LEAST_FOR_SHARE * (60 if indicator is Indicator.HOURS else 1)
    if figure.value is None or figure.denominator < least:
        return None
    return Value(figure.value, figure.denominator)


def read(
    indicator: Indicator,
    value: Value | None,
    past: Sequence[Decimal],
    others: Sequence[Decimal],
    limits: Limits,
) -> Reading:
    """How a value stands to the street's own months before, to the other streets of the month, and to what was set."""
    of = value.of if value is not None else Decimal(0)
    low, high = _own_range(indicator, past, of, limits)
    # Counts are not compared: a street with more people is asked for more.
    peers = () if indicator in COUNTS or len(others) < LEAST_OTHERS else others
    middle = Decimal(median(peers)) if peers else None
    found = value.value if value is not None else None
    health = _health(indicator, value, (low, high), peers, limits)
    return Reading(indicator, found, low, high, len(past), middle, len(others), limits, health)


def _health(
    indicator: Indicator,
    value: Value | None,
    own: tuple[Decimal | None, Decimal | None],
    peers: Sequence[Decimal],
    limits: Limits,
) -> Health:
    if value is None:
        return Health.UNKNOWN
    if _outside(value.value, limits.low, limits.high) or _worse(indicator, value.value, own):
        return Health.OFF
    if peers and _behind(indicator, value, peers, limits):
        return Health.BEHIND
    judged = peers or own[0] is not None or limits.low is not None or limits.high is not None
    return Health.GOOD if judged else Health.ALONE


def _outside(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    return (low is not None and value < low) or (high is not None and value > high)


def _worse(indicator: Indicator, value: Decimal, own: tuple[Decimal | None, Decimal | None]) -> bool:
    low, high = own
    return _outside(value, None, high) if indicator in WORSE_UP else _outside(value, low, None)


def _behind(indicator: Indicator, value: Value, streets: Sequence[Decimal], limits: Limits) -> bool:
    middle = Decimal(median(streets))
    away = value.value - middle if indicator in WORSE_UP else middle - value.value
    return away > limits.width * _spread(indicator, streets, middle, value.of)


def _own_range(
    indicator: Indicator, past: Sequence[Decimal], of: Decimal, limits: Limits
) -> tuple[Decimal | None, Decimal | None]:
    if len(past) < LEAST_MONTHS:
        return None, None
    middle = Decimal(median(past))
    reach = limits.width * _spread(indicator, past, middle, of)
    low, high = max(Decimal(0), middle - reach), middle + reach
    return low, min(Decimal(1), high) if indicator in _SHARES else high


def _spread(indicator: Indicator, values: Sequence[Decimal], middle: Decimal, of: Decimal) -> Decimal:
    """How far values lie apart, and never less than chance alone moves them."""
    spread = Decimal(_BELL) * Decimal(median(abs(value - middle) for value in values))
    if indicator in COUNTS:
        return max(spread, Decimal(sqrt(max(middle, Decimal(1)))))
    if indicator in _SHARES:
        return max(spread, Decimal(sqrt(middle * (1 - middle) / of)) if of and 0 < middle < 1 else _LEAST)
    return max(spread, middle / 10)
