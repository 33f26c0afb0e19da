"""Registering as a volunteer, and correcting what is known; by a community or by oneself."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said
from huying.people.actions import ensure_callers
from huying.people.rules.phones import is_mobile, normal_phone
from huying.places.queries import area, locate_point
from huying.volunteers.actions.alarms import alerted_too
from huying.volunteers.models import Unit, Volunteer
from huying.volunteers.policy import must_at, within
from huying.volunteers.queries.skills import skills
from huying.volunteers.rules.registering import CONSENT, NewVolunteer, coarse, wrong_in

#: Who did it, where somebody did it themselves.
SELF = "本人"


@dataclass(frozen=True, slots=True)
class Registered:
    """Who was registered, and whether they are new here."""

    id: int
    caller_id: int
    is_new: bool


def register(by: Actor, new: NewVolunteer, phone: str, now: datetime) -> Registered:
    """A community registers somebody; known by their phone they are corrected instead.

    Raises Denied for where the post does not register, Invalid (fields named).
    """
    must_at(by, Permission.VOLUNTEER_EDIT, new.area or str(by.district))
    return _registered(by.district, new, phone, by, now)


def join(district: int, new: NewVolunteer, phone: str, now: datetime) -> Registered:
    """Somebody who proved that the number is theirs registers themselves. Raises Invalid (fields named)."""
    return _registered(district, new, phone, None, now)


@transaction.atomic
def change(by: Actor, volunteer_id: int, new: NewVolunteer, now: datetime) -> None:
    """Correct what is known of somebody. Raises NotFound, Denied, Invalid, Conflict for who left."""
    row = Volunteer.objects.select_for_update().filter(within(by), id=volunteer_id).first()
    if row is None:
        raise NotFound
    for place in (row.area, new.area or str(by.district)):
        must_at(by, Permission.VOLUNTEER_EDIT, place)
    if row.left_at is not None:
        raise Conflict("这位志愿者已经退出。")
    _changed(row, new, now)


@transaction.atomic
def change_own(district: int, caller_id: int, new: NewVolunteer, now: datetime) -> None:
    """They correct it themselves. Raises NotFound, Invalid."""
    _changed(own(district, caller_id), new, now)


@transaction.atomic
def rest(district: int, caller_id: int, resting: bool, now: datetime) -> None:
    """They want no calls for now, or want them again; what they hold they keep. Twice changes nothing.

    Raises NotFound.
    """
    row = own(district, caller_id)
    row.rests_since = (row.rests_since or now) if resting else None
    row.save(update_fields=["rests_since"])


def own(district: int, caller_id: int) -> Volunteer:
    """The row of a caller who is a volunteer now, locked. Raises NotFound."""
    rows = Volunteer.objects.select_for_update()
    row = rows.filter(district=district, caller_id=caller_id, left_at=None).first()
    if row is None:
        raise NotFound
    return row


def _registered(district: int, new: NewVolunteer, phone: str, by: Actor | None, now: datetime) -> Registered:
    number = _mobile(phone)
    name = by.name[:60] if by else SELF
    with transaction.atomic():
        caller = ensure_callers(district, [(new.name, number)], now)[0] or 0
        row, is_new = Volunteer.objects.select_for_update().get_or_create(
            district=district, caller_id=caller,
            defaults={
                "kind": new.kind.value, "name": "", "area": "", "skills": [], "days": "", "metres": 0, "consent": "",
                "agreed_at": now, "made_at": now, "made_by": name,
            },
        )  # fmt: skip
        if by is not None and row.area and row.left_at is None:
            # Their number does not make them another community's: that one is told to let them go first.
            must_at(by, Permission.VOLUNTEER_EDIT, row.area)
        back = row.left_at is not None
        if back:
            row.made_at, row.made_by, row.left_at, row.left_by, row.consent = now, name, None, "", ""
        _changed(row, new, now)
    return Registered(row.id, row.caller_id, is_new or back)


def _mobile(phone: str) -> str:
    number = normal_phone(phone)
    if not is_mobile(number):
        raise Invalid(fields={"phone": "请填手机号，召集短信发到这里。"})
    return number


def _changed(row: Volunteer, new: NewVolunteer, now: datetime) -> None:
    wrong = dict(wrong_in(new, skills(row.district)))
    if "area" not in wrong and not _is_drawn(row.district, new.area):
        wrong["area"] = said("没有这个社区。")
    if new.unit_id is not None and not _is_unit(row.district, new.unit_id):
        wrong["unit_id"] = said("没有这个共建单位。")
    if wrong:
        raise Invalid(fields=wrong)
    if row.consent != CONSENT:
        row.consent, row.agreed_at = CONSENT, now
    row.kind, row.name, row.area = new.kind.value, new.name.strip(), new.area
    row.unit_id, row.unit_text = new.unit_id, new.unit_text.strip()
    row.skills = list(dict.fromkeys(new.skills))
    row.days, row.since, row.until = new.hours.days, new.hours.since, new.hours.until
    row.lon, row.lat, row.metres = coarse(new.lon), coarse(new.lat), new.metres
    row.home = _grid(row)
    row.responder_id = alerted_too(row, new.emergency, now)
    row.save()


def _grid(row: Volunteer) -> str:
    """The grid in which they start; "" where they gave no point, or one outside the district."""
    if row.lon is None or row.lat is None:
        return ""
    found = locate_point(row.district, row.lon, row.lat)
    return found.code if found else ""


def _is_drawn(district: int, code: str) -> bool:
    try:
        return bool(area(district, code))
    except NotFound:
        return False


def _is_unit(district: int, unit_id: int) -> bool:
    return Unit.objects.filter(district=district, id=unit_id, left_at=None).exists()
