"""Fresh readings under the rules: the machine of each device and rule moved on, what it brought about handed on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from huying.devices.actions.following import Happened, follow
from huying.devices.actions.storing import Fresh, Key
from huying.devices.models import Device, Maintenance, WatchState
from huying.devices.queries.neighbours import Question, agreeing
from huying.devices.queries.rules import Rule, in_force
from huying.devices.rules.kinds import Light
from huying.devices.rules.watching import Seen, State, step
from huying.places.queries import district as district_row

_FIELDS: Final = ("last", "since", "raised", "peak", "changes", "first", "worst")

Pair = tuple[int, str]
Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class _Watched:
    """A fresh reading under one rule that watches it."""

    device: Device
    rule: Rule
    reading: Fresh


def judge(
    district: int,
    devices: Mapping[int, Device],
    fresh: Sequence[Fresh],
    before: Mapping[Key, datetime],
    now: datetime,
) -> None:
    """Move on every machine that a fresh reading concerns. The devices are locked, and their states with them.

    A state is only kept where there is something to remember: readings that stay within a rule write nothing.
    """
    watched = [] if not fresh else list(_watched(in_force(district), devices, fresh))
    if not watched:
        return
    states = states_of(district, {one.device.id for one in watched})
    beyond = [one for one in watched if one.rule.watch.is_beyond(one.reading.value)]
    # Of what is within its limits and was before nothing is said, worked on or not.
    about = {one.device.id for one in beyond} | {
        row.device_id for row in states.values() if row.raised is not None or row.first is not None
    }
    moments = [one.reading.at for one in watched]
    works = works_on(district, about, min(moments), max(moments))
    others = _others(district, beyond)
    happened: list[Happened] = []
    changed: dict[Pair, WatchState] = {}
    for one in watched:
        pair = (one.device.id, one.rule.code)
        row = states.get(pair)
        if row is None:
            if not one.rule.watch.is_beyond(one.reading.value):
                continue
            row = states[pair] = WatchState(district=district, device_id=one.device.id, rule=one.rule.code)
        known = before.get((one.device.id, one.rule.factor))
        state = state_of(row)
        state = replace(state, last=max(filter(None, (state.last, known)), default=None))
        seen = _seen(one, works.get(one.device.id, ()), others.get(pair, 0))
        after, events = step(state, seen, one.rule.watch, now)
        put_state(row, after)
        # How far it was judged is known from the last reading too: alone it is not worth a row written anew.
        if replace(after, last=None) != replace(state, last=None):
            changed[pair] = row
        happened += [Happened(one.device, one.rule, event, row) for event in events]
    save_states(changed.values())
    follow(district, happened, now)


def states_of(district: int, devices: Collection[int]) -> dict[Pair, WatchState]:
    """What is remembered of these devices, locked; one query."""
    rows = WatchState.objects.select_for_update().filter(district=district, device_id__in=devices)
    return {(row.device_id, row.rule): row for row in rows.order_by("device_id", "rule")}


def works_on(
    district: int, devices: Collection[int], first: datetime, last: datetime
) -> Mapping[int, Sequence[Span]]:
    """When somebody works on each of the devices between two moments, both included; one query, none for none."""
    found: dict[int, list[Span]] = defaultdict(list)
    if devices:
        rows = Maintenance.objects.filter(
            district=district, device_id__in=devices, since__lte=last, until__gt=first
        )
        for device, since, until in rows.values_list("device_id", "since", "until"):
            found[device].append((since, until))
    return found


def state_of(row: WatchState) -> State:
    """The row as the machine knows it."""
    return State(row.last, row.since, row.raised, row.peak, tuple(row.changes), row.first, row.worst)


def put_state(row: WatchState, state: State) -> None:
    """The machine's state into the row."""
    for name in _FIELDS:
        value = getattr(state, name)
        setattr(row, name, list(value) if name == "changes" else value)


def save_states(rows: Collection[WatchState]) -> None:
    """Keep what changed; one statement."""
    if rows:
        WatchState.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["district", "device_id", "rule"], update_fields=list(_FIELDS)
        )  # fmt: skip


def _watched(
    rules: Sequence[Rule], devices: Mapping[int, Device], fresh: Iterable[Fresh]
) -> Iterable[_Watched]:
    by_factor: dict[str, list[Rule]] = {}
    for rule in rules:
        by_factor.setdefault(rule.factor, []).append(rule)
    for reading in fresh:
        device = devices[reading.device_id]
        for rule in by_factor.get(reading.factor, ()):
            if rule.concerns(device.id, device.kind):
                yield _Watched(device, rule, reading)


def _others(district: int, beyond: Sequence[_Watched]) -> Mapping[Pair, int]:
    asking = {
        (one.device.id, one.rule.code): Question(one.device, one.rule)
        for one in beyond
        if one.rule.watch.quorum
    }
    return agreeing(district, list(asking.values()))


def _seen(one: _Watched, works: Sequence[Span], others: int) -> Seen:
    # By the moment it speaks of: a buffer sent after the works tells what was measured during them.
    resting = any(since <= one.reading.at < until for since, until in works)
    lon, lat = (0.0, 0.0) if one.rule.watch.light is Light.ANY else where(one.device)
    return Seen(one.reading.at, one.reading.value, lon, lat, resting, others, one.device.every)


def where(device: Device) -> tuple[float, float]:
    """Where the sun is asked for: the device's place, else the middle of the district."""
    if device.lon is not None and device.lat is not None:
        return device.lon, device.lat
    whole = district_row(device.district)
    return whole.lon or 0.0, whole.lat or 0.0
