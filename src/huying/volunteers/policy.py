"""Who sees volunteers, musters and units, and who may run them: within the areas of their posts.

A muster of a street is seen in its communities, for it calls their people; who registered elsewhere is seen by those
who lead the muster they come to, by name and without their number.
"""

from functools import reduce
from operator import or_

from django.db.models import Q

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.kernel.errors import Denied, NotFound

READ, REGISTER = Permission.VOLUNTEER_READ, Permission.VOLUNTEER_EDIT
RUN, UNITS = Permission.MUSTER_RUN, Permission.UNIT_EDIT


def may_at(actor: Actor, permission: Permission, area: str) -> bool:
    """Whether the actor holds the permission where this area lies."""
    if not area.startswith(str(actor.district)):
        return False
    return actor.kind is ActorKind.SYSTEM or any(
        area.startswith(grant.area) for grant in actor.grants_for(permission)
    )


def must_at(actor: Actor, permission: Permission, area: str) -> None:
    """Raise Denied unless ``may_at``."""
    if not may_at(actor, permission, area):
        raise Denied


def within(actor: Actor) -> Q:
    """Volunteers who registered within the actor's areas, or start from there: a grid worker knows those of the grid."""
    if actor.kind is ActorKind.SYSTEM:
        return Q(district=actor.district)
    scopes = [_below(grant.area) | _living(grant.area) for grant in actor.grants_for(READ)]
    return Q(reduce(or_, scopes), district=actor.district) if scopes else Q(district__isnull=True)


def about(actor: Actor) -> Q:
    """Rows with an area that lies within the actor's, or holds it: what is called above is for those below to know."""
    if actor.kind is ActorKind.SYSTEM:
        return Q(district=actor.district)
    scopes = []
    for grant in actor.grants_for(READ):
        above = [grant.area[:digits] for digits in (6, 9, 12) if digits < len(grant.area)]
        scopes.append(_below(grant.area) | Q(area__in=above))
    return Q(reduce(or_, scopes), district=actor.district) if scopes else Q(district__isnull=True)


def sees(actor: Actor, area: str) -> bool:
    """``about`` for an area already read."""
    if actor.kind is ActorKind.SYSTEM:
        return area.startswith(str(actor.district))
    return any(area.startswith(grant.area) or grant.area.startswith(area) for grant in actor.grants_for(READ))


def must_see(actor: Actor, area: str) -> None:
    """Raise NotFound for what the actor may not see."""
    if not sees(actor, area):
        raise NotFound


def must(actor: Actor, permission: Permission, area: str) -> None:
    """Raise NotFound for what the actor may not even see, Denied for what is not theirs to do."""
    must_see(actor, area)
    must_at(actor, permission, area)


def _living(area: str) -> Q:
    return Q(home__gte=area, home__lt=f"{area}:")


def _below(area: str) -> Q:
    return Q(area__gte=area, area__lt=f"{area}:")
