"""Who keeps an entry, who runs what a centre offers: within the area of a post, and for a body its own.

A post bound to one body and to no area smaller than the district keeps the entries that are that body's; with a smaller
area, those that stand in it. Facilities themselves are everybody's to see.
"""

from functools import reduce
from operator import or_

from django.db.models import Q

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.permissions import Permission
from huying.kernel.errors import Denied
from huying.services.models import Facility

_DISTRICT_DIGITS = 6
_ANY = Q(district__isnull=False)


def kept_by(actor: Actor, permission: Permission = Permission.FACILITY_EDIT) -> Q:
    """The facilities for which an actor holds the permission, as a condition on Facility rows."""
    if actor.kind is ActorKind.SYSTEM:
        return Q(district=actor.district)
    scopes = [_scope(grant) for grant in actor.grants_for(permission)]
    return Q(reduce(or_, scopes), district=actor.district) if scopes else Q(district__isnull=True)


def may_keep(
    actor: Actor, area: str, body_id: int | None, permission: Permission = Permission.FACILITY_EDIT
) -> bool:
    """Whether the actor holds the permission for a facility that stands there and is that body's."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    return any(_covers(grant, area, body_id) for grant in actor.grants_for(permission))


def must_keep(actor: Actor, row: Facility, permission: Permission = Permission.FACILITY_EDIT) -> None:
    """Raise Denied unless ``may_keep``."""
    if not may_keep(actor, row.area, row.body_id, permission):
        raise Denied


def must(actor: Actor, permission: Permission) -> None:
    """Raise Denied for who holds it nowhere."""
    if not actor.may(permission):
        raise Denied


def must_everywhere(actor: Actor, permission: Permission) -> None:
    """Raise Denied for who does not hold it in the whole district, for no one body."""
    if actor.kind is ActorKind.SYSTEM:
        return
    whole = str(actor.district)
    held = actor.grants_for(permission)
    if not any(whole.startswith(grant.area) and grant.body_id is None for grant in held):
        raise Denied


def _covers(grant: Grant, area: str, body_id: int | None) -> bool:
    if len(grant.area) > _DISTRICT_DIGITS:
        return area.startswith(grant.area)
    return grant.body_id is None or grant.body_id == body_id


def _scope(grant: Grant) -> Q:
    if len(grant.area) > _DISTRICT_DIGITS:
        return Q(area__gte=grant.area, area__lt=f"{grant.area}:")
    return _ANY if grant.body_id is None else Q(body_id=grant.body_id)
