"""Units of the joint meeting: registered, corrected, struck off; their telephone sealed."""

from datetime import datetime

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.kernel.saying import said
from huying.people.actions import NewViewing, record_viewings
from huying.people.models.keyring import keyring
from huying.people.queries import bodies
from huying.people.rules.kinds import ViewingKind
from huying.people.rules.phones import normal_phone
from huying.places.queries import area
from huying.volunteers.models import Listing, Unit
from huying.volunteers.policy import UNITS, may_at, must, must_at
from huying.volunteers.queries.units import opened, place
from huying.volunteers.rules.units import NewUnit, wrong_in_unit


def register_unit(by: Actor, new: NewUnit, now: datetime) -> int:
    """Register a unit; its id. Raises Denied, Invalid (fields named), Conflict for a name that is there."""
    row = Unit(district=by.district, made_at=now, made_by=by.name[:60])
    must_at(by, UNITS, new.area or str(by.district))
    _fill(row, by, new, now)
    _save(row, new=True)
    return row.id


@transaction.atomic
def change_unit(by: Actor, unit_id: int, new: NewUnit, now: datetime) -> None:
    """Correct what is known; an empty phone leaves the one there is. Raises NotFound, Denied, Invalid, Conflict."""
    row = own_unit(by, unit_id)
    must_at(by, UNITS, new.area or str(by.district))
    _fill(row, by, new, now)
    _save(row, new=False)


@transaction.atomic
def strike_unit(by: Actor, unit_id: int, now: datetime) -> None:
    """It takes part no more; what it offered is offered no more, its projects stay. Twice changes nothing.

    Raises NotFound, Denied.
    """
    row = own_unit(by, unit_id)
    if row.left_at is not None:
        return
    row.left_at, row.left_by = now, by.name[:60]
    row.save(update_fields=["left_at", "left_by"])
    Listing.objects.filter(district=row.district, unit_id=row.id, ended_at=None).update(
        ended_at=now, ended_by=by.name[:60]
    )


@transaction.atomic
def call_unit(by: Actor, unit_id: int, now: datetime) -> str:
    """The whole number of a unit's contact, with the viewing written down. Raises NotFound, Denied."""
    row = Unit.objects.filter(district=by.district, id=unit_id).first()
    if row is None:
        raise NotFound
    if not may_at(by, UNITS, row.area):
        raise Denied
    if row.phone_sealed is None:
        raise NotFound("没有留电话。")
    seen = NewViewing(ViewingKind.UNMASK, f"共建单位联系电话：{row.name}", None, None, "")
    record_viewings(by, [seen], now)
    return opened(row)


def own_unit(by: Actor, unit_id: int) -> Unit:
    """The unit, locked, of who may keep it. Raises NotFound, Denied."""
    row = Unit.objects.select_for_update().filter(district=by.district, id=unit_id).first()
    if row is None:
        raise NotFound
    must(by, UNITS, row.area)
    return row


def _fill(row: Unit, by: Actor, new: NewUnit, now: datetime) -> None:
    wrong = dict(wrong_in_unit(new))
    if not is_street_or_below(by.district, new.area):
        wrong["area"] = said("请选街道或社区。")
    if new.body_id is not None and new.body_id not in {one.id for one in bodies(by.district, now)}:
        wrong["body_id"] = said("单位不存在。")
    if wrong:
        raise Invalid(fields=wrong)
    row.name, row.kind, row.area = new.name.strip(), new.kind.value, new.area
    row.contact, row.words, row.body_id = new.contact.strip(), new.words.strip(), new.body_id
    if new.phone.strip():
        row.phone_sealed = keyring().seal(normal_phone(new.phone), place(by.district))


def is_street_or_below(district: int, code: str) -> bool:
    """Whether a code is a street or a community that is drawn."""
    try:
        return len(code) in {9, 12} and bool(area(district, code))
    except NotFound:
        return False


def _save(row: Unit, *, new: bool) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=new, force_update=not new)
    except IntegrityError:
        raise Conflict("已有这个名称的单位。", fields={"name": "已有这个名称的单位。"}) from None
