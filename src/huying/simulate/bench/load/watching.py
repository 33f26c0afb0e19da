"""A thousand open screens in a process of their own, which is told of new cases while it posts them."""

import asyncio
import re
import time
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any, Final

from huying.simulate.bench.load.knocking import Knock

SCREENS: Final = 1000
# What comes in at the peak of a whole city's day.
RATE: Final = 4
_AT_ONCE: Final = 50
# After the last case: what has not come by then counts as missing.
_LINGER: Final = 5.0
_EVENT: Final = re.compile(rb'id: (\d+)-(\d+)-(\d+)\ndata: \{"case":"([^"]+)","verb":"receive"')


@dataclass(slots=True)
class Told:
    """What the screens heard: seconds until all were open, the seconds each case took to each screen, and what went
    wrong."""

    opening: float = 0.0
    took: list[float] = field(default_factory=list)
    cases: int = 0
    missing: int = 0
    doubled: int = 0
    closed: int = 0


def watched(port: int, cookie: str, knocks: Sequence[Knock]) -> Told:
    """Open the screens, send the requests at ``RATE`` a second, and tell what came of them."""
    context = get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, port, cookie, list(knocks)), daemon=True)
    process.start()
    theirs.close()
    try:
        told: Told = mine.recv()
    finally:
        process.join()
    return told


def _work(pipe: Any, port: int, cookie: str, knocks: list[Knock]) -> None:
    pipe.send(asyncio.run(_watch(port, cookie, knocks)))


@dataclass(slots=True)
class _Screen:
    """What one screen heard: when each case reached it, and the last id."""

    at: dict[bytes, float] = field(default_factory=dict)
    last: tuple[int, ...] = (0, 0, 0)
    doubled: int = 0
    closed: bool = False

    async def listen(self, port: int, cookie: str, gate: asyncio.Semaphore, opened: asyncio.Event) -> None:
        async with gate:
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
            asked = f"GET /live/cases HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\r\n"
            writer.write(asked.encode())
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head[:20]:
                raise RuntimeError(head.decode())
            # Open is who was greeted.
            await reader.readuntil(b"\nid: ")
        opened.set()
        waiting = b""
        while piece := await reader.read(2**16):
            now = time.perf_counter()
            whole, mark, rest = (waiting + piece).rpartition(b"\n\n")
            waiting = rest if mark else waiting + piece
            self._hear(whole, now)
        self.closed = True
        writer.close()

    def _hear(self, told: bytes, now: float) -> None:
        for *place, case in _EVENT.findall(told):
            numbers = tuple(map(int, place))
            self.doubled += numbers <= self.last
            self.last = max(self.last, numbers)
            self.at.setdefault(case, now)


async def _watch(port: int, cookie: str, knocks: list[Knock]) -> Told:
    began = time.perf_counter()
    gate, screens = asyncio.Semaphore(_AT_ONCE), [_Screen() for _ in range(SCREENS)]
    doors = [asyncio.Event() for _ in screens]
    listening = [
        asyncio.create_task(screen.listen(port, cookie, gate, door))
        for screen, door in zip(screens, doors, strict=True)
    ]
    for task, door in zip(listening, doors, strict=True):
        opened = asyncio.create_task(door.wait())
        await asyncio.wait({task, opened}, return_when=asyncio.FIRST_COMPLETED)
        if not door.is_set():
            # It ended instead of opening: say why.
            await task
    told = Told(opening=time.perf_counter() - began)
    sent = await _post(port, knocks)
    await asyncio.sleep(_LINGER)
    for task in listening:
        task.cancel()
    told.cases = len(sent)
    for screen in screens:
        told.took += [screen.at[case] - at for case, at in sent.items() if case in screen.at]
        told.missing += sum(case not in screen.at for case in sent)
        told.doubled += screen.doubled
        told.closed += screen.closed
    return told


async def _post(port: int, knocks: Sequence[Knock]) -> dict[bytes, float]:
    """Each case that was taken in, and when its caller sent it."""
    began, sent = time.perf_counter(), {}
    for number, one in enumerate(knocks):
        await asyncio.sleep(max(0.0, began + number / RATE - time.perf_counter()))
        at = time.perf_counter()
        sent[await asyncio.to_thread(_case, port, one)] = at
    return sent


def _case(port: int, one: Knock) -> bytes:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{one.path}", one.body, {"Content-Type": "application/json", **one.headers}
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        found = re.search(rb'"case":"([^"]+)"', answer.read())
    if found is None:
        raise RuntimeError("the answer names no case")
    return found[1]
