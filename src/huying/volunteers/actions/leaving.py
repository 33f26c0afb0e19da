"""Leaving: places are given to who waits, what was known goes, the hours that were given stay."""

from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Conflict, NotFound
from huying.volunteers.actions.alarms import let_go
from huying.volunteers.actions.claiming import give_up_all, holds_any
from huying.volunteers.actions.joining import SELF, own
from huying.volunteers.models import Volunteer
from huying.volunteers.policy import must_at, within


def strike_off(by: Actor, volunteer_id: int, now: datetime) -> None:
    """A community strikes somebody off. Twice changes nothing. Raises NotFound, Denied."""
    row = Volunteer.objects.filter(within(by), id=volunteer_id).first()
    if row is None:
        raise NotFound
    must_at(by, Permission.VOLUNTEER_EDIT, row.area)
    if row.left_at is None:
        leave(by.district, row.caller_id, now, by.name[:60])


def leave(district: int, caller_id: int, now: datetime, by: str = SELF) -> None:
    """They are a volunteer no more. Raises NotFound, Conflict for who came forward at this very moment."""
    with transaction.atomic():
        known = Volunteer.objects.filter(district=district, caller_id=caller_id, left_at=None).first()
        if known is None:
            raise NotFound
        # Musters first, in their order, as whoever claims holds them before anything else.
        give_up_all(district, known.id, now)
        row = own(district, caller_id)
        if holds_any(district, row.id):
            raise Conflict("刚刚又报了名，请再点一次退出。")
        let_go(row, now)
        forget(row)
        row.left_at, row.left_by = now, by
        row.save()


def forget(row: Volunteer) -> None:
    """Take away what says who they are, where they start from and what they can."""
    row.name, row.unit_id, row.unit_text, row.skills = "", None, "", []
    row.home = ""
    row.lon = row.lat = row.responder_id = row.rests_since = None
