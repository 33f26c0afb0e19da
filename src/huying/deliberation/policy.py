"""Who may see and run meetings and votes: within the areas of their posts, which also reach upwards for reading."""

from django.db.models import Q

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.kernel.errors import Denied, NotFound

READ, RUN = Permission.DELIBERATION_READ, Permission.DELIBERATION_RUN


def may_see(actor: Actor, area: str) -> bool:
    """Whether what belongs to an area is the actor's to see: in it, or in one that holds a post of theirs."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    held = actor.grants_for(READ)
    return any(area.startswith(grant.area) or grant.area.startswith(area) for grant in held)


def must_see(actor: Actor, area: str) -> None:
    """Raise NotFound unless ``may_see``: what is elsewhere is not told to exist."""
    if not may_see(actor, area):
        raise NotFound


def may_run(actor: Actor, area: str) -> bool:
    """Whether the actor may keep meetings and votes of an area of their district."""
    if not area.startswith(str(actor.district)):
        return False
    if actor.kind is ActorKind.SYSTEM:
        return True
    return any(area.startswith(grant.area) for grant in actor.grants_for(RUN))


def must_run(actor: Actor, area: str) -> None:
    """Raise NotFound for what the actor may not even see, Denied for what is not theirs to run."""
    must_see(actor, area)
    if not may_run(actor, area):
        raise Denied


def visible(actor: Actor) -> Q:
    """What the actor may see, as a condition on rows with an area."""
    if actor.kind is ActorKind.SYSTEM:
        return Q()
    shown = Q(area__in=[])
    for grant in actor.grants_for(READ):
        # What belongs to a street is also for its communities to know.
        above = [grant.area[:digits] for digits in (6, 9, 12, 15) if digits < len(grant.area)]
        shown |= Q(area__startswith=grant.area) | Q(area__in=above)
    return shown
