"""Who may see how notices fare and set what residents are sent: whoever holds the permission in the whole district."""

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Denied


def must_edit(by: Actor) -> None:
    """Raise Denied unless the actor may set notices."""
    if not by.may_everywhere(Permission.TEXT_EDIT):
        raise Denied
