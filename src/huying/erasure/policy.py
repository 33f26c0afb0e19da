"""Who may erase, and who may read what was erased."""

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.kernel.errors import Denied


def must_erase(actor: Actor) -> None:
    """Raise Denied unless this is a person who answers for personal data in the whole district."""
    if actor.kind is not ActorKind.ACCOUNT or not actor.may_everywhere(Permission.PERSON_ERASE):
        raise Denied


def must_read(actor: Actor) -> None:
    """Raise Denied unless they erase or audit in the whole district."""
    if not (actor.may_everywhere(Permission.PERSON_ERASE) or actor.may_everywhere(Permission.AUDIT_READ)):
        raise Denied
