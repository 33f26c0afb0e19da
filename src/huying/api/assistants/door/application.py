"""``POST /mcp`` as an ASGI application of its own: stateless JSON answers, so any process may answer any request."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final

from django.db import close_old_connections, connections
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

from huying.api.assistants.asked import Asked, admitted, asked_with
from huying.api.assistants.door.hosts import must_be_ours
from huying.api.assistants.server import Run, make_server
from huying.api.keys import bearer
from huying.api.problems import MEDIA_TYPE, TooLarge, TooSlow, headers_of, language_of, problem_bytes
from huying.kernel.errors import HuyingError

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

BODY_MOST: Final = 256 * 1024
# Seconds within which a body must have arrived.
PATIENCE: Final = 20.0
THREADS: Final = 4


class Gone(Exception):
    """The visitor went away before the request was complete."""


class Assistants:
    """Who asks is looked at before the body is read; ``run`` runs what asks the database."""

    def __init__(self, run: Run | None = None) -> None:
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="assistant") if run is None else None
        self._run = run or self._in_pool
        self._server = make_server(_key_shown, self._run)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name.lower(): value.decode("latin-1").strip() for name, value in scope["headers"]}
        try:
            must_be_ours(headers)
            await self._run(partial(admitted, bearer(headers.get(b"authorization", ""))))
            body = await _body(headers, receive)
        except Gone:
            return
        except HuyingError as error:
            await _refuse(send, error, language_of(headers.get(b"accept-language", "")))
            return
        manager = StreamableHTTPSessionManager(
            self._server, json_response=True, stateless=True, max_request_body_size=BODY_MOST
        )
        async with manager.run():
            await manager.handle_request({**scope, "path": "/mcp"}, _replaying(body, receive), send)

    async def aclose(self) -> None:
        """Give the threads and their connections back."""
        if self._pool is not None:
            await asyncio.gather(*(self._in_pool(connections.close_all) for _ in range(THREADS)))
            self._pool.shutdown(wait=False)

    async def _in_pool(self, work: Callable[[], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._pool, partial(_with_connection, work))


def _with_connection(work: Callable[[], Any]) -> Any:
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()


def _key_shown(context: Any) -> Asked:
    return asked_with(bearer(context.request.headers.get("authorization", "")))


async def _body(headers: dict[bytes, str], receive: Receive) -> bytes:
    claimed = headers.get(b"content-length", "0")
    if claimed.isdigit() and int(claimed) > BODY_MOST:
        raise TooLarge
    pieces, length, more = [], 0, True
    try:
        async with asyncio.timeout(PATIENCE):
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Gone
                pieces.append(message.get("body", b""))
                length += len(pieces[-1])
                if length > BODY_MOST:
                    raise TooLarge
                more = message.get("more_body", False)
    except TimeoutError:
        raise TooSlow from None
    return b"".join(pieces)


def _replaying(body: bytes, receive: Receive) -> Receive:
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Any:
        return waiting.pop() if waiting else await receive()

    return again


async def _refuse(send: Send, error: HuyingError, language: str) -> None:
    body = problem_bytes(error, language)
    named = {
        "content-type": MEDIA_TYPE,
        "content-length": str(len(body)),
        "cache-control": "no-store",
        **headers_of(error),
    }
    encoded = [(name.lower().encode(), value.encode("latin-1")) for name, value in named.items()]
    await send({"type": "http.response.start", "status": error.status, "headers": encoded})
    await send({"type": "http.response.body", "body": body})


assistants = Assistants()
