"""What follows from an alarm: a case, an emergency card, a word in the one that is open."""

from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import system
from huying.cases.actions import NewAppeal, receive
from huying.cases.lifecycle import Channel
from huying.catalogue.rules import AppealKind
from huying.devices.actions.alarming import open_for
from huying.devices.actions.casework import note, open_ones, send_to, speaking
from huying.devices.models import Device
from huying.emergency.queries import open_card_of
from huying.geo.datums import Datum, convert
from huying.kernel.errors import OutsideDistrict
from huying.people.queries import unit_names
from huying.places.queries import district as district_row
from huying.places.queries import placed
from huying.video.models import VideoAlarm
from huying.video.rules import words
from huying.video.rules.kinds import OF_THE_CAMERA, AlarmFollow, AlarmKind
from huying.video.rules.sighting import Sighting
from huying.video.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it is, in CGCS2000 degrees."""

    area: str
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class Followed:
    """The case and the card that an alarm led to."""

    case_id: int | None = None
    emergency_id: int | None = None


def spot_of(device: Device, one: Sighting) -> Spot:
    """Where the camera says it is, if that lies in the district; else where it stands in the register."""
    known = {datum.value: datum for datum in Datum}
    if one.lon is not None and one.lat is not None and one.datum in known:
        lon, lat = convert(one.lon, one.lat, known[one.datum])
        try:
            return Spot(placed(device.district, lon, lat).code, lon, lat)
        except OutsideDistrict:
            pass
    return Spot(device.area, device.lon, device.lat)


def open_matter(
    device: Device, one: Sighting, rule: Standing, follow: AlarmFollow, spot: Spot, now: datetime
) -> Followed:
    """Do what the rule says, in the caller's transaction."""
    if follow is AlarmFollow.RECORD:
        return Followed()
    zone = district_row(device.district).zone
    said = words.raised(one.kind, device.name, device.code, one.at, one.words, now, zone)
    if follow is AlarmFollow.EMERGENCY:
        key = f"video-{one.kind.value}"
        card = open_for(
            device, rule.emergency, key, said, now, spot.lon, spot.lat, Datum.CGCS2000.value, one.at
        )
        return Followed(card.case_id, card.id)
    return Followed(_open_case(device, one, rule, spot, said, now))


def is_going(row: VideoAlarm) -> bool:
    """Whether the card or the case of an alarm is open still."""
    if row.case_id is None:
        return False
    if row.emergency_id is not None:
        return open_card_of(system(row.district), row.case_id) is not None
    return row.case_id in open_ones(row.district, {row.case_id})


def tell_again(row: VideoAlarm, device: Device, one: Sighting, rule: Standing, now: datetime) -> None:
    """Say in what is open that the camera still tells of it: a card by a further alarm, a case by a note."""
    zone = district_row(row.district).zone
    kind = AlarmKind(row.kind)
    if row.emergency_id is not None:
        said = words.again(kind, row.count, one.at, zone)
        open_for(device, rule.emergency, f"video-{kind.value}", said, now, at=one.at)
    elif row.case_id is not None:
        note(row.district, row.case_id, words.again(kind, row.count, one.at, zone), now)


def _open_case(device: Device, one: Sighting, rule: Standing, spot: Spot, said: str, now: datetime) -> int:
    own = one.kind in OF_THE_CAMERA
    if own:
        said = words.owned(said, unit_names(device.district).get(device.body_id or 0, ""))
    new = NewAppeal(
        text=said, channel=Channel.DEVICE.value, kind=AppealKind.HELP.value, place_text=device.place_text,
        lon=spot.lon, lat=spot.lat, area=spot.area, item=rule.item, source=device.code[:40], urgency=rule.urgency,
        idempotency_key=f"video-{device.id}-{one.kind.value}-{now.timestamp():.6f}",
    )  # fmt: skip
    case_id = receive(device.district, [new], by=speaking(device.district), now=now)[0].case_id
    if own and rule.item and device.body_id is not None:
        send_to(device.district, case_id, rule.item, device.body_id, now)
    return case_id
