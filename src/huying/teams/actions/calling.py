"""Seeing a member's whole number to call them: one tap, written down."""

from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Denied, NotFound
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind
from huying.teams.models import Member
from huying.teams.queries.members import member_for
from huying.teams.queries.phones import opened


@transaction.atomic
def call_member(by: Actor, member_id: int, reason: str, now: datetime) -> str:
    """The whole number of a member the actor sees, with the viewing written down; "" when there is none.

    Raises Denied without ``team:call``, NotFound.
    """
    if not by.may(Permission.TEAM_CALL):
        raise Denied
    seen = member_for(by, member_id, now)
    sealed = Member.objects.filter(pk=member_id).values_list("phone_sealed", flat=True).first()
    if sealed is None:
        raise NotFound("没有留电话。")
    viewing = NewViewing(ViewingKind.UNMASK, f"值班和队员电话：{seen.name}", None, None, reason)
    record_viewings(by, [viewing], now)
    return opened(by.district, sealed)
