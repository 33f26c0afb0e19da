"""Who may change what a district says: whoever holds the permission in the whole of it."""

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Denied


def must_edit(by: Actor) -> None:
    """Raise Denied unless the actor may change texts."""
    if not by.may_everywhere(Permission.TEXT_EDIT):
        raise Denied
