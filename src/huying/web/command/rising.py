"""What rises: today so far against the days before, whole. What is above an average day before noon really rises."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

# One or two more than usual is chance.
_LEAST: Final = 3


@dataclass(frozen=True, slots=True)
class Trend:
    """A class of items: how many came today, and on an average day of those before; None without such days."""

    key: str
    today: int
    average: float | None

    @property
    def rises(self) -> bool:
        return self.average is not None and self.today >= _LEAST and self.today > self.average

    @property
    def surplus(self) -> float:
        return self.today - (self.average or 0.0)


def trends(today: Mapping[str, int], before: Mapping[str, int], days: int, most: int) -> list[Trend]:
    """The classes that rise, the largest surplus first, and then those of which most came today.

    ``before`` holds the sums of the ``days`` before today.
    """
    every = [
        Trend(key, count, before.get(key, 0) / days if days else None)
        for key, count in today.items()
        if count
    ]
    return sorted(every, key=lambda one: (not one.rises, -one.surplus if one.rises else -one.today, one.key))[
        :most
    ]
