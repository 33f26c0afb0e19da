"""Facilities entered, corrected, confirmed, ended."""

from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.geo.datums import Datum, convert
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.kernel.saying import said
from huying.people.queries import bodies, unit_names
from huying.places.queries import area_words, placed
from huying.services.actions.marking import mark_places
from huying.services.models import Facility, Service
from huying.services.policy import kept_by, may_keep, must
from huying.services.queries.kinds import kind_names, kinds_of
from huying.services.rules.entries import NewFacility, wrong_in
from huying.services.rules.hours import read_hours, words_of
from huying.services.rules.kinds import Amenity


@transaction.atomic
def enter(by: Actor, new: NewFacility, now: datetime) -> int:
    """Take a facility in; its id.

    Raises Denied for a place or a body that is not theirs to enter for, Invalid and OutsideDistrict (fields named).
    """
    must(by, Permission.FACILITY_EDIT)
    row = Facility(district=by.district, made_at=now, made_by=by.name[:60])
    fill(row, by, new, now)
    if not may_keep(by, row.area, row.body_id):
        raise Denied
    row.checked_at, row.checked_by = now, by.name[:60]
    row.save(force_insert=True)
    mark_places(by.district)
    note_change(by, _change(row, Deed.CREATE, {}, told(row)), now)
    return row.id


@transaction.atomic
def correct(by: Actor, facility_id: int, new: NewFacility, now: datetime) -> None:
    """Let an entry be exactly this; it counts as checked. Raises Denied, NotFound, Invalid, OutsideDistrict."""
    row = held(by, facility_id)
    if row.ended_at is not None:
        raise NotFound
    before = told(row)
    fill(row, by, new, now)
    if not may_keep(by, row.area, row.body_id):
        raise Denied
    row.checked_at, row.checked_by = now, by.name[:60]
    row.save(force_update=True)
    mark_places(by.district)
    note_change(by, _change(row, Deed.CHANGE, before, told(row)), now)


@transaction.atomic
def confirm(by: Actor, facility_id: int, now: datetime) -> None:
    """Somebody made sure that an entry is right. Raises Denied, NotFound."""
    row = held(by, facility_id)
    row.checked_at, row.checked_by = now, by.name[:60]
    row.save(update_fields=["checked_at", "checked_by"])


@transaction.atomic
def end(by: Actor, facility_id: int, why: str, now: datetime) -> None:
    """It is there no more. Twice changes nothing. Raises Denied, NotFound, Invalid without why or while it offers
    services."""
    row = held(by, facility_id)
    if row.ended_at is not None:
        return
    reason = why.strip()
    if not 0 < len(reason) <= 200:
        raise Invalid(fields={"why": "请写明原因，最多 200 字。"})
    if Service.objects.filter(district=by.district, facility_id=row.id, ended_at=None).exists():
        raise Invalid("这里还有服务项目，请先停掉服务项目。", fields={"why": "还有服务项目"})
    row.ended_at, row.ended_by, row.ended_why, row.changed_at = now, by.name[:60], reason, now
    row.save(update_fields=["ended_at", "ended_by", "ended_why", "changed_at"])
    mark_places(by.district)
    note_change(by, _change(row, Deed.END, {}, {"原因": reason}), now)


def held(by: Actor, facility_id: int) -> Facility:
    """An entry the actor keeps, locked. Raises Denied for who keeps none, NotFound. Must run in a transaction."""
    must(by, Permission.FACILITY_EDIT)
    row = Facility.objects.select_for_update().filter(kept_by(by), id=facility_id).first()
    if row is None:
        raise NotFound
    return row


def fill(row: Facility, by: Actor, new: NewFacility, now: datetime) -> None:
    """Put what was typed into a row. Raises Invalid, OutsideDistrict."""
    wrong = dict(wrong_in(new))
    known = {one.code for one in kinds_of(by.district)}
    if new.kind not in known and new.kind != row.kind:
        wrong["kind"] = said("没有这个类型。")
    units = {one.id for one in bodies(by.district, now)}
    if new.body_id is not None and new.body_id not in units and new.body_id != row.body_id:
        wrong["body_id"] = said("没有这个单位。")
    if wrong:
        raise Invalid(fields=wrong)
    row.lon, row.lat = convert(new.lon, new.lat, Datum(new.datum))
    row.area = placed(by.district, row.lon, row.lat).code
    row.kind, row.body_id = new.kind, new.body_id
    row.hours = words_of(read_hours(new.hours))
    row.amenities = [one.value for one in Amenity if one in new.amenities]
    for name in ("name", "address", "phone", "note"):
        setattr(row, name, " ".join(getattr(new, name).split()))
    row.changed_at = now


def told(row: Facility) -> dict[str, str]:
    """How an entry is told in the record of changes."""
    return {
        "类型": kind_names(row.district).get(row.kind, row.kind),
        "名称": row.name,
        "区域": area_words(row.district, row.area),
        "位置": f"{row.lon:.6f}, {row.lat:.6f}",
        "地址": row.address,
        "电话": row.phone,
        "开放时间": row.hours,
        "设施": "、".join(Amenity(one).zh for one in row.amenities),
        "说明": row.note,
        "维护单位": unit_names(row.district).get(row.body_id or 0, ""),
    }


def _change(row: Facility, deed: Deed, before: dict[str, str], after: dict[str, str]) -> NewChange:
    return NewChange(Subject.FACILITY, str(row.id), row.name, deed, before, after)
