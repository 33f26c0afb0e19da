"""Ordinary homes of our own making, in which nothing ever happens to anybody.

They know nothing of the rule: a person lives by hours, with late days, naps, outings, nights away and an odd sick day,
and the sensors lose some of it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import numpy as np

from huying.devices.rules.home.events import Event, Sign

START = datetime(2026, 3, 2, tzinfo=timezone(timedelta(hours=8)))


@dataclass(frozen=True, slots=True)
class Person:
    """Hours of the clock, how far they vary, chances a day, and what the home's sensors hear."""

    wakes: float
    sleeps: float
    varies: float
    late: float
    naps: float
    sick: float
    away: float
    outings: float
    toilet: float
    still: float
    lost: float
    bed: bool
    church: bool


def person(rng: np.random.Generator) -> Person:
    return Person(
        wakes=rng.uniform(5, 8),
        sleeps=rng.uniform(20.5, 23.5),
        varies=rng.uniform(0.3, 0.9),
        late=rng.uniform(0, 0.1),
        naps=rng.choice([0.0, 0.3, 0.9]),
        sick=rng.uniform(0, 0.02),
        away=rng.uniform(0, 0.03),
        outings=rng.uniform(0.3, 2.5),
        toilet=rng.uniform(0, 2.5),
        still=rng.uniform(8, 30),
        lost=rng.uniform(0, 0.3),
        bed=bool(rng.random() < 0.5),
        church=bool(rng.random() < 0.3),
    )


class Home:
    """Lives through days and keeps what the sensors told."""

    def __init__(self, rng: np.random.Generator, who: Person) -> None:
        self.rng, self.who, self.events = rng, who, []  # type: ignore[var-annotated]
        self.upright: list[tuple[float, float]] = []
        self.toilets: list[float] = []

    def tell(self, t: float, sign: Sign, place: str) -> None:
        if self.rng.random() >= (0.03 if sign in {Sign.DOOR, Sign.DOWN, Sign.UP} else self.who.lost):
            self.events.append(Event(START + timedelta(hours=t), sign, place))

    def stay(self, t: float, until: float, place: str, every: float) -> None:
        """Minutes between signs are lognormal: mostly short, now and then long."""
        while t < until:
            self.tell(t, Sign.MOTION, place)
            t += self.rng.lognormal(np.log(every) - 0.5, 1.0) / 60

    def sleep(self, t: float, until: float, visits: float = 0.0) -> None:
        self.stay(t, t + 0.1, "卧室", 1.0)
        if self.who.bed:
            self.tell(t + 0.1, Sign.DOWN, "卧室")
        for at in sorted(self.rng.uniform(t + 0.5, max(t + 0.5, until - 0.3), self.rng.poisson(visits))):
            if self.who.bed:
                self.tell(at, Sign.UP, "卧室")
            self.tell(at + 0.01, Sign.MOTION, "卧室")
            self.stay(at + 0.02, at + 0.1, "卫生间", 1.5)
            self.toilets.append(at + 0.05)
            self.stay(at + 0.12, at + 0.16, "卧室", 1.0)
            if self.who.bed:
                self.tell(at + 0.16, Sign.DOWN, "卧室")
        if self.who.bed:
            self.tell(until, Sign.UP, "卧室")
        self.tell(until + 0.01, Sign.MOTION, "卧室")

    def out(self, t: float, hours: float) -> float:
        self.tell(t, Sign.MOTION, "门厅")
        self.tell(t + 0.01, Sign.DOOR, "大门")
        self.tell(t + hours, Sign.DOOR, "大门")
        self.tell(t + hours + 0.01, Sign.MOTION, "门厅")
        return t + hours + 0.02

    def day(self, number: int, woke: float) -> float:
        """From getting up to the next day's getting up, whose time is given back."""
        rng, who = self.rng, self.who
        t, base = woke, 24 * number
        bed_at = base + who.sleeps + rng.normal(0, who.varies)
        napped, churched = rng.random() >= who.naps, not (who.church and number % 7 == 6)
        sick = rng.random() < who.sick
        began = t
        while t < bed_at - 0.2:
            clock = t - base
            if not churched and clock > 8.5:
                churched, t = True, self.out(t, rng.uniform(2, 3.5))
            elif not napped and clock > 12.3:
                napped, hours = True, rng.uniform(0.7, 2)
                self.sleep(t, t + hours)
                t += hours
            elif rng.random() < who.outings / 14 and 6 < clock < 18:
                t = self.out(t, min(rng.lognormal(0.2, 0.7), 6))
            elif sick and rng.random() < 0.4:
                hours = rng.uniform(1, 3)
                self.sleep(t, t + hours)
                t += hours
            else:
                place, minutes, every = [
                    ("厨房", rng.uniform(8, 45), 3.0),
                    ("卫生间", rng.uniform(3, 12), 2.0),
                    ("客厅", rng.uniform(15, 120), who.still),
                    ("客厅", rng.uniform(15, 120), who.still),
                    ("卧室", rng.uniform(4, 30), 6.0),
                ][rng.integers(5)]
                self.stay(t, min(bed_at, t + minutes / 60), place, every)
                t = min(bed_at, t + minutes / 60)
        self.upright.append((began, t))
        late = rng.uniform(1, 2.5) if rng.random() < who.late else 0.0
        wakes = base + 24 + who.wakes + rng.normal(0, who.varies) + late
        if rng.random() < who.away:
            return self.out(t, wakes - t + rng.uniform(1, 8))
        self.sleep(t, max(wakes, t + 4), who.toilet)
        return max(wakes, t + 4) + 0.02


def lived(seed: int, days: int) -> Home:
    """One home and its days; the same for the same seed."""
    rng = np.random.default_rng(seed)
    home = Home(rng, person(rng))
    woke = home.who.wakes
    for number in range(days):
        woke = home.day(number, woke)
    home.events.sort()
    return home
