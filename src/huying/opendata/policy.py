"""Who decides what a district publishes."""

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Denied


def must_set(by: Actor) -> None:
    """Raises Denied without opendata:edit in the whole district."""
    if not by.may_everywhere(Permission.OPENDATA_EDIT):
        raise Denied
