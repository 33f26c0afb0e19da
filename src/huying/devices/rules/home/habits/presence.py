"""At which hours of the clock something is usually heard, and how long it was ever quiet: what a reason is told with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from huying.devices.rules.home.events import Where
from huying.devices.rules.home.hours import pieces
from huying.devices.rules.home.silences import Silence

#: An hour in which something was heard on so many of the days is called usual.
USUALLY: Final = 0.8
#: Of fewer days nothing is called usual.
FEWEST: Final = 5
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Presence:
    """``heard``: the share of days on which something was heard, by hour of the clock, days out left aside.
    ``longest``: the longest silence that ever reached into that hour, by where it began. ``days``: known."""

    heard: tuple[float, ...] = (0.0,) * 24
    longest: Mapping[Where, tuple[timedelta, ...]] = field(default_factory=dict)
    days: int = 0

    def usual_hours(self, since: datetime, now: datetime) -> tuple[int, int] | None:
        """The last run of full hours within a silence in which something is usually heard: its first hour and the hour
        at which it ends; None where there is none."""
        run: tuple[int, int] | None = None
        for at, hours in pieces(since, now):
            usual = hours == 1 and self.heard[at.hour] >= USUALLY
            if usual and run is not None and run[1] == at.hour:
                run = (run[0], at.hour + 1)
            elif usual:
                run = (at.hour, at.hour + 1)
        return run

    def ever(self, where: Where, now: datetime) -> timedelta:
        """The longest silence so far that began there and reached into this hour of the clock; zero for none."""
        known = self.longest.get(where)
        return known[now.hour] if known else timedelta()


def presence(found: Sequence[Silence]) -> Presence:
    """What ended silences show."""
    heard: dict[date, set[int]] = {}
    away: dict[date, set[int]] = {}
    longest: dict[Where, list[timedelta]] = {}
    for silence in found:
        heard.setdefault(silence.since.date(), set()).add(silence.since.hour)
        ever = longest.setdefault(silence.where, [timedelta()] * 24)
        for begins, ends in _hours(silence):
            ever[begins.hour] = max(ever[begins.hour], ends - silence.since)
            if silence.where.out and ends - begins == _HOUR:
                away.setdefault(begins.date(), set()).add(begins.hour)
    shares = []
    for hour in range(24):
        home = [hours for day, hours in heard.items() if hour not in away.get(day, set())]
        shares.append(sum(hour in hours for hours in home) / len(home) if len(home) >= FEWEST else 0.0)
    return Presence(tuple(shares), {where: tuple(ever) for where, ever in longest.items()}, len(heard))


def _hours(silence: Silence) -> Iterator[tuple[datetime, datetime]]:
    if silence.until is None:
        return
    for at, hours in pieces(silence.since, silence.until):
        yield at, at + timedelta(hours=hours)
