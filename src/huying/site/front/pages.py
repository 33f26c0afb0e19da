"""Django's WSGI application as an ASGI application: a pool of threads, whole bodies in, whole pages out.

A request's body is gathered before a thread is taken and a file's pieces are sent after it was given back, so
that slow visitors hold none. Only an answer made piece by piece (an export) keeps its thread until the end.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from huying.site.front import environ as environs
from huying.site.front.files import PIECE, FileAnswer, Headers, cut

Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

IN_MEMORY = 2**20
# Seconds a visitor may take to accept one piece of an answer, or to send one of a request.
PATIENCE = 60.0
# Bytes a second that a body must make on the whole: who sends one byte a minute would hold a place for days.
SLOWEST = 2 * 2**10
log = logging.getLogger(__name__)


class TooLarge(Exception):
    """The body is larger than the limit."""


class TooSlow(Exception):
    """The body does not get on."""


class Gone(Exception):
    """The visitor went away before the request was complete."""


@dataclass(slots=True)
class Answer:
    """What the application said; ``body`` is None when it was already sent piece by piece."""

    status: int
    headers: Headers
    body: bytes | FileAnswer | None


class Pages:
    """``threads`` requests are worked on at once; a body over ``limit`` bytes is refused with 413."""

    def __init__(self, application: Wsgi, *, threads: int, limit: int, proxies: int = 0) -> None:
        self.application = application
        self.limit = limit
        self.proxies = proxies
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="page")

    async def __call__(self, scope: environs.Scope, receive: Receive, send: Send) -> None:
        with SpooledTemporaryFile(IN_MEMORY) as body:
            try:
                length = await gather(scope, receive, body, self.limit)
            except TooLarge:
                await _plain(send, 413, "内容太大。")
                return
            except TooSlow:
                await _plain(send, 408, "内容太久没有传完，请重新提交。")
                return
            except Gone:
                return
            environ = environs.build(scope, body, length, self.proxies)
            loop = asyncio.get_running_loop()
            try:
                answer = await loop.run_in_executor(self.pool, self._answer, environ, loop, send)
            except Exception:
                log.exception("no answer for %s", scope["path"])
                await _plain(send, 500, "系统没有完成这次操作。")
                return
        await _deliver(answer, environ, send)

    def _answer(self, environ: dict[str, Any], loop: asyncio.AbstractEventLoop, send: Send) -> Answer:
        answer = Answer(500, [], None)

        def start_response(status: str, headers: Headers, exc_info: Any = None) -> None:
            answer.status, answer.headers = int(status[:3]), headers

        made = self.application(environ, start_response)
        if isinstance(made, FileAnswer):
            answer.body = made
            return answer
        try:
            if getattr(made, "streaming", False) and environ["REQUEST_METHOD"] != "HEAD":
                return self._stream(answer, made, loop, send)
            answer.body = b"" if environ["REQUEST_METHOD"] == "HEAD" else b"".join(made)
            return answer
        finally:
            if hasattr(made, "close"):
                made.close()

    def _stream(
        self, answer: Answer, made: Iterable[bytes], loop: asyncio.AbstractEventLoop, send: Send
    ) -> Answer:
        def pass_on(message: dict[str, Any]) -> None:
            asyncio.run_coroutine_threadsafe(_sent(send, message), loop).result(PATIENCE)

        pass_on(_start(answer.status, answer.headers))
        for piece in made:
            pass_on({"type": "http.response.body", "body": piece, "more_body": True})
        pass_on({"type": "http.response.body", "body": b""})
        return answer


async def gather(scope: environs.Scope, receive: Receive, body: IO[bytes], limit: int) -> int:
    """Read the whole body into ``body`` and answer with its length. Raises TooLarge, TooSlow, Gone."""
    claimed = dict(scope["headers"]).get(b"content-length", b"0")
    if claimed.isdigit() and int(claimed) > limit:
        raise TooLarge
    length, more, began = 0, True, asyncio.get_running_loop().time()
    while more:
        message = await _received(receive, began + PATIENCE + length / SLOWEST)
        if message["type"] == "http.disconnect":
            raise Gone
        piece = message.get("body", b"")
        length += len(piece)
        if length > limit:
            raise TooLarge
        body.write(piece)
        more = message.get("more_body", False)
    body.seek(0)
    return length


async def _received(receive: Receive, until: float) -> dict[str, Any]:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout_at(min(until, loop.time() + PATIENCE)):
            return await receive()
    except TimeoutError:
        raise TooSlow from None


async def _deliver(answer: Answer, environ: dict[str, Any], send: Send) -> None:
    if answer.body is None:
        return
    if isinstance(answer.body, FileAnswer):
        await _deliver_file(answer, answer.body, environ, send)
        return
    await send(_start(answer.status, answer.headers))
    await send({"type": "http.response.body", "body": answer.body})


async def _deliver_file(answer: Answer, file: FileAnswer, environ: dict[str, Any], send: Send) -> None:
    try:
        status, headers, left = cut(file, environ, answer.status, answer.headers)
        await send(_start(status, headers))
        if environ["REQUEST_METHOD"] == "HEAD":
            left = 0
        while left != 0:
            piece = await asyncio.to_thread(file.file.read, PIECE if left is None else min(PIECE, left))
            if not piece:
                break
            left = None if left is None else left - len(piece)
            await asyncio.wait_for(
                _sent(send, {"type": "http.response.body", "body": piece, "more_body": True}), PATIENCE
            )
        await send({"type": "http.response.body", "body": b""})
    finally:
        await asyncio.to_thread(file.close)


async def _sent(send: Send, message: dict[str, Any]) -> None:
    await send(message)


def _start(status: int, headers: Headers) -> dict[str, Any]:
    encoded = [(name.lower().encode("latin-1"), str(value).encode("latin-1")) for name, value in headers]
    return {"type": "http.response.start", "status": status, "headers": encoded}


async def _plain(send: Send, status: int, text: str) -> None:
    body = text.encode("utf-8")
    headers = [("content-type", "text/plain; charset=utf-8"), ("content-length", str(len(body)))]
    await send(_start(status, headers))
    await send({"type": "http.response.body", "body": body})
