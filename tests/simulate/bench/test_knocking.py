"""The load generator counts what it is answered, in either way of telling a body's length."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest

from huying.simulate.bench.load.knocking import Knock, knock


@pytest.fixture
def server() -> Iterator[tuple[int, list[bytes]]]:
    """Answers every other request in pieces, and every tenth with 503."""
    asked: list[bytes] = []
    ready, loop = threading.Event(), asyncio.new_event_loop()
    ports: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            try:
                head = await reader.readuntil(b"\r\n\r\n")
            except asyncio.IncompleteReadError:
                break
            length = (
                int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]) if b"POST" in head else 0
            )
            asked.append(head + await reader.readexactly(length))
            status = b"503 Busy" if len(asked) % 10 == 0 else b"200 OK"
            if len(asked) % 2:
                writer.write(
                    b"HTTP/1.1 "
                    + status
                    + b"\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
                )
            else:
                writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 3\r\n\r\nabc")

    async def main() -> None:
        listening = await asyncio.start_server(serve, "127.0.0.1", 0)
        ports.append(listening.sockets[0].getsockname()[1])
        ready.set()
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()

    threading.Thread(target=lambda: loop.run_until_complete(main()), daemon=True).start()
    assert ready.wait(5)
    yield ports[0], asked
    loop.call_soon_threadsafe(lambda: [task.cancel() for task in asyncio.all_tasks(loop)])


def test_every_request_is_sent_once_and_every_answer_counted(server) -> None:
    port, asked = server
    knocks = [Knock(f"/{n}", body=b"{}" if n % 3 else b"", headers={"X-Number": str(n)}) for n in range(40)]
    heard = knock(port, knocks, connections=4, seconds=20, bodies=True)
    assert sorted(int(each.split(b"/")[1].split(b" ")[0]) for each in asked) == list(range(40))
    assert heard.good == 36
    assert sorted(heard.status) == [200] * 36 + [503] * 4
    assert all(body in (b"abc", b"ab\r\nc\r\n") for body in heard.bodies)


def test_a_load_of_a_fixed_rate_takes_its_time(server) -> None:
    port, _ = server
    heard = knock(port, [Knock("/")] * 20, connections=2, seconds=20, rate=40)
    assert heard.seconds >= 19 / 40
    assert len(heard.took) == 20
