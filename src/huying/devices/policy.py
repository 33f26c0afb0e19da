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
# An empty condition would vanish from a choice between several.
_ANY = Q(district__isnull=False)


def visible_to(actor: Actor) -> Q:
    """The devices an actor sees, as a condition on Device rows."""
    return _rows(actor, [_scope(grant) for grant in actor.grants_for(Permission.DEVICE_READ)])


def spoken_for_by(actor: Actor) -> Q:
    """The devices for which an actor may push: those of a key's area, of a body's key those of the body alone."""
    grants = actor.grants_for(Permission.DEVICE_PUSH)
    return _rows(actor, [_in_area(grant) & _of_body(grant) for grant in grants])


def must_read(actor: Actor) -> None:
    """Raise Denied for who reads no device at all."""
    if not actor.may(Permission.DEVICE_READ):
        raise Denied


def must_edit(actor: Actor) -> None:
    """Raise Denied for who does not set devices up in the whole district."""
    if not actor.may_everywhere(Permission.DEVICE_EDIT):
        raise Denied


def _rows(actor: Actor, scopes: list[Q]) -> Q:
    if actor.kind is ActorKind.SYSTEM:
        return Q(district=actor.district)
    return Q(reduce(or_, scopes), district=actor.district) if scopes else Q(district__isnull=True)


def _scope(grant: Grant) -> Q:
    return _in_area(grant) if len(grant.area) > _DISTRICT_DIGITS else _of_body(grant)


def _in_area(grant: Grant) -> Q:
    if len(grant.area) <= _DISTRICT_DIGITS:
        return _ANY
    return Q(area__gte=grant.area, area__lt=f"{grant.area}:")


def _of_body(grant: Grant) -> Q:
    return _ANY if grant.body_id is None else Q(body_id=grant.body_id)
