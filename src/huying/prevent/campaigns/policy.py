"""Who may see and run campaigns, and do their tasks: within the areas of their posts."""

from django.db.models import Q

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.kernel.errors import Denied, NotFound

READ, RUN, DO = Permission.INSIGHT_READ, Permission.CAMPAIGN_RUN, Permission.APPEAL_RECEIVE
# Tasks are done by who works in a community or a grid; a desk of the district walks no street.
NEAR = 12


def visible(actor: Actor) -> Q:
    """Campaigns as a condition on rows with an area: in the area of a post of theirs, or one that holds it."""
    if actor.kind is ActorKind.SYSTEM:
        return Q()
    shown = Q(area__in=[])
    for grant in actor.grants_for(READ):
        above = [grant.area[:digits] for digits in (6, 9, 12, 15) if digits < len(grant.area)]
        shown |= Q(area__startswith=grant.area) | Q(area__in=above)
    return shown


def may_run(actor: Actor, area: str) -> bool:
    """Whether the actor may run a campaign of this area."""
    if not area.startswith(str(actor.district)):
        return False
    if actor.kind is ActorKind.SYSTEM:
        return True
    return any(area.startswith(grant.area) for grant in actor.grants_for(RUN))


def must_run(actor: Actor, area: str) -> None:
    """Raise Denied unless ``may_run``."""
    if not may_run(actor, area):
        raise Denied


def own_tasks(actor: Actor) -> Q:
    """Tasks the actor may do, as a condition on rows with a grid: in their grid or community, or where they run it."""
    if actor.kind is ActorKind.SYSTEM:
        return Q()
    mine = Q(grid__in=[])
    for grant in actor.grants_for(DO):
        if len(grant.area) >= NEAR:
            mine |= Q(grid__startswith=grant.area)
    for grant in actor.grants_for(RUN):
        mine |= Q(grid__startswith=grant.area)
    return mine


def may_do(actor: Actor, grid: str) -> bool:
    """Whether the actor may do the task of this grid."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    near = any(len(grant.area) >= NEAR and grid.startswith(grant.area) for grant in actor.grants_for(DO))
    return near or any(grid.startswith(grant.area) for grant in actor.grants_for(RUN))


def must_do(actor: Actor, grid: str) -> None:
    """Raise NotFound unless ``may_do``: what is elsewhere is not told to exist."""
    if not may_do(actor, grid):
        raise NotFound


def must_set(actor: Actor) -> None:
    """Raise Denied unless the actor sets the calendar for the whole district."""
    if actor.kind is not ActorKind.SYSTEM and not actor.may_everywhere(RUN):
        raise Denied
