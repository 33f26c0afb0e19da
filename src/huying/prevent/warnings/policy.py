"""Who may read and decide warnings: within the areas of their posts; whoever sets rules for all sets the promise."""

from django.db.models import Q

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.kernel.errors import Denied, NotFound

READ, DECIDE = Permission.INSIGHT_READ, Permission.WARNING_DECIDE


def visible(actor: Actor) -> Q:
    """What the actor may see, as a condition on rows with an area: what lies in the area of a post of theirs."""
    if actor.kind is ActorKind.SYSTEM:
        return Q()
    shown = Q(area__in=[])
    for grant in actor.grants_for(READ):
        shown |= Q(area__startswith=grant.area)
    return shown


def may_decide(actor: Actor, area: str) -> bool:
    """Whether the actor may decide about a warning of this area."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    return any(area.startswith(grant.area) for grant in actor.grants_for(DECIDE))


def must_decide(actor: Actor, area: str) -> None:
    """Raise NotFound for what is not theirs to see, Denied for what is not theirs to decide."""
    held = actor.grants_for(READ)
    if actor.kind is not ActorKind.SYSTEM and not any(area.startswith(grant.area) for grant in held):
        raise NotFound
    if not may_decide(actor, area):
        raise Denied


def may_set(actor: Actor) -> bool:
    """Whether the actor may set what is promised for the whole district."""
    return actor.kind is ActorKind.SYSTEM or actor.may_everywhere(Permission.CATALOGUE_EDIT)


def must_set(actor: Actor) -> None:
    """Raise Denied unless ``may_set``."""
    if not may_set(actor):
        raise Denied
