"""Who sees what cameras told, and who may see it as it was taken.

Within the area of their posts, and of a body what its own cameras told; a single alarm also by its case: who handles
that sees what it is about.
"""

from functools import reduce
from operator import or_

from django.db.models import Q

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.permissions import Permission
from huying.kernel.errors import Denied

_DISTRICT_DIGITS = 6
# An empty condition would vanish from a choice between several.
_ANY = Q(district__isnull=False)


def visible_to(actor: Actor, permission: Permission = Permission.VIDEO_READ) -> Q:
    """The alarms an actor sees, as a condition on VideoAlarm rows."""
    if actor.kind is ActorKind.SYSTEM:
        return Q(district=actor.district)
    scopes = [_scope(grant) for grant in actor.grants_for(permission)]
    return Q(reduce(or_, scopes), district=actor.district) if scopes else Q(district__isnull=True)


def must_read(actor: Actor) -> None:
    """Raise Denied for who reads no alarm at all."""
    if not actor.may(Permission.VIDEO_READ):
        raise Denied


def must_open(actor: Actor) -> None:
    """Raise Denied for who may not see pictures as they were taken."""
    if not actor.may(Permission.VIDEO_OPEN):
        raise Denied


def must_set(actor: Actor) -> None:
    """Raise Denied for who does not set up what follows in the whole district."""
    if not actor.may_everywhere(Permission.VIDEO_SET):
        raise Denied


def _scope(grant: Grant) -> Q:
    if len(grant.area) > _DISTRICT_DIGITS:
        return Q(area__gte=grant.area, area__lt=f"{grant.area}:")
    return _ANY if grant.body_id is None else Q(body_id=grant.body_id)
