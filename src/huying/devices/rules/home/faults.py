"""What is wrong with the devices themselves: a repair, never an alarm of the person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from huying.devices.rules.home.events import Event, Sign
from huying.kernel.terms import Term

#: A low battery is told again at least as often.
_TOLD_AGAIN: Final = timedelta(days=2)
# So many signs lost within a week are no chance.
_LOST, _WEEK = 2, timedelta(days=7)


class Fault(Term):
    """What a device needs somebody for."""

    MUTE = "mute", "没有信号"
    BATTERY = "battery", "要换电池"
    LOSES = "loses", "漏报"


@dataclass(frozen=True, slots=True)
class Broken:
    """``device``: its name as it signs, for one that loses signs the room; ``since``: its last sign of life, when it
    first told of its battery, or the first sign it lost."""

    device: str
    fault: Fault
    since: datetime


def broken(events: Sequence[Event], now: datetime, alive_within: timedelta) -> list[Broken]:
    """By name. A device that never told that it is alive is not missed when it does not. ``events``: in order."""
    alive = {event.place: event.at for event in events if event.sign is Sign.ALIVE and event.at <= now}
    found = [Broken(device, Fault.MUTE, last) for device, last in alive.items() if now - last > alive_within]
    low: dict[str, datetime] = {}
    for event in events:
        if event.sign is Sign.BATTERY and now - _TOLD_AGAIN <= event.at <= now:
            low.setdefault(event.place, event.at)
    found += [Broken(device, Fault.BATTERY, first) for device, first in low.items()]
    return sorted([*found, *_losing(events, now)], key=lambda one: (one.device, one.fault))


def _losing(events: Sequence[Event], now: datetime) -> Iterator[Broken]:
    """Beds and chairs from which somebody got up who had never lain down, and the other way round."""
    down: dict[str, bool] = {}
    lost: dict[str, list[datetime]] = {}
    for event in events:
        if event.sign not in {Sign.DOWN, Sign.UP} or event.at > now:
            continue
        lies = event.sign is Sign.DOWN
        if down.get(event.place, not lies) == lies and event.at > now - _WEEK:
            lost.setdefault(event.place, []).append(event.at)
        down[event.place] = lies
    for place, times in lost.items():
        if len(times) >= _LOST:
            yield Broken(place, Fault.LOSES, times[0])
