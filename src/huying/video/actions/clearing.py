"""Pictures taken away: one by a person who says why, all when their time is over and nobody needs them any more."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.devices.actions.casework import open_ones
from huying.kernel.errors import Invalid, NotFound
from huying.video.actions.picturing import file_of
from huying.video.models import Snapshot, Told, VideoAlarm
from huying.video.policy import must_set
from huying.video.queries.alarms import row_for
from huying.video.queries.rules import standing_of
from huying.video.rules.kinds import AlarmKind

_AT_ONCE: Final = 200


def remove_picture(by: Actor, alarm_id: int, snapshot_id: int, why: str, now: datetime) -> None:
    """Take a picture away before its time, for good; who and why stay. Twice changes nothing.

    Raises Denied, NotFound, Invalid without why.
    """
    must_set(by)
    reason = why.strip()
    if not 0 < len(reason) <= 200:
        raise Invalid(fields={"why": "请写明为什么删除，最多 200 字。"})
    alarm = row_for(by, alarm_id)
    with transaction.atomic():
        rows = Snapshot.objects.select_for_update().filter(district=alarm.district, alarm_id=alarm.id)
        row = rows.filter(id=snapshot_id).first()
        if row is None:
            raise NotFound
        if row.removed_at is not None:
            return
        _gone([row.id], alarm.district, now, by.name[:60], reason)
        name = AlarmKind(alarm.kind).zh
        note_change(by, NewChange(Subject.VIDEO, str(alarm.id), name, Deed.DELETE, {}, {"原因": reason}), now)
    _unlink(alarm.district, {row.path})


def clear_old(district: int, now: datetime) -> int:
    """Take away pictures and words of alarms whose time is over and whose case is closed; how many alarms.

    What somebody still works on is kept until it is closed.
    """
    held = standing_of(district)
    soonest = now - timedelta(days=min(rule.keep_days for rule in held.values()))
    after, cleared = 0, 0
    while True:
        rows = list(
            VideoAlarm.objects.filter(
                district=district, cleared_at=None, id__gt=after, heard_at__lt=soonest
            ).order_by("id")[:_AT_ONCE]
        )
        if not rows:
            return cleared
        after = rows[-1].id
        worked_on = open_ones(district, {row.case_id for row in rows if row.case_id is not None})
        over = [
            row.id
            for row in rows
            if row.case_id not in worked_on
            and row.heard_at < now - timedelta(days=held[AlarmKind(row.kind)].keep_days)
        ]
        _clear(district, over, now)
        cleared += len(over)


def _clear(district: int, alarms: Collection[int], now: datetime) -> None:
    if not alarms:
        return
    with transaction.atomic():
        rows = Snapshot.objects.filter(district=district, alarm_id__in=alarms, removed_at=None)
        found = dict(rows.values_list("id", "path"))
        _gone(found, district, now, "系统", "保留期满")
        Told.objects.filter(district=district, alarm_id__in=alarms).delete()
        VideoAlarm.objects.filter(district=district, id__in=alarms).update(words="", cleared_at=now)
    _unlink(district, set(found.values()))


def _gone(ids: Collection[int], district: int, now: datetime, who: str, why: str) -> None:
    Snapshot.objects.filter(district=district, id__in=list(ids)).update(
        removed_at=now, removed_by=who, removed_why=why, fields=None
    )


def _unlink(district: int, paths: Collection[str]) -> None:
    """Files that no other alarm shows; the same picture twice is one file."""
    if not paths:
        return
    rows = Snapshot.objects.filter(district=district, path__in=paths, removed_at=None)
    for path in set(paths) - set(rows.values_list("path", flat=True)):
        file_of(path).unlink(missing_ok=True)
