"""Meetings written down: before, during and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.deliberation.models import Meeting, MeetingKind
from huying.deliberation.policy import must_run
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.saying import said
from huying.people.queries import bodies
from huying.places.queries import Level, area_name, areas


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingForm:
    """A meeting as it was typed; ``bodies`` are ids of those present, ``area`` the code of where it belongs."""

    kind_id: int
    title: str
    area: str
    venue: str
    held_at: datetime
    host: str
    agenda: str = ""
    attendance: str = ""
    bodies: Sequence[int] = ()
    minutes: str = ""


def put_meeting(by: Actor, form: MeetingForm, once: str, now: datetime) -> int:
    """A meeting, kept once for each form; its id. Raises Denied or NotFound for a foreign area, Invalid."""
    must_run(by, form.area)
    _check(by, form, now)
    with transaction.atomic():
        row, _ = Meeting.objects.get_or_create(
            district=by.district, once=once,
            defaults={**_fields(form), "made_at": now, "made_by": by.name[:60]},
        )  # fmt: skip
    return int(row.pk)


@transaction.atomic
def change_meeting(by: Actor, meeting_id: int, form: MeetingForm, now: datetime) -> None:
    """Write it anew; also the minutes of one that is over. Raises Denied, NotFound, Invalid."""
    row = locked(by, meeting_id)
    must_run(by, form.area)
    _check(by, form, now)
    Meeting.objects.filter(pk=row.pk).update(**_fields(form))


@transaction.atomic
def end_meeting(by: Actor, meeting_id: int, now: datetime) -> None:
    """The meeting takes no more appeals; what it took is followed all the same. Twice changes nothing."""
    row = locked(by, meeting_id)
    if row.ended_at is None:
        Meeting.objects.filter(pk=row.pk).update(ended_at=now, ended_by=by.name[:60])


def locked(by: Actor, meeting_id: int) -> Meeting:
    """The meeting, locked, of who may run it. Raises NotFound, Denied."""
    row = Meeting.objects.select_for_update().filter(district=by.district, id=meeting_id).first()
    if row is None:
        raise NotFound
    must_run(by, row.area)
    return row


def is_known_area(district: int, code: str) -> bool:
    """Whether there is such an area; where nobody drew any, its digits are believed."""
    return code == str(district) or not areas(district, Level.STREET) or area_name(district, code) != code


def _check(by: Actor, form: MeetingForm, now: datetime) -> None:
    wrong: dict[str, str] = {}
    if not form.title.strip():
        wrong["title"] = said("请写会议名称。")
    if not MeetingKind.objects.filter(district=by.district, pk=form.kind_id).exists():
        wrong["kind"] = said("请选会议类型。")
    if not is_known_area(by.district, form.area):
        wrong["area"] = said("请选街道或社区。")
    known = {body.id for body in bodies(by.district, now)}
    if not set(form.bodies) <= known:
        wrong["bodies"] = said("有的单位已经不在了，请重新选。")
    if wrong:
        raise Invalid(fields=wrong)


def _fields(form: MeetingForm) -> dict[str, object]:
    return {
        "kind_id": form.kind_id, "title": form.title.strip()[:80], "area": form.area, "venue": form.venue.strip()[:120],
        "held_at": form.held_at, "host": form.host.strip()[:60], "agenda": form.agenda.strip(),
        "attendance": form.attendance.strip(), "bodies": sorted(set(form.bodies)), "minutes": form.minutes.strip(),
    }  # fmt: skip
