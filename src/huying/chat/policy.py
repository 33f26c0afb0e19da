"""Who sets chat accounts up, and who answers those who ask for a person."""

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Denied, NotFound


def must_set_up(actor: Actor) -> None:
    """Raise Denied for who may not hold secrets of outside systems."""
    if not actor.may_everywhere(Permission.KEY_EDIT):
        raise Denied


def must_answer(actor: Actor) -> None:
    """Raise Denied for who gives no direct answers, NotFound for who gives them in a part of the district alone.

    Whoever writes says where it is only in what they write: nobody's street is theirs before.
    """
    if not actor.may(Permission.CASE_ANSWER):
        raise Denied
    if not actor.may_everywhere(Permission.CASE_ANSWER):
        raise NotFound
