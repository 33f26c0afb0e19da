"""Of which area and which body somebody may read numbers."""

from dataclasses import dataclass

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.kernel.errors import Denied, NotFound

_DIGITS = (6, 9, 12)


@dataclass(frozen=True, slots=True)
class Scope:
    """An area of 6, 9 or 12 digits; ``body_id`` limits to one body's own numbers."""

    district: int
    area: str
    body_id: int | None = None


def scope_for(
    actor: Actor, area: str = "", body_id: int | None = None, permission: Permission = Permission.FIGURE_READ
) -> Scope:
    """The scope asked for, or the widest one that the actor's posts give.

    Raises Denied when no post gives any; NotFound when the area or the body lies outside all of them.
    """
    if actor.kind is ActorKind.SYSTEM:
        return Scope(actor.district, area or str(actor.district), body_id)
    grants = sorted(
        actor.grants_for(permission),
        key=lambda grant: (grant.body_id is not None, len(grant.area), grant.area),
    )
    if not grants:
        raise Denied
    for grant in grants:
        wanted = (area or grant.area)[:12]
        inside = wanted.startswith(grant.area[:12]) and len(wanted) in _DIGITS
        own = grant.body_id is None or body_id in {None, grant.body_id}
        if inside and own:
            return Scope(actor.district, wanted, body_id if grant.body_id is None else grant.body_id)
    raise NotFound


def whole_scope_for(actor: Actor, area: str, permission: Permission) -> Scope:
    """As ``scope_for``, of what is counted by area alone.

    Raises Denied for a post within one body too: most of an area's cases are not its own.
    """
    scope = scope_for(actor, area, permission=permission)
    if scope.body_id is not None:
        raise Denied
    return scope
