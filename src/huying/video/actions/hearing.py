"""An alarm heard: known already, part of one that goes on, or another one; each in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from huying.access.actor import Actor
from huying.devices.actions import hear, is_worked_on
from huying.devices.models import Device
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.messages import Unread
from huying.video.actions.following import is_going, open_matter, spot_of, tell_again
from huying.video.models import Told, VideoAlarm
from huying.video.queries.rules import standing_of
from huying.video.rules.joining import Joining, Past, joining
from huying.video.rules.kinds import AlarmFollow, AlarmVerdict
from huying.video.rules.sighting import Sighting
from huying.video.rules.standing import Standing


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of an alarm. ``fresh``: it was not known before. ``over``: it told of an end and opened nothing."""

    device: str
    why: Unread | None = None
    alarm_id: int | None = None
    fresh: bool = False
    count: int = 0
    case_id: int | None = None
    emergency_id: int | None = None
    over: bool = False


@transaction.atomic
def hear_alarm(by: Actor, one: Sighting, now: datetime) -> Heard:
    """Hear one alarm: the first of a camera and kind opens what the rule says, in this transaction.

    The same message again changes nothing. Raises Denied for who pushes for no device at all.
    """
    device = hear(by, one.device, now)
    if isinstance(device, Unread):
        return Heard(one.device, device)
    if device.kind != DeviceKind.CAMERA.value:
        return Heard(one.device, Unread.KIND)
    if one.over:
        return Heard(one.device, over=True)
    known = _known(device, one)
    if known is not None:
        return _heard(known, device, fresh=False)
    rule = standing_of(by.district)[one.kind]
    row = _joined(device, one, rule, now)
    Told.objects.create(
        district=row.district, alarm_id=row.id, device_id=device.id, key=one.key or uuid4().hex, at=one.at,
        heard_at=now,
    )  # fmt: skip
    return _heard(row, device, fresh=True)


def _known(device: Device, one: Sighting) -> VideoAlarm | None:
    """The alarm this very message belongs to, if it came before."""
    if not one.key:
        return None
    told = Told.objects.filter(district=device.district, device_id=device.id, key=one.key).first()
    if told is None:
        return None
    return VideoAlarm.objects.filter(district=device.district, id=told.alarm_id).first()


def _joined(device: Device, one: Sighting, rule: Standing, now: datetime) -> VideoAlarm:
    follow = rule.follows(one.score)
    if follow is AlarmFollow.APPEAL and is_worked_on(device, now):
        # As with readings: who cleans the lens opens no case. An emergency rings all the same.
        follow = AlarmFollow.RECORD
    rows = VideoAlarm.objects.filter(district=device.district, device_id=device.id, kind=one.kind.value)
    last = rows.order_by("-id").first()
    step = joining(_past(last), follow, rule.window, now)
    if last is None or step is Joining.NEW:
        return _new(device, one, rule, follow, now)
    last.count += 1
    last.last_at, last.heard_at = max(last.last_at, one.at), now
    if one.score is not None:
        last.score = max(last.score or 0, one.score)
    if step is Joining.TOLD:
        tell_again(last, device, one, rule, now)
        last.told_at = now
    last.save(update_fields=["count", "last_at", "heard_at", "score", "told_at"])
    return last


def _past(last: VideoAlarm | None) -> Past | None:
    if last is None:
        return None
    false = last.judged_at if last.verdict == AlarmVerdict.FALSE.value else None
    return Past(AlarmFollow(last.follow), last.heard_at, last.told_at, is_going(last), false)


def _new(device: Device, one: Sighting, rule: Standing, follow: AlarmFollow, now: datetime) -> VideoAlarm:
    spot = spot_of(device, one)
    led = open_matter(device, one, rule, follow, spot, now)
    return VideoAlarm.objects.create(
        district=device.district, device_id=device.id, kind=one.kind.value, door=one.door.value, area=spot.area,
        body_id=device.body_id, lon=spot.lon, lat=spot.lat, words=one.words, level=one.level, score=one.score,
        first_at=one.at, last_at=one.at, heard_at=now, told_at=now, follow=follow.value, case_id=led.case_id,
        emergency_id=led.emergency_id, made_at=now,
    )  # fmt: skip


def _heard(row: VideoAlarm, device: Device, *, fresh: bool) -> Heard:
    return Heard(device.code, None, row.id, fresh, row.count, row.case_id, row.emergency_id)
