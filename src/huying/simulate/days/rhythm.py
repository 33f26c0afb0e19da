"""How many call in each hour: the day, the week, the season and the storms."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from huying.simulate.chance import dice, poisson, unit

#: Calls by local hour relative to the mean: quiet nights, a morning peak, a second one in the afternoon.
DAY: Final = (
    0.22, 0.14, 0.10, 0.08, 0.08, 0.14, 0.36, 0.84, 1.55, 2.05, 1.98, 1.52,
    1.02, 1.05, 1.58, 1.78, 1.66, 1.42, 1.18, 1.22, 1.32, 1.18, 0.82, 0.46,
)  # fmt: skip
WEEK: Final = (1.14, 1.08, 1.06, 1.04, 1.06, 0.84, 0.78)
STORM_RATE: Final = 2.2
_RAINY: Final = range(4, 11)


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour: its start (aware, local), how many new matters begin in it, and whether a storm is on."""

    start: datetime
    count: int
    storm: bool


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The hours from ``start`` (aware) for ``days``, with about ``calls`` new matters in all.

    Counts are Poisson about a rate that follows the local hour, the weekday and the weather.
    """

    seed: int
    start: datetime
    days: int
    calls: int
    zone: ZoneInfo

    def storm(self, day: datetime) -> bool:
        """Whether it storms on the local day; more often from April to October, two days a month."""
        chance = 0.065 if day.month in _RAINY else 0.012
        return unit(self.seed, "storm", day.date().isoformat()) < chance

    def weight(self, start: datetime) -> float:
        """The rate of the hour relative to an average one."""
        return DAY[start.hour] * WEEK[start.weekday()] * (STORM_RATE if self.storm(start) else 1.0)

    def hours(self) -> Iterator[Hour]:
        """Every hour in order; the rates are scaled so that the expected sum is ``calls``."""
        starts = [
            (self.start + timedelta(hours=number)).astimezone(self.zone) for number in range(24 * self.days)
        ]
        weights = [self.weight(start) for start in starts]
        scale = self.calls / sum(weights)
        rng = dice(self.seed, "rhythm")
        for start, weight in zip(starts, weights, strict=True):
            yield Hour(start, poisson(rng, weight * scale), self.storm(start))
