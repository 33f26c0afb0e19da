"""A load of requests over kept connections, in a process of its own so that the server's is not slowed by it.

Closed: each connection sends its next request when the last was answered. Open: requests are due at a fixed rate
whatever the answers, and an answer's time counts from when the request was due, so that a stall is not hidden.
"""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any


@dataclass(frozen=True, slots=True)
class Knock:
    """One request, complete: method, path, headers and body."""

    path: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    def packed(self, port: int) -> bytes:
        """The request as it goes over the wire."""
        method = "POST" if self.body else "GET"
        named = {"Host": f"127.0.0.1:{port}", **self.headers}
        if self.body:
            named = {"Content-Type": "application/json", **named, "Content-Length": str(len(self.body))}
        lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        return f"{method} {self.path} HTTP/1.1\r\n{lines}\r\n".encode() + self.body


@dataclass(slots=True)
class Heard:
    """What came back: by request the second it was answered since the start, the seconds it took, and the status."""

    seconds: float = 0.0
    at: list[float] = field(default_factory=list)
    took: list[float] = field(default_factory=list)
    status: list[int] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    @property
    def good(self) -> int:
        return sum(status < 400 for status in self.status)


def knock(
    port: int,
    knocks: Sequence[Knock],
    *,
    connections: int,
    seconds: float,
    rate: float | None = None,
    bodies: bool = False,
) -> Heard:
    """Send the requests in order for at most so many seconds, at ``rate`` per second or as fast as answers come."""
    context = get_context("spawn")
    mine, theirs = context.Pipe(duplex=False)
    packed = [each.packed(port) for each in knocks]
    process = context.Process(
        target=_work, args=(theirs, port, packed, connections, seconds, rate, bodies), daemon=True
    )
    process.start()
    theirs.close()
    try:
        heard: Heard = mine.recv()
    finally:
        process.join()
    return heard


def _work(
    pipe: Any,
    port: int,
    packed: list[bytes],
    connections: int,
    seconds: float,
    rate: float | None,
    bodies: bool,
) -> None:
    pipe.send(asyncio.run(_load(port, packed, connections, seconds, rate, bodies)))


async def _load(
    port: int, packed: list[bytes], connections: int, seconds: float, rate: float | None, bodies: bool
) -> Heard:
    heard, left, began = Heard(), iter(enumerate(packed)), time.perf_counter()
    senders = (_send(port, left, heard, began, seconds, rate, bodies) for _ in range(connections))
    await asyncio.gather(*senders)
    heard.seconds = time.perf_counter() - began
    return heard


async def _send(
    port: int,
    left: Iterator[tuple[int, bytes]],
    heard: Heard,
    began: float,
    seconds: float,
    rate: float | None,
    bodies: bool,
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    for number, request in left:
        due = began + number / rate if rate else time.perf_counter()
        if due - began >= seconds:
            break
        await asyncio.sleep(max(0.0, due - time.perf_counter()) if rate else 0)
        writer.write(request)
        status, body = await _answer(reader)
        done = time.perf_counter()
        heard.at.append(done - began)
        heard.took.append(done - due)
        heard.status.append(status)
        if bodies:
            heard.bodies.append(body)
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = await reader.readuntil(b"\r\n\r\n")
    lower = head.lower()
    status = int(head[9:12])
    at = lower.find(b"content-length:")
    if at >= 0:
        return status, await reader.readexactly(int(lower[at + 15 : lower.index(b"\r\n", at)]))
    pieces = []
    while size := int(await reader.readline(), 16):
        pieces.append(await reader.readexactly(size + 2))
    await reader.readline()
    return status, b"".join(pieces)
