"""``GET /live/cases``: the cases of the reader's posts as server-sent events, as an ASGI application of its own."""

import asyncio
import logging
import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Final

from django.db import connection

from huying.cases.queries.desks.happenings import Happening, Place
from huying.kernel import clock
from huying.kernel.errors import HuyingError, NotFound, Unavailable
from huying.live.entering import Asked, Screen, enter, last_of
from huying.live.following import LOOK_EVERY, Following, Told
from huying.live.streams import Stream
from huying.live.talking import HEADERS, Receive, Scope, Send, give, gone, refuse, within
from huying.live.wire import beat, reset_event

PATH: Final = "/live/cases"
# Screens that one process holds open; a further one is asked to come again.
MOST: Final = 5000
# Seconds. Proxies end what is silent for a minute.
BEAT_EVERY: Final = 15.0
# After so long a screen is asked to come again, so that who may hear is judged anew: posts and sessions end.
LONGEST: Final = 300.0
_log = logging.getLogger(__name__)


class Live:
    """Lets readers in, and gives each what its stream holds for it. Belongs to one event loop."""

    def __init__(self) -> None:
        self._streams: dict[int, Stream] = {}
        self._news: dict[int, asyncio.Event] = {}
        self._opening = asyncio.Lock()
        self._following: Following | None = None
        # Who enters is read from the database: by two threads, whatever the number that come at once.
        self._doors = ThreadPoolExecutor(2, thread_name_prefix="live-door")
        self._open = 0
        self._ending = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        try:
            screen, stream = await self._enter(scope, headers)
        except HuyingError as error:
            await refuse(send, error)
            return
        self._open += 1
        leaving = asyncio.create_task(gone(receive))
        telling = asyncio.create_task(self._tell(screen, stream, send))
        try:
            await asyncio.wait({leaving, telling}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._open -= 1
            leaving.cancel()
            telling.cancel()
            with suppress(asyncio.CancelledError, TimeoutError):
                await telling

    def ending(self) -> None:
        """Let everybody go, and nobody in: the process is told to end. They resume elsewhere."""
        self._ending = True
        for news in self._news.values():
            news.set()

    async def aclose(self) -> None:
        """Give back the connections."""
        self.ending()
        if self._following is not None:
            self._following.stop()
        for _door in range(2):
            self._doors.submit(connection.close)
        self._doors.shutdown(wait=False)

    async def _enter(self, scope: Scope, headers: dict[bytes, bytes]) -> tuple[Screen, Stream]:
        if scope["path"] != PATH:
            raise NotFound
        if self._ending or self._open >= MOST:
            raise Unavailable
        asked = Asked(
            headers.get(b"cookie", b"").decode("latin-1"),
            scope["query_string"].decode("latin-1"),
            headers.get(b"last-event-id", b"").decode("latin-1").strip(),
        )
        loop = asyncio.get_running_loop()
        screen = await loop.run_in_executor(self._doors, enter, asked, clock.now())
        return screen, await self._stream(screen.audience.district)

    async def _stream(self, district: int) -> Stream:
        async with self._opening:
            if district not in self._streams:
                loop = asyncio.get_running_loop()
                last = await loop.run_in_executor(self._doors, last_of, district, clock.now())
                stream = Stream(district)
                stream.restart(last)
                if self._following is None:
                    self._following = Following(self._from_thread(loop))
                self._following.begin(district, stream.end)
                self._streams[district], self._news[district] = stream, asyncio.Event()
        return self._streams[district]

    def _from_thread(self, loop: asyncio.AbstractEventLoop) -> Told:
        def told(district: int, batch: list[Happening], anew: bool) -> None:
            loop.call_soon_threadsafe(self._take, district, batch, anew)

        return told

    def _take(self, district: int, batch: list[Happening], anew: bool) -> None:
        stream, news = self._streams[district], self._news[district]
        if anew:
            stream.restart(batch)
        else:
            stream.extend(batch)
        # Whoever waits is woken by this one; whoever comes waits for the next.
        self._news[district] = asyncio.Event()
        news.set()

    async def _tell(self, screen: Screen, stream: Stream, send: Send) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + LONGEST * random.uniform(0.8, 1.2)
        await send({"type": "http.response.start", "status": 200, "headers": list(HEADERS)})
        place, hello = await self._begin(screen, stream)
        await give(send, hello)
        while not self._ending and loop.time() < until:
            news = self._news[stream.district]
            place, told = stream.told_after(place, screen.audience, screen.language)
            if told:
                await give(send, told)
            elif not await within(news, BEAT_EVERY):
                await give(send, beat(place))
        await send({"type": "http.response.body", "body": b""})

    async def _begin(self, screen: Screen, stream: Stream) -> tuple[Place, bytes]:
        # Spread out, so that a thousand screens do not all come back in the same moment.
        hello = b"retry: %d\n\n" % random.randint(1000, 4000)
        if screen.place is None and not screen.lost:
            return stream.end, hello + beat(stream.end)
        if screen.place is not None and screen.place > stream.end:
            # Told by a process that had read on; this one has read as far within two looks.
            await within(self._news[stream.district], 2 * LOOK_EVERY)
        if screen.place is None or screen.place > stream.end:
            return stream.end, hello + reset_event(stream.end)
        return screen.place, hello


live = Live()
