"""For which units somebody may speak where they are judged."""

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.people.queries import BodyInfo

_STREET_DIGITS = 9


def speaks_for(actor: Actor, body: BodyInfo, permission: Permission = Permission.EXEMPTION_ASK) -> bool:
    """Whether a unit is the actor's own: the one of their post, or one of the street or community they answer for."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    return any(
        grant.body_id == body.id
        or (grant.body_id is None and len(grant.area) >= _STREET_DIGITS and body.area.startswith(grant.area))
        for grant in actor.grants_for(permission)
    )
