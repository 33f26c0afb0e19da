"""The pen that writes a story: a moment that only moves forward, chance of its own, and the deeds so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from huying.access.roles import Role
from huying.cases.lifecycle import Outcome, Verb
from huying.worktime import Calendar, Limit, Unit, due


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody who holds the role in an area and, for a handling role, within the unit of that key.

    ``number`` picks one among several. No role means the platform itself.
    """

    role: Role | None
    area: str = ""
    body: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Deed:
    """One step of a case. Facts name units by their keys; ``appeal`` 0 is the case's own appeal, and
    ``appeal`` n that of the n-th neighbour who joined it.
    """

    verb: Verb
    at: datetime
    who: Who
    outcome: Outcome | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


class Ended(Exception):
    """The story has reached the present; what would come next has not happened yet."""


class Pen:
    """Writes deeds in order of time until ``end`` (exclusive)."""

    def __init__(self, rng: Random, at: datetime, end: datetime, calendar: Calendar) -> None:
        self.rng, self.at, self.end, self.calendar = rng, at, end, calendar
        self.deeds: list[Deed] = []

    def wait(self, hours: float, *, office: bool = True) -> None:
        """Let time pass: office hours, or hours by the clock for what cannot wait."""
        if office:
            amount = Decimal(max(1, round(hours * 1000))) / 1000
            self.at = due(self.at, Limit(amount, Unit.WORK_HOUR), self.calendar)
        else:
            self.at += timedelta(hours=hours)
        self.at += timedelta(seconds=self.rng.randrange(50))

    def about(self, mean: float) -> float:
        """A stretch that is usually about ``mean`` and now and then several times as long."""
        return mean * self.rng.lognormvariate(-0.18, 0.6)

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def write(self, verb: Verb, who: Who, outcome: Outcome | None = None, **facts: Any) -> None:
        """Set down a deed at this moment; raises Ended when the moment has not come yet."""
        if self.at >= self.end:
            raise Ended
        self.deeds.append(Deed(verb, self.at, who, outcome, facts))
