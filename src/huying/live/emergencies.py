"""``GET /live/emergencies``: that an open card of the reader's posts changed, as server-sent events.

An event holds the number of the card alone: the page asks for what it may see. ``?card=`` narrows to one card. Each
stream begins with ``hello``, at which a page reads its state anew, so that nothing need be told twice.
"""

import asyncio
import logging
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import DatabaseError, InterfaceError, OperationalError, connection

from huying.access.permissions import Permission
from huying.emergency.actions.marking import CHANNEL
from huying.emergency.queries.live import Card, heard_areas, must_see_card, open_lengths
from huying.kernel import clock
from huying.kernel.errors import Denied, HuyingError, Invalid, NotFound, Unavailable
from huying.live.entering import Asked, SignedOut
from huying.live.talking import HEADERS, Receive, Scope, Send, give, gone, refuse, within
from huying.live.waking import listen
from huying.people.queries.visitors import visitor

PATH: Final = "/live/emergencies"
MOST: Final = 5000
BEAT_EVERY: Final = 15.0
LONGEST: Final = 300.0
LOOK_EVERY: Final = 1.0
_log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class Listener:
    """One open page: which cards it hears of, and those it was not told of yet."""

    district: int
    areas: frozenset[str]
    card: int | None
    news: asyncio.Event = field(default_factory=asyncio.Event)
    waiting: set[int] = field(default_factory=set)

    def hears(self, card: Card, area: str) -> bool:
        """Whether it is told that this card changed."""
        if card[0] != self.district:
            return False
        if self.card is not None:
            return card[1] == self.card
        return any(area.startswith(held) or held.startswith(area) for held in self.areas)


class Emergencies:
    """Lets readers in and tells each what changed. Belongs to one event loop; one thread looks for all of them."""

    def __init__(self) -> None:
        self._listeners: set[Listener] = set()
        self._doors = ThreadPoolExecutor(2, thread_name_prefix="emergency-door")
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._ending = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            listener = await self._enter(scope, dict(scope["headers"]))
        except HuyingError as error:
            await refuse(send, error)
            return
        self._listeners.add(listener)
        leaving, telling = asyncio.create_task(gone(receive)), asyncio.create_task(self._tell(listener, send))
        try:
            await asyncio.wait({leaving, telling}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._listeners.discard(listener)
            leaving.cancel()
            telling.cancel()
            with suppress(asyncio.CancelledError, TimeoutError):
                await telling

    def ending(self) -> None:
        """Let everybody go, and nobody in."""
        self._ending = True
        for listener in self._listeners:
            listener.news.set()

    async def aclose(self) -> None:
        """Give back the connections."""
        self.ending()
        self._stopping.set()
        for _door in range(2):
            self._doors.submit(connection.close)
        self._doors.shutdown(wait=False)

    async def _enter(self, scope: Scope, headers: dict[bytes, bytes]) -> Listener:
        if scope["path"] != PATH:
            raise NotFound
        if self._ending or len(self._listeners) >= MOST:
            raise Unavailable
        asked = Asked(
            headers.get(b"cookie", b"").decode("latin-1"), scope["query_string"].decode("latin-1"), ""
        )
        loop = asyncio.get_running_loop()
        listener = await loop.run_in_executor(self._doors, _listener, asked)
        if self._thread is None:
            self._thread = threading.Thread(
                target=self._follow, args=(loop,), name="emergencies", daemon=True
            )
            self._thread.start()
        return listener

    async def _tell(self, listener: Listener, send: Send) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + LONGEST * random.uniform(0.8, 1.2)
        await send({"type": "http.response.start", "status": 200, "headers": list(HEADERS)})
        await give(send, b"retry: %d\n\nevent: hello\ndata:\n\n" % random.randint(500, 2000))
        while not self._ending and loop.time() < until:
            if not await within(listener.news, BEAT_EVERY):
                await give(send, b"event: beat\ndata:\n\n")
                continue
            listener.news.clear()
            told, listener.waiting = sorted(listener.waiting), set()
            if told:
                await give(send, b"".join(b"event: emergency\ndata: %d\n\n" % card for card in told))
        await send({"type": "http.response.body", "body": b""})

    def _follow(self, loop: asyncio.AbstractEventLoop) -> None:
        known: dict[Card, tuple[str, int]] | None = None
        heard_on: Any = None
        while not self._stopping.is_set():
            try:
                connection.ensure_connection()
                if heard_on is not connection.connection:
                    listen(CHANNEL)
                    heard_on = connection.connection
                known = self._look(loop, known)
                for _news in heard_on.notifies(timeout=LOOK_EVERY, stop_after=1):
                    pass
            except (OperationalError, InterfaceError):
                _log.warning("the database is away; trying again")
                connection.close()
                self._stopping.wait(LOOK_EVERY)
            except DatabaseError:
                _log.exception("open cards could not be read; trying again")
                self._stopping.wait(LOOK_EVERY)
        connection.close()

    def _look(
        self, loop: asyncio.AbstractEventLoop, known: dict[Card, tuple[str, int]] | None
    ) -> dict[Card, tuple[str, int]]:
        now = dict(open_lengths())
        if known is not None:
            changed = {card: now.get(card, known.get(card, ("", 0)))[0] for card in now.keys() | known.keys()
                       if now.get(card) != known.get(card)}  # fmt: skip
            if changed:
                loop.call_soon_threadsafe(self._take, changed)
        return now

    def _take(self, changed: dict[Card, str]) -> None:
        for listener in self._listeners:
            heard = {card[1] for card, area in changed.items() if listener.hears(card, area)}
            if heard:
                listener.waiting |= heard
                listener.news.set()


def _listener(asked: Asked) -> Listener:
    """Read the session. Raises SignedOut, Denied, Invalid, NotFound, Unavailable without the database."""
    try:
        found = visitor(asked.session_key, clock.now())
        if found is None:
            raise SignedOut
        if not found.standing.clear:
            raise Denied
        number = asked.first("card")
        if not number:
            if not found.actor.may(Permission.EMERGENCY_READ):
                raise Denied
            return Listener(found.actor.district, heard_areas(found.actor), None)
        if not (number.isascii() and number.isdigit() and len(number) < 18):
            raise Invalid
        must_see_card(found.actor, int(number))
        return Listener(found.actor.district, frozenset(), int(number))
    except (OperationalError, InterfaceError):
        connection.close()
        raise Unavailable from None


emergencies = Emergencies()
