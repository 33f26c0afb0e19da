"""Who may try policies out: the figures are of the whole district."""

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Denied


def must_run(actor: Actor) -> None:
    """Raise Denied for who may not."""
    if not actor.may_everywhere(Permission.LAB_RUN):
        raise Denied
