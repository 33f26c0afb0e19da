"""Who opens a stream, and what of it is theirs."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qs

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.http import parse_cookie

from huying.cases.policy import Audience, audience_of
from huying.cases.queries.desks.happenings import Happening, Place, last_happenings
from huying.kernel.errors import Denied, HuyingError, Invalid, Unavailable
from huying.live.streams import KEPT
from huying.live.wire import place_of
from huying.people.queries.visitors import Visitor, visitor


class SignedOut(HuyingError):
    """登录已过期，请重新登录。"""

    code = "signed_out"
    status = 401


@dataclass(frozen=True, slots=True)
class Screen:
    """A reader who may listen: to what, in which language, and from which place on; None begins with what comes.

    ``lost``: it named a place that nobody can know, and has to begin anew.
    """

    audience: Audience
    language: str
    place: Place | None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request for a stream says."""

    cookie: str
    query: str
    last_event_id: str

    @property
    def session_key(self) -> str:
        return parse_cookie(self.cookie).get(settings.SESSION_COOKIE_NAME, "")

    def first(self, name: str) -> str:
        return parse_qs(self.query).get(name, [""])[0]


def enter(asked: Asked, now: datetime) -> Screen:
    """Read the session into a screen.

    Raises SignedOut, Denied, NotFound for an area outside the posts, Unavailable without the database.
    """
    with _database():
        found = visitor(asked.session_key, now)
    return _screen(found, asked)


def last_of(district: int, now: datetime) -> list[Happening]:
    """What a stream begins with. Raises Unavailable without the database."""
    with _database():
        return last_happenings(district, now, KEPT)


@contextmanager
def _database() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError):
        connection.close()
        raise Unavailable from None


def _screen(found: Visitor | None, asked: Asked) -> Screen:
    if found is None:
        raise SignedOut
    if not found.standing.clear:
        raise Denied
    area = asked.first("area")
    if area and not (area.isascii() and area.isdigit() and len(area) <= 15):
        raise Invalid
    audience = audience_of(found.actor, area)
    named = asked.last_event_id or asked.first("since")
    try:
        return Screen(audience, found.language, place_of(named) if named else None)
    except Invalid:
        return Screen(audience, found.language, None, lost=True)
