"""Who says whether a signal was right, and who sets how readily words are taken for danger."""

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Denied


def must_judge(actor: Actor) -> None:
    """Raises Denied unless the actor corrects what is known of cases."""
    if not actor.may(Permission.CASE_CORRECT):
        raise Denied


def must_set(actor: Actor) -> None:
    """Raises Denied unless the actor writes the rules of the whole district."""
    if not actor.may_everywhere(Permission.CATALOGUE_EDIT):
        raise Denied
