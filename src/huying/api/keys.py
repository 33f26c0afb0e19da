"""Who asks: an outside system by its key, shown as ``Authorization: Bearer``, and how often it may."""

from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.api.problems import TooMany, Unauthenticated
from huying.people.actions import Spent, mark_key_used, spend
from huying.people.queries import known_key


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and what is left to them of this minute."""

    actor: Actor
    spent: Spent


def bearer(header: str) -> str:
    """The key in an Authorization header; "" when there is no header. Raises Unauthenticated for another scheme."""
    if not header:
        return ""
    scheme, _, raw = header.partition(" ")
    if scheme.lower() != "bearer" or not raw.strip():
        raise Unauthenticated
    return raw.strip()


def caller_with(raw: str, now: datetime) -> Caller:
    """The outside system behind a key, one request counted. Raises Unauthenticated, TooMany."""
    known = known_key(raw, now)
    if known is None or known.actor.key_id is None:
        raise Unauthenticated
    spent = spend(known.actor.district, known.actor.key_id, known.per_minute, now)
    if not spent.allowed:
        raise TooMany(spent=spent)
    mark_key_used(known.actor.key_id, now)
    return Caller(known.actor, spent)


def actor_with(raw: str, now: datetime) -> Actor:
    """The outside system behind a key. Raises Unauthenticated, TooMany."""
    return caller_with(raw, now).actor
