"""Who sees visits, makes them, plans them: within the areas of their posts."""

from functools import reduce
from operator import or_

from django.db.models import Q

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.kernel.errors import Denied, NotFound

READ, DO, PLAN, SET = (
    Permission.VISIT_READ, Permission.VISIT_DO, Permission.VISIT_PLAN, Permission.VISIT_SET,
)  # fmt: skip


def visible_to(actor: Actor, permission: Permission = READ) -> Q:
    """Rows with an area that the actor's posts of this permission hold, and what is theirs to do."""
    if actor.kind is ActorKind.SYSTEM:
        return Q(district=actor.district)
    scopes = [Q(area__gte=grant.area, area__lt=f"{grant.area}:") for grant in actor.grants_for(permission)]
    return Q(reduce(or_, scopes), district=actor.district) if scopes else Q(district__isnull=True)


def visits_of(actor: Actor) -> Q:
    """Visits the actor sees: of their areas, and those given to them in somebody else's."""
    own = Q(district=actor.district, worker_id=actor.account_id)
    if actor.account_id is None or not actor.may(DO):
        return visible_to(actor)
    return visible_to(actor) | own


def may_at(actor: Actor, permission: Permission, area: str) -> bool:
    """Whether the actor may do this within an area of their district."""
    if not area.startswith(str(actor.district)):
        return False
    if actor.kind is ActorKind.SYSTEM:
        return True
    return any(area.startswith(grant.area) for grant in actor.grants_for(permission))


def must(actor: Actor, permission: Permission) -> None:
    """Raise Denied for who has no such post at all."""
    if not actor.may(permission):
        raise Denied


def must_plan(actor: Actor, area: str) -> None:
    """Raise Denied for who plans no visits there, NotFound for an area elsewhere."""
    must(actor, PLAN)
    if not may_at(actor, PLAN, area):
        raise NotFound


def must_set(actor: Actor) -> None:
    """Raise Denied for who does not set standards for the whole district."""
    if not actor.may_everywhere(SET):
        raise Denied
