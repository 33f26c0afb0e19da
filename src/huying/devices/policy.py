"""Who sees a device and who may set it up or speak for it: within the area of their posts, and of a body its own.

A post bound to one body and to no area smaller than the district sees the devices that are that body's; with a smaller
area, those that stand in it. Who edits does so in the whole district, for rules hold there.
"""

from functools import reduce
from operator import or_

from django.db.models import Q

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.permissions import Permission
from huying.kernel.errors import Denied

_DISTRICT_DIGITS = 6


def visible_to(actor: Actor, permission: Permission = Permission.DEVICE_READ) -> Q:
    """The devices for which the actor holds the permission, as a condition on Device rows."""
    if actor.kind is ActorKind.SYSTEM:
        return Q(district=actor.district)
    scopes = [_scope(actor.district, grant) for grant in actor.grants_for(permission)]
    return Q(reduce(or_, scopes), district=actor.district) if scopes else Q(district__isnull=True)


def covers(actor: Actor, permission: Permission, area: str, body_id: int | None) -> bool:
    """``visible_to`` for a device already read."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    return any(_within(grant, area, body_id) for grant in actor.grants_for(permission))


def must_read(actor: Actor) -> None:
    """Raise Denied for who reads no device at all."""
    if not actor.may(Permission.DEVICE_READ):
        raise Denied


def must_edit(actor: Actor) -> None:
    """Raise Denied for who does not set devices up in the whole district."""
    if not actor.may_everywhere(Permission.DEVICE_EDIT):
        raise Denied


def _scope(district: int, grant: Grant) -> Q:
    if len(grant.area) > _DISTRICT_DIGITS:
        return Q(area__gte=grant.area, area__lt=f"{grant.area}:")
    return Q(district=district) if grant.body_id is None else Q(body_id=grant.body_id)


def _within(grant: Grant, area: str, body_id: int | None) -> bool:
    if len(grant.area) > _DISTRICT_DIGITS:
        return area.startswith(grant.area)
    return grant.body_id is None or grant.body_id == body_id
