"""What follows when a rule is broken, over again, or changes too often: a case, an emergency card, a note."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from huying.cases.actions import NewAppeal, receive
from huying.cases.lifecycle import Channel
from huying.catalogue.rules import AppealKind
from huying.devices.actions.alarming import open_for
from huying.devices.actions.casework import note, open_ones, settle, speaking
from huying.devices.models import Device, Matter, WatchState
from huying.devices.queries.curves import curve_of
from huying.devices.queries.rules import Rule
from huying.devices.rules import words
from huying.devices.rules.kinds import DeviceKind, Follow, MatterKind
from huying.devices.rules.watching import HOUR, Event, Happening
from huying.places.queries import district as district_row

_BEFORE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Happened:
    """What a reading brought about, and the state that remembers its matter."""

    device: Device
    rule: Rule
    event: Event
    state: WatchState


def follow(district: int, happened: Sequence[Happened], now: datetime) -> None:
    """Do what follows, in the order in which it happened, in the caller's transaction."""
    if not happened:
        return
    zone = district_row(district).zone
    for wave in _waves(happened):
        _follow(district, wave, zone, now)


def _waves(happened: Sequence[Happened]) -> list[list[Happened]]:
    """What happens to one device under one rule, one after the other; what happens to many, side by side."""
    waves: list[list[Happened]] = []
    before = Counter[tuple[int, str]]()
    for one in happened:
        pair = (one.device.id, one.rule.code)
        if before[pair] == len(waves):
            waves.append([])
        waves[before[pair]].append(one)
        before[pair] += 1
    return waves


def _follow(district: int, happened: Sequence[Happened], zone: str, now: datetime) -> None:
    fresh = _again(district, happened, zone, now)
    cases = _received(district, fresh, zone, now)
    opening = {id(one) for one in fresh}
    for one in happened:
        if one.event.kind is Happening.OVER:
            _over(one, zone, now)
        elif one.event.kind is Happening.FLUTTERING:
            _fluttering(one, zone, now)
        elif id(one) in opening:
            _opened(one, cases.get(id(one)), zone, now)


def _again(district: int, happened: Sequence[Happened], zone: str, now: datetime) -> list[Happened]:
    """Those that open a matter; one over less than an hour ago whose case is still open goes on in that.

    An emergency always speaks to its card: whether that one is open still is not seen by its case.
    """
    rising = [one for one in happened if one.event.kind is Happening.RAISED]
    known = {one.state.matter_id for one in rising if one.state.matter_id is not None}
    matters = {row.id: row for row in Matter.objects.filter(district=district, id__in=known)} if known else {}
    cases = open_ones(district, {row.case_id for row in matters.values() if row.case_id}) if matters else ()
    fresh = []
    for one in rising:
        row = matters.get(one.state.matter_id or 0)
        lately = row is not None and (row.until is None or one.event.at - row.until < HOUR)
        alarming = one.rule.follow is Follow.EMERGENCY
        if alarming or row is None or row.case_id not in cases or not lately:
            fresh.append(one)
            continue
        Matter.objects.filter(district=district, id=row.id).update(until=None)
        note(district, row.case_id or 0, words.again(one.rule.factor, one.event, zone), now)
    return fresh


def _received(district: int, fresh: Sequence[Happened], zone: str, now: datetime) -> dict[int, int]:
    """The case of each that becomes an appeal; all of them in one batch."""
    appeals = [one for one in fresh if one.rule.follow is Follow.APPEAL]
    if not appeals:
        return {}
    new = [_appeal(one, zone) for one in appeals]
    receipts = receive(district, new, by=speaking(district), now=now)
    return {id(one): receipt.case_id for one, receipt in zip(appeals, receipts, strict=True)}


def _appeal(one: Happened, zone: str) -> NewAppeal:
    device, rule, event = one.device, one.rule, one.event
    return NewAppeal(
        text=_says(one, zone), channel=Channel.DEVICE.value, kind=AppealKind.HELP.value, place_text=device.place_text,
        lon=device.lon, lat=device.lat, area=device.area, item=rule.item, source=device.code[:40],
        idempotency_key=f"device-{device.id}-{rule.code}-{event.kind.value}-{event.at.timestamp():.6f}",
        urgency=rule.urgency,
    )  # fmt: skip


def _says(one: Happened, zone: str) -> str:
    kind = DeviceKind(one.device.kind)
    return words.raised(
        kind, one.device.name, one.device.code, one.rule.factor, one.rule.watch, one.event, zone
    )


def _opened(one: Happened, case_id: int | None, zone: str, now: datetime) -> None:
    emergency_id = None
    if one.rule.follow is Follow.EMERGENCY:
        card = open_for(one.device, one.rule.emergency, one.rule.code, _says(one, zone), now)
        case_id, emergency_id = card.case_id, card.id
    _keep(one, case_id, emergency_id, now)


def _keep(one: Happened, case_id: int | None, emergency_id: int | None, now: datetime) -> Matter:
    # What fluttered goes on in this matter: the state would never find the one before to end it.
    if one.state.matter_id is not None:
        before = Matter.objects.filter(district=one.device.district, id=one.state.matter_id, until=None)
        before.update(until=one.event.at)
    row = Matter.objects.create(
        district=one.device.district, device_id=one.device.id, kind=MatterKind.RULE.value, rule=one.rule.code,
        factor=one.rule.factor, case_id=case_id, emergency_id=emergency_id, since=one.event.since,
        peak=one.event.peak, made_at=now,
    )  # fmt: skip
    _point(one.state, row.id)
    return row


def _point(state: WatchState, matter_id: int) -> None:
    state.matter_id = matter_id
    rows = WatchState.objects.filter(district=state.district, device_id=state.device_id, rule=state.rule)
    rows.update(matter_id=matter_id)


def _over(one: Happened, zone: str, now: datetime) -> None:
    """Close the matter: its peak and its curve are kept, its case is ended where nobody has it in hand."""
    row = _matter(one)
    if row is None or row.until is not None:
        return
    row.until = max(one.event.at, row.since)
    row.peak = one.event.peak
    row.curve = curve_of(row.district, row.device_id, row.factor, row.since - _BEFORE, row.until)
    row.save(update_fields=["until", "peak", "curve"])
    if row.case_id is None:
        return
    told = words.over(one.rule.factor, one.event, zone)
    if row.emergency_id is not None:
        # An emergency is ended by whoever leads it, not by the device.
        note(row.district, row.case_id, told, now)
    else:
        settle(row.district, row.case_id, told, now)


def _fluttering(one: Happened, zone: str, now: datetime) -> None:
    """One matter and a note: in the case that is open, else in one of its own."""
    row = _matter(one)
    told = words.fluttering(one.rule.factor, one.event)
    if row is not None and row.case_id is not None and note(row.district, row.case_id, told, now):
        Matter.objects.filter(district=row.district, id=row.id).update(until=None)
        return
    case_id = _received(one.device.district, [one], zone, now).get(id(one))
    emergency_id = None
    if one.rule.follow is Follow.EMERGENCY:
        card = open_for(one.device, one.rule.emergency, one.rule.code, told, now)
        case_id, emergency_id = card.case_id, card.id
    kept = _keep(one, case_id, emergency_id, now)
    note(kept.district, kept.case_id or 0, told, now)


def _matter(one: Happened) -> Matter | None:
    if one.state.matter_id is None:
        return None
    return Matter.objects.filter(district=one.device.district, id=one.state.matter_id).first()
