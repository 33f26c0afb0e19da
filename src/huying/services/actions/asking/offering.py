"""What a centre offers, and the slots in which it may be asked for."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.cases.queries.settings.calendars import calendar_of
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.services.actions.asking.telling import tell_moved
from huying.services.models import Ask, Facility, Service, Slot
from huying.services.policy import kept_by, may_keep, must
from huying.services.queries.facilities import exceptional
from huying.services.rules.hours import read_hours
from huying.services.rules.kinds import WAITING, AskState
from huying.services.rules.slots import NewService, Pattern, times_of, wrong_in_pattern, wrong_in_service

_OTHER = "其他"


def offer(by: Actor, facility_id: int, new: NewService, now: datetime) -> int:
    """Let a centre offer a service; its id. Raises Denied, NotFound, Invalid, Conflict for a name it offers already."""
    row = Service(district=by.district, made_at=now, made_by=by.name[:60])
    with transaction.atomic():
        centre = _centre(by, facility_id)
        row.facility_id = centre.id
        _fill(row, new)
        _save(row, new=True)
        note_change(
            by,
            NewChange(Subject.SERVICE, str(row.id), f"{centre.name}：{row.name}", Deed.CREATE, {}, told(row)),
            now,
        )
    return row.id


@transaction.atomic
def change_service(by: Actor, service_id: int, new: NewService, now: datetime) -> None:
    """Let a service be exactly this; open slots stay as they are. Raises Denied, NotFound, Invalid, Conflict."""
    row = held_service(by, service_id)
    before = told(row)
    _fill(row, new)
    _save(row, new=False)
    note_change(by, NewChange(Subject.SERVICE, str(row.id), row.name, Deed.CHANGE, before, told(row)), now)


@transaction.atomic
def end_service(by: Actor, service_id: int, now: datetime) -> None:
    """Offer it no more; what was asked for is still done. Twice changes nothing. Raises Denied, NotFound."""
    row = held_service(by, service_id)
    if row.ended_at is not None:
        return
    row.ended_at, row.ended_by = now, by.name[:60]
    row.save(update_fields=["ended_at", "ended_by"])
    note_change(by, NewChange(Subject.SERVICE, str(row.id), row.name, Deed.END), now)


@transaction.atomic
def open_slots(by: Actor, service_id: int, pattern: Pattern, now: datetime) -> int:
    """Open slots by a weekly pattern within the centre's hours; how many are new: one that is there stays as it is.

    Raises Denied, NotFound, Invalid, Conflict for a service that ended.
    """
    row = held_service(by, service_id)
    if row.ended_at is not None:
        raise Conflict("这项服务已停。")
    calendar = calendar_of(by.district)
    if wrong := wrong_in_pattern(pattern, calendar.local_day(now)):
        raise Invalid(fields=wrong)
    centre = Facility.objects.get(district=by.district, id=row.facility_id)
    known = exceptional(by.district, [centre.id], pattern.first).get(centre.id, [])
    week = None if row.at_home else read_hours(centre.hours)
    times = [at for at in times_of(pattern, row.minutes, week, known, calendar) if at > now]
    there = set(
        Slot.objects.filter(
            district=by.district, service_id=row.id, cancelled_at=None, starts_at__in=times
        ).values_list("starts_at", flat=True)
    )
    fresh = [at for at in times if at not in there]
    Slot.objects.bulk_create(
        [
            Slot(
                district=by.district, service_id=row.id, starts_at=at, ends_at=at + timedelta(minutes=row.minutes),
                capacity=pattern.capacity,
            )
            for at in fresh
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return len(fresh)


@transaction.atomic
def cancel_slot(by: Actor, service_id: int, slot_id: int, now: datetime) -> int:
    """Take a slot back: whoever had a place in it waits for another, and is told so; how many. Twice changes nothing.

    Raises Denied, NotFound, Conflict for one that has begun.
    """
    row = held_service(by, service_id)
    mine = Ask.objects.filter(
        district=by.district, slot_id=slot_id, state__in=[one.value for one in WAITING]
    ).order_by("id")
    # Asks first, then the slot: as everybody locks who arranges.
    list(mine.select_for_update())
    slot = (
        Slot.objects.select_for_update().filter(district=by.district, service_id=row.id, id=slot_id).first()
    )
    if slot is None:
        raise NotFound
    if slot.cancelled_at is not None:
        return 0
    if slot.starts_at <= now:
        raise Conflict("这个时段已经开始，不能取消。")
    # Also of those who took a place while we waited for the slot.
    moved = list(mine.select_for_update())
    slot.cancelled_at, slot.cancelled_by, slot.taken = now, by.name[:60], 0
    slot.save(update_fields=["cancelled_at", "cancelled_by", "taken"])
    mine.update(
        slot_id=None,
        starts_at=None,
        state=AskState.ASKED.value,
        arranged_at=None,
        reminded_at=None,
        worker="",
    )
    tell_moved(row, moved, slot.starts_at, now)
    return len(moved)


def held_service(by: Actor, service_id: int) -> Service:
    """A service of a centre the actor runs, locked. Raises Denied, NotFound. Must run in a transaction."""
    must(by, Permission.SERVICE_RUN)
    row = Service.objects.select_for_update().filter(district=by.district, id=service_id).first()
    centre = Facility.objects.filter(district=by.district, id=row.facility_id).first() if row else None
    if row is None or centre is None:
        raise NotFound
    if not may_keep(by, centre.area, centre.body_id, Permission.SERVICE_RUN):
        raise NotFound
    return row


def told(row: Service) -> dict[str, str]:
    """How a service is told in the record of changes."""
    return {
        "名称": row.name,
        "类别": row.category,
        "说明": row.words,
        "每次": f"{row.minutes} 分钟",
        "提前": f"{row.notice} 小时",
        "安排": "中心安排" if row.confirms else "约到即定",
        "方式": "上门" if row.at_home else "到中心",
    }


def _centre(by: Actor, facility_id: int) -> Facility:
    must(by, Permission.SERVICE_RUN)
    mine = Facility.objects.select_for_update().filter(kept_by(by, Permission.SERVICE_RUN), ended_at=None)
    row = mine.filter(id=facility_id).first()
    if row is None:
        raise NotFound
    return row


def _fill(row: Service, new: NewService) -> None:
    if wrong := wrong_in_service(new):
        raise Invalid(fields=wrong)
    row.name, row.words = " ".join(new.name.split()), new.words.strip()
    row.category = " ".join(new.category.split()) or _OTHER
    row.minutes, row.notice = new.minutes, new.notice
    row.confirms, row.at_home = new.confirms, new.at_home


def _save(row: Service, *, new: bool) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=new, force_update=not new)
    except IntegrityError:
        raise Conflict("这里已有同名的服务。", fields={"name": "这里已有同名的服务。"}) from None
