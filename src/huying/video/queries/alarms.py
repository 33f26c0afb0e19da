"""What cameras told, as pages and interfaces show it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.queries.seeing import must_see, numbers_for
from huying.devices.models import Device
from huying.kernel.errors import NotFound
from huying.video.models import Opening, Snapshot, VideoAlarm
from huying.video.policy import must_read, visible_to
from huying.video.rules.kinds import AlarmDoor, AlarmFollow, AlarmKind, AlarmVerdict, LookReason


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """One picture; ``gone``: it was removed, or its time was over."""

    id: int
    at: datetime
    width: int
    height: int
    gone: bool
    removed_by: str
    removed_why: str


@dataclass(frozen=True, slots=True)
class AlarmInfo:
    """One alarm. ``number``: its case's, "" where the actor does not see it. Positions are CGCS2000 degrees."""

    id: int
    device_id: int
    device_code: str
    device_name: str
    place_text: str
    kind: AlarmKind
    door: AlarmDoor
    area: str
    body_id: int | None
    lon: float | None
    lat: float | None
    words: str
    level: int
    score: int | None
    count: int
    first_at: datetime
    last_at: datetime
    follow: AlarmFollow
    case_id: int | None
    number: str
    emergency_id: int | None
    verdict: AlarmVerdict | None
    judged_at: datetime | None
    judged_by: str
    judged_why: str
    snapshots: Sequence[SnapshotInfo]


@dataclass(frozen=True, slots=True)
class OpeningInfo:
    """Who opened the pictures, when, and why."""

    id: int
    who: str
    at: datetime
    reason: LookReason
    why: str


@dataclass(frozen=True, slots=True)
class SoughtAlarms:
    """What narrows the list. ``state``: "true", "false", "open" (nobody looked yet); "": all."""

    kind: AlarmKind | None = None
    follow: AlarmFollow | None = None
    area: str = ""
    device_id: int | None = None
    state: str = ""
    since: datetime | None = None
    until: datetime | None = None


def alarms_for(
    actor: Actor, sought: SoughtAlarms | None = None, before: int | None = None, limit: int = 50
) -> list[AlarmInfo]:
    """The alarms an actor sees, the newest first, below id ``before``; four statements. Raises Denied."""
    must_read(actor)
    rows = VideoAlarm.objects.filter(visible_to(actor) & _asked(sought or SoughtAlarms()))
    if before is not None:
        rows = rows.filter(id__lt=before)
    return _infos(actor, list(rows.order_by("-id")[:limit]))


def alarm_for(actor: Actor, alarm_id: int) -> AlarmInfo:
    """One of them, also seen by who sees its case. Raises Denied, NotFound."""
    return _infos(actor, [row_for(actor, alarm_id)])[0]


def alarms_of_case(actor: Actor, case_id: int) -> list[AlarmInfo]:
    """What cameras told of a case that the actor sees; nothing for who reads no alarms."""
    if not actor.may(Permission.VIDEO_READ):
        return []
    rows = VideoAlarm.objects.filter(district=actor.district, case_id=case_id).order_by("id")[:20]
    return _infos(actor, list(rows))


def openings_of(actor: Actor, alarm_id: int, limit: int = 20) -> list[OpeningInfo]:
    """Who opened an alarm's pictures, the newest first. Raises Denied, NotFound."""
    row = row_for(actor, alarm_id)
    found = Opening.objects.filter(district=row.district, alarm_id=row.id).order_by("-id")[:limit]
    return [OpeningInfo(one.id, one.who, one.at, LookReason(one.reason), one.why) for one in found]


def row_for(actor: Actor, alarm_id: int) -> VideoAlarm:
    """Its row, for this package."""
    must_read(actor)
    row = VideoAlarm.objects.filter(visible_to(actor), id=alarm_id).first()
    if row is not None:
        return row
    row = VideoAlarm.objects.filter(district=actor.district, id=alarm_id).first()
    if row is None or row.case_id is None:
        raise NotFound
    must_see(actor, row.district, row.case_id)
    return row


def _asked(sought: SoughtAlarms) -> Q:
    given: dict[str, Any] = {
        "kind": sought.kind.value if sought.kind else None,
        "follow": sought.follow.value if sought.follow else None,
        "device_id": sought.device_id,
        "made_at__gte": sought.since,
        "made_at__lt": sought.until,
    }
    asked = Q(**{name: value for name, value in given.items() if value is not None})
    if sought.state:
        asked &= Q(verdict="" if sought.state == "open" else sought.state)
    if sought.area:
        asked &= Q(area__gte=sought.area, area__lt=f"{sought.area}:")
    return asked


def _infos(actor: Actor, rows: Sequence[VideoAlarm]) -> list[AlarmInfo]:
    if not rows:
        return []
    district = rows[0].district
    devices = {
        row.id: row
        for row in Device.objects.filter(district=district, id__in={one.device_id for one in rows})
    }
    pictures = _pictures(district, [row.id for row in rows])
    numbers = numbers_for(actor, {row.case_id for row in rows if row.case_id is not None})
    return [_info(row, devices, pictures.get(row.id, ()), numbers) for row in rows]


def _pictures(district: int, alarms: Collection[int]) -> Mapping[int, Sequence[SnapshotInfo]]:
    found: dict[int, list[SnapshotInfo]] = {}
    rows = Snapshot.objects.filter(district=district, alarm_id__in=alarms).defer("fields").order_by("id")
    for row in rows:
        one = SnapshotInfo(
            row.id, row.at, row.width, row.height, row.removed_at is not None, row.removed_by, row.removed_why
        )
        found.setdefault(row.alarm_id, []).append(one)
    return found


def _info(
    row: VideoAlarm,
    devices: Mapping[int, Device],
    pictures: Sequence[SnapshotInfo],
    numbers: Mapping[int, str],
) -> AlarmInfo:
    device = devices.get(row.device_id)
    return AlarmInfo(
        id=row.id, device_id=row.device_id, device_code=device.code if device else "",
        device_name=device.name if device else "", place_text=device.place_text if device else "",
        kind=AlarmKind(row.kind), door=AlarmDoor(row.door), area=row.area, body_id=row.body_id, lon=row.lon,
        lat=row.lat, words=row.words, level=row.level, score=row.score, count=row.count, first_at=row.first_at,
        last_at=row.last_at, follow=AlarmFollow(row.follow), case_id=row.case_id,
        number=numbers.get(row.case_id or 0, ""), emergency_id=row.emergency_id,
        verdict=AlarmVerdict(row.verdict) if row.verdict else None, judged_at=row.judged_at,
        judged_by=row.judged_by, judged_why=row.judged_why, snapshots=pictures,
    )  # fmt: skip
