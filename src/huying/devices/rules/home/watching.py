"""When a silence becomes unusual, and what is found of it at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from huying.devices.rules.home.events import Event, in_order
from huying.devices.rules.home.habits.learning import Habits
from huying.devices.rules.home.hours import GRACE, pieces
from huying.devices.rules.home.silences import Silence, silences
from huying.devices.rules.home.standard import USUAL, Level, Standard
from huying.kernel.terms import Term


class Matter(Term):
    """What a home is looked at for."""

    SILENT = "silent", "家中无动静"
    LYING = "lying", "躺卧过久"
    OUT = "out", "外出未归"


@dataclass(frozen=True, slots=True)
class Finding:
    """A silence that has become unusual at ``due``. ``sure``: the share of ordinary days without one like it, 0 where
    that is not known. ``level``: of somebody who is out only the first."""

    matter: Matter
    silence: Silence
    due: datetime
    level: Level
    sure: float


def due(silence: Silence, habits: Habits, standard: Standard, unsettled: int = 0) -> datetime:
    """When this silence becomes unusual if nothing is heard any more; so it can be put on a clock.

    The later of what was learned and what is left of the street's first hours, and at the latest ``longest``. Of
    somebody who is out only ``out`` is asked. ``unsettled``: alarms of the last month that nobody found true.
    """
    since = silence.heard_from
    if silence.where.out:
        return since + standard.out
    latest = since + standard.longest
    mine = _reached(silence, habits, habits.enough(silence.where, standard.promise, unsettled), latest)
    return min(latest, max(mine, _first(since, habits.days, standard, latest)))


def look(
    events: Iterable[Event], now: datetime, habits: Habits, standard: Standard = USUAL, unsettled: int = 0
) -> Finding | None:
    """What is to be said at ``now`` of a home that told this, in any order; None while it is as usual.

    What was told since the person's last sign is enough of the past. A sign ends the silence, also one told late.
    """
    found = silences([event for event in in_order(events) if event.at <= now], standard.alive_within)
    return judged(found[-1], now, habits, standard, unsettled) if found else None


def judged(
    silence: Silence, now: datetime, habits: Habits, standard: Standard = USUAL, unsettled: int = 0
) -> Finding | None:
    """The same of a silence that goes on. Time in which the devices had no signal is not counted."""
    heard = min(now, silence.heard_until) if silence.heard_until else now
    begins = due(silence, habits, standard, unsettled)
    if heard < begins:
        return None
    if silence.where.out:
        return Finding(Matter.OUT, silence, begins, standard.rungs[0].level, 0.0)
    reached = [rung.level for rung in standard.rungs if begins + rung.after <= now]
    sure = 1 - habits.bar(silence.where).share(habits.strength(silence.where, silence.heard_from, heard))
    return Finding(
        Matter.LYING if silence.where.down else Matter.SILENT,
        silence,
        begins,
        (reached or [Level.REMIND])[-1],
        sure,
    )


def _reached(silence: Silence, habits: Habits, strength: float, latest: datetime) -> datetime:
    left = strength
    for at, hours in pieces(silence.heard_from + GRACE, latest):
        rate = habits.rate(silence.where, at)
        if rate * hours >= left:
            return at + timedelta(hours=left / rate)
        left -= rate * hours
    return latest


def _first(since: datetime, days: int, standard: Standard, latest: datetime) -> datetime:
    """When the street's first hours are over, of which each known day takes its part away."""
    left = standard.first * max(0.0, 1 - days / standard.fade_days)
    for at, hours in pieces(since, latest):
        counted = timedelta(hours=hours) * standard.weight(at.hour)
        if counted >= left:
            return at + left / standard.weight(at.hour) if standard.weight(at.hour) else at
        left -= counted
    return latest
