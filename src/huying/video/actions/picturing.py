"""Pictures of an alarm: looked into, written anew, kept with their coarse copy. An alarm waits for none of them."""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.rules.photos import CleanPhoto, clean_photo
from huying.devices.models import Device
from huying.devices.policy import spoken_for_by
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.kernel.saying import said
from huying.video.models import Snapshot, Told, VideoAlarm
from huying.video.rules.pictures import coarse
from huying.video.rules.sighting import key_of

#: A camera that tells every two seconds sends a picture each time: the first ones say what it was.
MOST: Final = 6
#: A picture that comes apart from its alarm belongs to the camera's newest one of so long.
APART: Final = timedelta(minutes=5)
_LATE: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Picture:
    """What became of one picture: its id, or why it is not kept."""

    id: int | None
    why: str = ""


def keep_pictures(
    by: Actor, alarm_id: int, contents: Sequence[bytes], now: datetime, device: str = ""
) -> list[Picture]:
    """Keep pictures with their alarm, each by itself: what is wrong with one hinders no other. The same is kept once.

    ``device``: the only one that may speak. Raises Denied, NotFound; Conflict an hour after the alarm was heard last.
    """
    _may_speak(by, alarm_id, device, now)
    return [_kept(by.district, alarm_id, content, now) for content in contents]


def alarm_apart(by: Actor, device: str, ref: str, now: datetime) -> int:
    """The alarm a picture belongs to that came by itself: by the sender's own number, else the camera's newest.

    Raises Denied, NotFound.
    """
    if not by.may(Permission.DEVICE_PUSH):
        raise Denied
    row = Device.objects.filter(spoken_for_by(by), code=device, retired_at=None).first()
    if row is None:
        raise NotFound
    if ref:
        told = Told.objects.filter(
            district=row.district, device_id=row.id, key=key_of("webhook", ref)
        ).first()
        found = told.alarm_id if told is not None else None
    else:
        newest = VideoAlarm.objects.filter(district=row.district, device_id=row.id, heard_at__gte=now - APART)
        found = newest.order_by("-heard_at").values_list("id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def file_of(path: str) -> Path:
    """Where a path of the store lies."""
    return Path(settings.MEDIA_ROOT) / path


def _may_speak(by: Actor, alarm_id: int, device: str, now: datetime) -> None:
    if not by.may(Permission.DEVICE_PUSH):
        raise Denied
    alarm = VideoAlarm.objects.filter(district=by.district, id=alarm_id).first()
    named = {"code": device} if device else {}
    if alarm is None or not Device.objects.filter(spoken_for_by(by), id=alarm.device_id, **named).exists():
        raise NotFound
    if alarm.heard_at < now - _LATE or alarm.cleared_at is not None:
        raise Conflict("报警已过一小时，不再收截图。")


def _kept(district: int, alarm_id: int, content: bytes, now: datetime) -> Picture:
    try:
        photo = clean_photo(content)
    except Invalid as wrong:
        return Picture(None, wrong.message)
    fields = coarse(photo.content)
    with transaction.atomic():
        # One after the other: no alarm gets more than its number.
        VideoAlarm.objects.select_for_update().filter(district=district, id=alarm_id).first()
        rows = Snapshot.objects.filter(district=district, alarm_id=alarm_id)
        known = rows.filter(sha256=photo.sha256).first()
        if known is not None:
            return Picture(known.id)
        if rows.count() >= MOST:
            return Picture(None, said("每次报警最多 %(n)s 张截图，多的没有收。", n=MOST))
        row = Snapshot.objects.create(
            district=district, alarm_id=alarm_id, path=_written(district, photo), sha256=photo.sha256,
            width=photo.width, height=photo.height, size=len(photo.content), fields=fields, at=now,
        )  # fmt: skip
    return Picture(row.id)


def _written(district: int, photo: CleanPhoto) -> str:
    """Apart from the photos of people: what a camera took is taken away by its own rule."""
    path = Path(str(district), "video", photo.sha256[:2], f"{photo.sha256}.jpg")
    target = file_of(str(path))
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(photo.content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    return str(path)
