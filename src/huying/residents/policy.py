"""Who sees a person of the register and who may keep it: within the areas of their posts, and nobody beside.

Whoever leads an emergency sees the person its device guards while the card is open, without any post of this register.
"""

from functools import reduce
from operator import or_

from django.db.models import Q

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.kernel.errors import Denied, NotFound

READ, EDIT, WHOLE, SET = (
    Permission.RESIDENT_READ, Permission.RESIDENT_EDIT, Permission.RESIDENT_UNMASK, Permission.RESIDENT_SET,
)  # fmt: skip


def visible_to(actor: Actor, permission: Permission = READ) -> Q:
    """Rows with an area that the actor's posts of this permission hold."""
    if actor.kind is ActorKind.SYSTEM:
        return Q(district=actor.district)
    scopes = [Q(area__gte=grant.area, area__lt=f"{grant.area}:") for grant in actor.grants_for(permission)]
    return Q(reduce(or_, scopes), district=actor.district) if scopes else Q(district__isnull=True)


def may_at(actor: Actor, permission: Permission, area: str) -> bool:
    """Whether the actor may do this to what lies in an area of their district."""
    if not area.startswith(str(actor.district)):
        return False
    if actor.kind is ActorKind.SYSTEM:
        return True
    return any(area.startswith(grant.area) for grant in actor.grants_for(permission))


def must(actor: Actor, permission: Permission) -> None:
    """Raise Denied for who has no such post at all."""
    if not actor.may(permission):
        raise Denied


def must_at(actor: Actor, permission: Permission, area: str) -> None:
    """Raise Denied unless ``may_at``; NotFound for what is not even seen."""
    if not may_at(actor, READ, area) and actor.kind is not ActorKind.SYSTEM:
        raise NotFound
    if not may_at(actor, permission, area):
        raise Denied


def must_set(actor: Actor) -> None:
    """Raise Denied for who does not set the list of kinds for the whole district."""
    if not actor.may_everywhere(SET):
        raise Denied
