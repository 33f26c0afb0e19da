"""The same people in emergencies: whoever said so is among the responders, with the skills that emergencies ask for."""

from datetime import datetime

from huying.access.actor import Actor, system
from huying.emergency.actions import NewResponder, leave, register
from huying.emergency.queries import responder_with_phone
from huying.emergency.rules.hours import Hours
from huying.emergency.rules.kinds import ResponderKind
from huying.people.queries.reaching import mobiles_of
from huying.volunteers.models import Volunteer
from huying.volunteers.queries.skills import emergency_skills


def alerted_too(row: Volunteer, wanted: bool, now: datetime) -> int | None:
    """Register or strike off; the responder they are from now on. Without a point nobody can be found near.

    Who is a responder otherwise, as somebody on duty or for a station, stays that and is alerted as before.
    """
    phone = mobiles_of(row.district, [row.caller_id]).get(row.caller_id, "")
    if not wanted or row.lon is None or row.lat is None or not phone:
        let_go(row, now)
        return None
    known = responder_with_phone(row.district, phone)
    if known is not None and known[1] is not ResponderKind.VOLUNTEER:
        return None
    codes = emergency_skills(row.district)
    new = NewResponder(
        kind=ResponderKind.VOLUNTEER, name=row.name, phone=phone, skills=[one for one in row.skills if one in codes],
        lon=row.lon, lat=row.lat, hours=Hours(row.days, row.since, row.until),
    )  # fmt: skip
    return register(_platform(row.district), new, now)[0]


def let_go(row: Volunteer, now: datetime) -> None:
    """Alerted no more."""
    if row.responder_id is not None:
        leave(_platform(row.district), row.responder_id, now)


def _platform(district: int) -> Actor:
    return system(district, "志愿者登记")
