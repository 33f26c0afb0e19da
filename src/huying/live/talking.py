"""How a stream speaks HTTP: its headers, its refusals, and leaving who takes nothing or is gone."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any, Final

import orjson
from django.utils import translation
from django.utils.translation import gettext as _

from huying.kernel.errors import HuyingError, Unavailable
from huying.kernel.saying import worded

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

# Seconds: who takes nothing for so long is let go and resumes.
PATIENCE: Final = 20.0
HEADERS: Final = (
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
)


async def within(news: asyncio.Event, seconds: float) -> bool:
    """Whether the event came within so many seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await news.wait()
            return True
    return False


async def give(send: Send, told: bytes) -> None:
    """Raises TimeoutError for a reader who does not take it."""
    async with asyncio.timeout(PATIENCE):
        await send({"type": "http.response.body", "body": told, "more_body": True})


async def gone(receive: Receive) -> None:
    """Returns when the reader has left."""
    while (await receive())["type"] != "http.disconnect":
        continue


async def refuse(send: Send, error: HuyingError) -> None:
    """Answer with a problem instead of a stream."""
    with translation.override(None):
        body = orjson.dumps({"status": error.status, "code": error.code, "detail": worded(error.message, _)})
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if error.status == Unavailable.status:
        headers.append((b"retry-after", b"3"))
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
