"""Who may read and who may write the knowledge base of a district."""

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Denied


def must_read(actor: Actor) -> None:
    """Raise Denied without the permission."""
    if not actor.may(Permission.KNOWLEDGE_READ):
        raise Denied


def may_write_all(actor: Actor) -> bool:
    """Whether the actor writes for every body: by a post that is bound to none."""
    whole = str(actor.district)
    return actor.may_everywhere(Permission.KNOWLEDGE_EDIT) and (
        not actor.grants
        or any(
            grant.body_id is None and whole.startswith(grant.area)
            for grant in actor.grants_for(Permission.KNOWLEDGE_EDIT)
        )
    )


def bodies_written(actor: Actor) -> frozenset[int]:
    """The bodies the actor writes for by posts within them."""
    held = actor.grants_for(Permission.KNOWLEDGE_EDIT)
    return frozenset(grant.body_id for grant in held if grant.body_id is not None)


def may_write(actor: Actor, body_id: int | None) -> bool:
    """Whether the actor may write what this body answers for; what belongs to nobody, only who writes for all."""
    return may_write_all(actor) or body_id in bodies_written(actor)


def must_write(actor: Actor, body_id: int | None) -> None:
    """Raise Denied unless ``may_write``."""
    if not may_write(actor, body_id):
        raise Denied("只能写本单位负责的知识。")
