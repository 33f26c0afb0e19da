"""Who may read and who may change a district's list."""

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Denied, NotFound


def must_read(actor: Actor, district: int) -> None:
    """Raise NotFound for another district's list, Denied without the permission."""
    if actor.district != district:
        raise NotFound
    if not actor.may(Permission.CATALOGUE_READ):
        raise Denied


def must_edit(actor: Actor, district: int) -> None:
    """Raise unless the actor may edit the list for the whole district: a post in one street may not.

    NotFound for another district's list, Denied without the permission.
    """
    if actor.district != district:
        raise NotFound
    if not actor.may_everywhere(Permission.CATALOGUE_EDIT):
        raise Denied
