"""Who sets chat accounts up, and who answers those who ask for a person."""

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Denied


def must_set_up(actor: Actor) -> None:
    """Raise Denied for who may not hold secrets of outside systems."""
    if not actor.may_everywhere(Permission.KEY_EDIT):
        raise Denied


def must_answer(actor: Actor) -> None:
    """Raise Denied for who does not register appeals in the whole district."""
    if not actor.may_everywhere(Permission.APPEAL_RECEIVE):
        raise Denied
