"""Who walks, who sees what was walked, who sends others: within the areas of their posts.

Where somebody was, minute by minute, is seen by themselves and by who leads them, and each look is written down.
"""

from functools import reduce
from operator import or_

from django.db.models import Q

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.kernel.errors import Denied, NotFound

WALK, READ, RUN, TRACK = (
    Permission.PATROL_WALK, Permission.PATROL_READ, Permission.PATROL_RUN, Permission.PATROL_TRACK,
)  # fmt: skip


def must_walk(actor: Actor) -> int:
    """The account of who patrols; raise Denied for everybody else: a patrol is a person's, never a key's."""
    if actor.kind is not ActorKind.ACCOUNT or actor.account_id is None or not actor.may(WALK):
        raise Denied
    return actor.account_id


def home_of(actor: Actor) -> str:
    """The area in which the actor patrols: the narrowest of their posts that carry it."""
    return max((grant.area for grant in actor.grants_for(WALK)), key=len, default=str(actor.district))


def body_of(actor: Actor) -> int | None:
    """The body for which the actor puts things right on the spot; None where their post belongs to none."""
    found = [grant for grant in actor.grants_for(WALK) if grant.body_id is not None]
    return max(found, key=lambda grant: len(grant.area)).body_id if found else None


def within(actor: Actor, permission: Permission) -> Q:
    """Rows with an area, as a condition: those within the posts that carry the permission."""
    if actor.kind is ActorKind.SYSTEM:
        return Q(district=actor.district)
    scopes = [
        Q(area__gte=grant.area, area__lt=f"{grant.area}:") for grant in actor.grants_for(permission)
    ]  # fmt: skip
    return Q(reduce(or_, scopes), district=actor.district) if scopes else Q(district__isnull=True)


def may_in(actor: Actor, permission: Permission, area: str) -> bool:
    """Whether the actor holds the permission in this area."""
    if not area.startswith(str(actor.district)):
        return False
    if actor.kind is ActorKind.SYSTEM:
        return True
    return any(area.startswith(grant.area) for grant in actor.grants_for(permission))


def must_run(actor: Actor, area: str) -> None:
    """Raise Denied for who sends nobody anywhere, NotFound for an area that is not theirs."""
    if actor.kind is not ActorKind.SYSTEM and not actor.may(RUN):
        raise Denied
    if not may_in(actor, RUN, area):
        raise NotFound


def must_read(actor: Actor) -> None:
    """Raise Denied for who sees no patrols."""
    if actor.kind is not ActorKind.SYSTEM and not actor.may(READ):
        raise Denied
