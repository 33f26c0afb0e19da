"""How open cards stand, asked once a second by a process that has readers: whatever changed is seen by its length."""

from collections.abc import Mapping

from django.db import connection

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.emergency.models import Emergency
from huying.emergency.policy import must_see

Card = tuple[int, int]


def open_lengths() -> Mapping[Card, tuple[str, int]]:
    """(district, card) to its area and the length of its timeline, for every card that is open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT district, id, area, length FROM emergency_emergency WHERE over_at IS NULL")
        return {(district, card): (area, length) for district, card, area, length in cursor.fetchall()}


def must_see_card(actor: Actor, card_id: int) -> None:
    """Raise NotFound for a card the actor does not see."""
    must_see(actor, Emergency.objects.filter(district=actor.district, id=card_id).first())


def heard_areas(actor: Actor) -> frozenset[str]:
    """The area prefixes of which the actor hears what is open."""
    return frozenset(
        grant.area
        for grant in actor.grants_for(Permission.EMERGENCY_READ)
        if grant.body_id is None or len(grant.area) > 6
    )
