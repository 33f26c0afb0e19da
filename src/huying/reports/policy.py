"""Who may see, word and sign reports: within the areas of their posts, a post within one body none."""

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.permissions import Permission
from huying.kernel.errors import Denied, NotFound


def areas_of(actor: Actor, permission: Permission = Permission.REPORT_READ) -> list[str]:
    """The area prefixes within which the actor holds the permission; the whole district for the platform."""
    if actor.kind is ActorKind.SYSTEM:
        return [str(actor.district)]
    return sorted({grant.area for grant in _grants(actor, permission)})


def must_see(actor: Actor, area: str) -> None:
    """Raise NotFound for a report outside the actor's posts: what is elsewhere is not told to exist."""
    if not any(area.startswith(held) for held in areas_of(actor)):
        raise NotFound


def may_word(actor: Actor, area: str) -> bool:
    """Whether the actor may put a report's measures into other words, or have it written anew."""
    return any(area.startswith(held) for held in areas_of(actor, Permission.REPORT_EDIT))


def must_word(actor: Actor, area: str) -> None:
    """Raise Denied unless ``may_word``."""
    if not may_word(actor, area):
        raise Denied


def signing_post(actor: Actor, area: str) -> Grant | None:
    """The post by which the actor signs the report of an area: one of that very area. A street signs for itself."""
    return next((grant for grant in _grants(actor, Permission.REPORT_SIGN) if grant.area == area), None)


def signing_areas(actor: Actor) -> list[str]:
    """The areas whose reports the actor signs."""
    return sorted({grant.area for grant in _grants(actor, Permission.REPORT_SIGN)})


def must_set(actor: Actor) -> None:
    """Raise Denied for who may not set times and limits for the district."""
    if not actor.may_everywhere(Permission.CATALOGUE_EDIT):
        raise Denied


def _grants(actor: Actor, permission: Permission) -> list[Grant]:
    return [grant for grant in actor.grants_for(permission) if grant.body_id is None]
