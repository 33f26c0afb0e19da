"""Who may see and change teams and duty: within the areas of their posts.

Duty is also seen upwards: whoever works in a grid may know who answers for its community, street and district.
"""

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.kernel.errors import Denied, NotFound


def may_see(actor: Actor, area: str) -> bool:
    """Whether the team or duty of an area is the actor's to see."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    held = actor.grants_for(Permission.TEAM_READ)
    return any(area.startswith(grant.area) or grant.area.startswith(area) for grant in held)


def must_see(actor: Actor, area: str) -> None:
    """Raise NotFound unless ``may_see``: what is elsewhere is not told to exist."""
    if not may_see(actor, area):
        raise NotFound


def may_change(actor: Actor, permission: Permission, area: str) -> bool:
    """Whether the actor may change what belongs to an area of their district."""
    if not area.startswith(str(actor.district)):
        return False
    if actor.kind is ActorKind.SYSTEM:
        return True
    return any(area.startswith(grant.area) for grant in actor.grants_for(permission))


def must_change(actor: Actor, permission: Permission, area: str) -> None:
    """Raise Denied unless ``may_change``."""
    if not may_change(actor, permission, area):
        raise Denied


def scopes(actor: Actor, permission: Permission = Permission.TEAM_READ) -> list[str]:
    """The area prefixes within which the actor holds the permission, none of them inside another."""
    if actor.kind is ActorKind.SYSTEM:
        return [str(actor.district)]
    areas = sorted({grant.area for grant in actor.grants_for(permission)}, key=len)
    return [area for place, area in enumerate(areas) if not any(area.startswith(up) for up in areas[:place])]
