"""Who holds a session, for what is asked outside Django's handlers; the rules are those of every page."""

from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user

from huying.access.actor import Actor
from huying.people.queries.accounts import actor_of
from huying.people.queries.sessions import SessionStore
from huying.people.queries.signing_in import Standing, standing_of
from huying.people.rules.sessions import FACTOR, is_over


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in person: their posts, what they still owe before their work, and their language."""

    actor: Actor
    standing: Standing
    language: str


def visitor(session_key: str, now: datetime) -> Visitor | None:
    """Whose session it is; None when it is nobody's or over. Three queries; nothing is written."""
    if not session_key:
        return None
    session: Any = SessionStore(session_key)
    account: Any = get_user(SimpleNamespace(session=session))  # type: ignore[arg-type]
    if not account.is_authenticated or is_over(session, now.timestamp(), settings.SESSION_COOKIE_AGE):
        return None
    actor = actor_of(account, now)
    return Visitor(actor, standing_of(account, actor, bool(session.get(FACTOR)), now), account.language)
