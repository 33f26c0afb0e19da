"""An alarm's pictures: coarse for who reads the alarm, as they were taken for who said why within minutes."""

from datetime import datetime

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.video.models import Opening, Snapshot, VideoAlarm
from huying.video.policy import must_open
from huying.video.queries.alarms import row_for
from huying.video.rules.pictures import enlarged


def coarse_for(actor: Actor, alarm_id: int, snapshot_id: int) -> bytes:
    """The coarse picture as PNG. Raises Denied, NotFound, also for one that was removed."""
    row = _picture(row_for(actor, alarm_id), snapshot_id)
    if row.fields is None:
        raise NotFound
    return enlarged(bytes(row.fields))


def opened_until(actor: Actor, alarm_id: int, now: datetime) -> datetime | None:
    """Until when the actor sees an alarm's pictures as they were taken; None: not now."""
    rows = Opening.objects.filter(
        district=actor.district,
        alarm_id=alarm_id,
        account_id=actor.account_id,
        key_id=actor.key_id,
        until__gt=now,
    )
    return rows.order_by("-until").values_list("until", flat=True).first()


def path_for(actor: Actor, alarm_id: int, snapshot_id: int, now: datetime) -> str:
    """Where the picture lies in the store, for who opened it just now. Raises Denied, NotFound."""
    must_open(actor)
    row = _picture(row_for(actor, alarm_id), snapshot_id)
    if opened_until(actor, alarm_id, now) is None:
        raise NotFound
    return row.path


def _picture(alarm: VideoAlarm, snapshot_id: int) -> Snapshot:
    row = Snapshot.objects.filter(
        district=alarm.district, alarm_id=alarm.id, id=snapshot_id, removed_at=None
    ).first()
    if row is None:
        raise NotFound
    return row
