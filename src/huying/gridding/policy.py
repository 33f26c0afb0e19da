"""Who sees and makes plans of grids: whoever may redraw the areas of their scope. The ground is the whole district's."""

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.kernel.errors import Denied
from huying.places.policy import may_redraw


def must_read(actor: Actor) -> None:
    """Raise Denied for who redraws no area at all."""
    if actor.kind is not ActorKind.SYSTEM and not actor.may(Permission.AREA_EDIT):
        raise Denied


def must_stock(actor: Actor) -> None:
    """Raise Denied for who does not redraw areas in the whole district."""
    if actor.kind is not ActorKind.SYSTEM and not actor.may_everywhere(Permission.AREA_EDIT):
        raise Denied


def may_plan(actor: Actor, scope: str) -> bool:
    """Whether the grids of this area are the actor's to draw anew."""
    return may_redraw(actor, scope)


def must_plan(actor: Actor, scope: str) -> None:
    """Raise Denied unless ``may_plan``."""
    if not may_plan(actor, scope):
        raise Denied
