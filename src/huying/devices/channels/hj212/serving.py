"""The port stations call: each connection is a conversation, and none of them holds up another."""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

from huying.devices.channels.hj212.talking import Conversation, HungUp, Take, Tell

_log = logging.getLogger(__name__)
#: Connections at once; a station has one, and calls again when it is ended.
MOST: Final = 2000
#: Seconds without a byte after which a line is taken for dead: stations report each minute, some each hour.
_SILENT: Final = 2 * 3600.0
_ANSWERED_WITHIN: Final = 30.0
_CHUNK: Final = 4096
_HANDS: Final = 4
_LOOK: Final = 0.2


@dataclass(slots=True)
class Stations:
    """``take`` and ``tell`` as of a conversation; they run in threads. ``bound`` is told the port: 0 is any free one."""

    host: str
    port: int
    take: Take
    tell: Tell
    stopping: threading.Event = field(default_factory=threading.Event)
    most: int = MOST
    bound: Callable[[int], None] = field(default=lambda _port: None)
    listening: bool = field(default=False, init=False)
    why: str = field(default="", init=False)
    _talking: set[asyncio.Task[None]] = field(default_factory=set, init=False)
    _hands: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        self._hands = ThreadPoolExecutor(_HANDS, thread_name_prefix="hj212")

    def run(self) -> None:
        """Listen until ``stopping`` is set; raises OSError when the port cannot be had."""
        asyncio.run(self._serve())
        self._hands.shutdown(wait=True)

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._call, self.host, self.port, backlog=512)
        port = server.sockets[0].getsockname()[1]
        _log.info("HJ 212 stations may call %s:%s", self.host, port)
        self.bound(port)
        self.listening = True
        while not self.stopping.is_set():
            await asyncio.sleep(_LOOK)
        server.close()
        for task in list(self._talking):
            task.cancel()
        await asyncio.gather(*self._talking, return_exceptions=True)

    async def _call(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is None or len(self._talking) >= self.most:
            writer.close()
            return
        self._talking.add(task)
        try:
            await self._talk(reader, writer)
        except (TimeoutError, ConnectionError, HungUp):
            # It calls again.
            pass
        finally:
            self._talking.discard(task)
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversation, loop = Conversation(self.take, self.tell), asyncio.get_running_loop()
        while data := await asyncio.wait_for(reader.read(_CHUNK), _SILENT):
            answer = await loop.run_in_executor(self._hands, conversation.hear, data)
            if answer:
                writer.write(answer)
                await asyncio.wait_for(writer.drain(), _ANSWERED_WITHIN)
