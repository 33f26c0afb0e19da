"""What one rule makes of one device's readings: a small machine that forgets everything but its state.

A reading is *beyond* on the wrong side of the limit, and *back* once it reached the value at which the matter is over;
between the two nothing changes, so a value that trembles about the limit raises once. Beyond without a pause for the
hold time, and with enough neighbours, it is raised; back, it is over. A gap of more than three of the device's intervals
is a pause. What changes too often within an hour is fluttering: one event says so, and silence follows until it is calm
again; then it is said whether it is raised or over. Readings are judged in the order of their times: an older one, or
the same again, changes nothing. While somebody works on the device nothing is raised and nothing is over: what its
readings say then is said of the works.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from huying.devices.rules.kinds import Compare, Light
from huying.devices.rules.sun import is_dark
from huying.kernel.terms import Term

HOUR: Final = timedelta(hours=1)
#: So many of its own intervals a device may miss before what it said last counts no more.
MISSED: Final = 3


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched for. ``over``: the value at which it is over again. ``hold``: seconds. ``quorum``: so many other
    devices of the kind within ``metres`` must be beyond too. ``flaps``: so many changes in an hour are fluttering.
    """

    compare: Compare
    limit: float
    over: float
    hold: int = 0
    quorum: int = 0
    metres: int = 0
    flaps: int = 0
    light: Light = Light.ANY

    def is_beyond(self, value: float) -> bool:
        if self.compare is Compare.ABOVE:
            return value > self.limit
        return value < self.limit if self.compare is Compare.BELOW else value == self.limit

    def is_back(self, value: float) -> bool:
        if self.compare is Compare.ABOVE:
            return value <= self.over
        return value >= self.over if self.compare is Compare.BELOW else value != self.limit


@dataclass(frozen=True, slots=True)
class Seen:
    """One reading where it was taken (degrees). ``resting``: somebody works on the device. ``others``: neighbours that
    are beyond too. ``every``: seconds in which the device should be heard once, 0: it need not be."""

    at: datetime
    value: float
    lon: float = 0.0
    lat: float = 0.0
    resting: bool = False
    others: int = 0
    every: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """What is remembered. ``since``: beyond without a pause since then, not raised yet. ``raised``: since when what is
    raised was beyond. ``changes``: the last hour's risings and endings. ``first``: since when it flutters; ``worst``:
    how far it went meanwhile."""

    last: datetime | None = None
    since: datetime | None = None
    raised: datetime | None = None
    peak: float | None = None
    changes: tuple[datetime, ...] = ()
    first: datetime | None = None
    worst: float | None = None


class Happening(Term):
    """What a reading brought about."""

    RAISED = "raised", "触发"
    OVER = "over", "恢复"
    FLUTTERING = "fluttering", "时断时续"


@dataclass(frozen=True, slots=True)
class Event:
    """One happening at ``at``; ``since``: when the stretch began; ``peak``: its farthest value; ``changes`` an hour."""

    kind: Happening
    at: datetime
    since: datetime
    peak: float
    changes: int = 0


def step(state: State, reading: Seen | None, rule: Watch, now: datetime) -> tuple[State, tuple[Event, ...]]:
    """The state after a reading, or with None after time alone went by, and what that brought about."""
    if reading is None:
        return waited(state, rule, now, lambda: 0)
    if state.last is not None and reading.at <= state.last:
        return state, ()
    if state.raised is None and _is_after_a_gap(state, reading):
        state = replace(state, since=None, peak=None)
    state = replace(state, last=reading.at)
    if reading.resting:
        return _while_resting(state), ()
    state, calmed = _calm(state, rule, reading.at)
    if state.raised is not None:
        after, events = _while_raised(state, reading, rule)
        # What is over with this reading is not said to be raised by it.
        return after, events or calmed
    after, events = _while_quiet(state, reading, rule)
    return after, calmed + events


def waited(
    state: State, rule: Watch, now: datetime, others: Callable[[], int]
) -> tuple[State, tuple[Event, ...]]:
    """``step`` without a reading; ``others``: how many neighbours are beyond, asked only where it counts."""
    state, calmed = _calm(state, rule, now)
    if state.since is None or state.peak is None or now - state.since < timedelta(seconds=rule.hold):
        return state, calmed
    if rule.quorum and others() < rule.quorum:
        return state, calmed
    after, events = _raise(state, state.since, state.peak, rule, now)
    return after, calmed + events


def _while_resting(state: State) -> State:
    """What is raised or flutters stays so; what was on its way begins anew afterwards."""
    return state if state.raised is not None else replace(state, since=None, peak=None)


def _while_quiet(state: State, reading: Seen, rule: Watch) -> tuple[State, tuple[Event, ...]]:
    if not rule.is_beyond(reading.value) or not _watches(rule, reading):
        return replace(state, since=None, peak=None), ()
    since = state.since or reading.at
    peak = _farther(rule, state.peak if state.since else None, reading.value)
    state = replace(state, since=since, peak=peak)
    if reading.at - since < timedelta(seconds=rule.hold) or reading.others < rule.quorum:
        return state, ()
    return _raise(state, since, peak, rule, reading.at)


def _while_raised(state: State, reading: Seen, rule: Watch) -> tuple[State, tuple[Event, ...]]:
    raised = state.raised or reading.at
    peak = _farther(rule, state.peak, reading.value)
    if not rule.is_back(reading.value):
        return replace(state, peak=peak), ()
    state = replace(state, raised=None, since=None, peak=None)
    return _changed(state, Event(Happening.OVER, reading.at, raised, peak), rule)


def _raise(
    state: State, since: datetime, peak: float, rule: Watch, at: datetime
) -> tuple[State, tuple[Event, ...]]:
    state = replace(state, since=None, raised=since, peak=peak)
    return _changed(state, Event(Happening.RAISED, at, since, peak), rule)


def _changed(state: State, event: Event, rule: Watch) -> tuple[State, tuple[Event, ...]]:
    """The event, or what is said instead while it changes too often."""
    state = replace(state, changes=(*_lately(state, event.at), event.at))
    if state.first is not None:
        return replace(state, worst=_farther(rule, state.worst, event.peak)), ()
    if rule.flaps and len(state.changes) >= rule.flaps:
        first = state.changes[0]
        told = Event(Happening.FLUTTERING, event.at, first, event.peak, len(state.changes))
        return replace(state, first=first, worst=event.peak), (told,)
    return state, (event,)


def _calm(state: State, rule: Watch, at: datetime) -> tuple[State, tuple[Event, ...]]:
    """Out of fluttering once an hour holds few changes; it is said how it is then, raised or over."""
    if state.first is None:
        return state, ()
    lately = _lately(state, at)
    if rule.flaps and len(lately) >= rule.flaps:
        return replace(state, changes=lately), ()
    calm = replace(state, first=None, worst=None, changes=lately)
    if state.raised is not None:
        peak = rule.limit if state.peak is None else state.peak
        return calm, (Event(Happening.RAISED, at, state.raised, peak),)
    last = state.changes[-1] if state.changes else at
    return calm, (
        Event(Happening.OVER, last, state.first, rule.limit if state.worst is None else state.worst),
    )


def _lately(state: State, at: datetime) -> tuple[datetime, ...]:
    return tuple(one for one in state.changes if at - one < HOUR)


def _is_after_a_gap(state: State, reading: Seen) -> bool:
    if not reading.every or state.last is None:
        return False
    return reading.at - state.last > timedelta(seconds=MISSED * reading.every)


def _watches(rule: Watch, reading: Seen) -> bool:
    if rule.light is Light.ANY:
        return True
    return is_dark(reading.lon, reading.lat, reading.at) is (rule.light is Light.NIGHT)


def _farther(rule: Watch, peak: float | None, value: float) -> float:
    if peak is None or rule.compare is Compare.EQUALS:
        return value if peak is None else peak
    return max(peak, value) if rule.compare is Compare.ABOVE else min(peak, value)
