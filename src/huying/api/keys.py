"""Who asks: an outside system by its key, shown as ``Authorization: Bearer``."""

from datetime import datetime

from huying.access.actor import Actor
from huying.api.problems import Unauthenticated
from huying.people.actions import mark_key_used
from huying.people.queries import actor_of_key


def bearer(header: str) -> str:
    """The key in an Authorization header; "" when there is no header. Raises Unauthenticated for another scheme."""
    if not header:
        return ""
    scheme, _, raw = header.partition(" ")
    if scheme.lower() != "bearer" or not raw.strip():
        raise Unauthenticated
    return raw.strip()


def actor_with(raw: str, now: datetime) -> Actor:
    """The outside system behind a key. Raises Unauthenticated."""
    actor = actor_of_key(raw, now)
    if actor is None:
        raise Unauthenticated
    if actor.key_id is not None:
        mark_key_used(actor.key_id, now)
    return actor
