"""Who may redraw which areas."""

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.kernel.errors import Denied


def may_redraw(actor: Actor, code: str) -> bool:
    """Whether the areas below ``code`` are within one of the actor's posts that edit areas."""
    if not code.startswith(str(actor.district)):
        return False
    if actor.kind is ActorKind.SYSTEM:
        return True
    return any(code.startswith(grant.area) for grant in actor.grants_for(Permission.AREA_EDIT))


def must_redraw(actor: Actor, code: str) -> None:
    """Raise Denied unless ``may_redraw``."""
    if not may_redraw(actor, code):
        raise Denied
