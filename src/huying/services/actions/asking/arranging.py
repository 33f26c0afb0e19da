"""What a centre does with what is asked of it: arranges, does, misses, calls off; and looks at who asked, by name."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.services.actions.asking.asking import cancel, locked
from huying.services.actions.asking.places import give_back, take_place
from huying.services.actions.asking.telling import tell_arranged, tell_cancelled
from huying.services.models import Ask, Facility, Slot
from huying.services.policy import may_keep, must
from huying.services.queries.links import opened
from huying.services.rules.kinds import WAITING, AskState

_AHEAD = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """When and by whom: a slot, or a time of its own; what the resident is told."""

    slot_id: int | None = None
    starts_at: datetime | None = None
    worker: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Who asked, whole. Show it to whoever asked for it and keep it nowhere."""

    name: str
    phone: str
    address: str
    words: str
    review: str


def arrange(by: Actor, ask_id: int, given: Arrangement, now: datetime) -> None:
    """Say when and by whom it is done; the resident is told. Again with another time it is moved.

    Raises Denied, NotFound, Invalid, Conflict for what ended, and for a slot that is full.
    """
    wrong = _wrong(given, now)
    if wrong:
        raise Invalid(fields=wrong)
    with transaction.atomic():
        row = held(by, ask_id)
        if AskState(row.state) not in WAITING:
            raise Conflict("这一件已经办完或取消。")
        _move(row, given, now)
        if row.starts_at is None:
            raise Invalid(fields={"starts_at": "请选时段，或写一个时间。"})
        row.state, row.arranged_at, row.arranged_by = AskState.ARRANGED.value, now, by.name[:60]
        row.worker, row.told, row.reminded_at = given.worker.strip(), given.told.strip(), None
        row.save()
        tell_arranged(row, now)


def _move(row: Ask, given: Arrangement, now: datetime) -> None:
    """Take the new place before the old one is given back."""
    if given.slot_id is not None and given.slot_id != row.slot_id:
        # Both in one order, whoever moves the other way round.
        pair = Slot.objects.filter(district=row.district, id__in=[given.slot_id, row.slot_id or 0])
        list(pair.select_for_update().order_by("id"))
        slot = take_place(row.district, given.slot_id, row.service_id, now)
        give_back(row.district, row.slot_id)
        row.slot_id, row.starts_at = slot.id, slot.starts_at
    elif given.slot_id is None and given.starts_at is not None:
        give_back(row.district, row.slot_id)
        row.slot_id, row.starts_at = None, given.starts_at


def finish(by: Actor, ask_id: int, done: bool, now: datetime) -> None:
    """It was done, or nobody came. Twice the same changes nothing.

    Raises Denied, NotFound, Conflict before its time and for what was not arranged.
    """
    state = AskState.DONE if done else AskState.MISSED
    with transaction.atomic():
        row = held(by, ask_id)
        if row.state == state.value:
            return
        if row.state != AskState.ARRANGED.value:
            raise Conflict("先安排，才能登记完成。")
        if row.starts_at is not None and row.starts_at > now:
            raise Conflict("还没到时间。")
        row.state, row.ended_at, row.ended_by = state.value, now, by.name[:60]
        row.save(update_fields=["state", "ended_at", "ended_by"])


def call_off(by: Actor, ask_id: int, why: str, now: datetime) -> None:
    """The centre cannot do it; the resident is told why. Raises Denied, NotFound, Invalid without why, Conflict."""
    reason = why.strip()
    if not 0 < len(reason) <= 200:
        raise Invalid(fields={"why": "请写明原因，最多 200 字，居民看得到。"})
    with transaction.atomic():
        row = held(by, ask_id)
        if row.state == AskState.CANCELLED.value:
            return
        if AskState(row.state) not in WAITING:
            raise Conflict("这一件已经办完。")
        row.told = reason
        row.save(update_fields=["told"])
        cancel(row, by.name, now, by_resident=False)
        tell_cancelled(row, now, by_resident=False)


def look_at(by: Actor, ask_id: int, now: datetime) -> Person:
    """Who asked, whole, for whoever runs the centre; written down in the audit. Raises Denied, NotFound."""
    with transaction.atomic():
        row = held(by, ask_id)
        what = f"服务点单 {row.number}：称呼、电话、地址"
        record_viewings(by, [NewViewing(ViewingKind.UNMASK, what, row.caller_id)], now)
    columns = ("name", "phone", "address", "words", "review")
    return Person(*(opened(row.district, one, getattr(row, f"{one}_sealed")) for one in columns))


def held(by: Actor, ask_id: int) -> Ask:
    """An ask of a centre the actor runs, locked. Raises Denied, NotFound. Must run in a transaction."""
    must(by, Permission.SERVICE_RUN)
    row = locked(by.district, ask_id)
    centre = Facility.objects.filter(district=row.district, id=row.facility_id).first()
    if centre is None or not may_keep(by, centre.area, centre.body_id, Permission.SERVICE_RUN):
        raise NotFound
    return row


def _wrong(given: Arrangement, now: datetime) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if given.starts_at is not None and not now < given.starts_at < now + _AHEAD:
        wrong["starts_at"] = said("时间要在今后半年之内。")
    if len(given.worker.strip()) > 40:
        wrong["worker"] = said("最多 %(most)s 字。", most=40)
    if len(given.told.strip()) > 200:
        wrong["told"] = said("最多 %(most)s 字。", most=200)
    return wrong
