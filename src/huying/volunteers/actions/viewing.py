"""One volunteer's page and number: whoever looks is written down."""

from datetime import datetime

from huying.access.actor import Actor
from huying.people.actions import NewViewing, record_viewings, unmask
from huying.people.rules.kinds import ViewingKind
from huying.volunteers.queries.people import VolunteerRow, volunteer_for


def look_at(by: Actor, volunteer_id: int, now: datetime) -> VolunteerRow:
    """What is known of one, with the viewing written down. Raises NotFound."""
    row = volunteer_for(by, volunteer_id)
    record_viewings(by, [NewViewing(ViewingKind.VIEW, f"志愿者资料：{row.name}", row.caller_id)], now)
    return row


def phone_of(by: Actor, volunteer_id: int, reason: str, now: datetime) -> str:
    """The whole number. Raises NotFound, Denied, Invalid without a reason."""
    row = volunteer_for(by, volunteer_id)
    return unmask(by, row.caller_id, None, reason, now).phone
