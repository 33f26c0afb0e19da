"""``POST /api/v1/appeals`` as an ASGI application of its own."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Final

from django.conf import settings
from django.db import connections

from huying.api.intake.answers import answer_of
from huying.api.intake.batches import Batches
from huying.api.intake.brakes import Brake
from huying.api.intake.keeping import Kept, keep
from huying.api.intake.reading import Asked, read
from huying.api.keys import bearer
from huying.api.problems import (
    MEDIA_TYPE,
    TooLarge,
    TooMany,
    TooSlow,
    WrongMedia,
    headers_of,
    language_of,
    problem_bytes,
)
from huying.kernel.errors import HuyingError

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

BODY_MOST: Final = 64 * 1024
# Seconds within which a body must have arrived.
PATIENCE: Final = 20.0


class Gone(Exception):
    """The visitor went away before the request was complete."""


class Intake:
    """Reads, waits for the batch that keeps the appeal, answers. ``proxies`` stand in front, each trusted."""

    def __init__(self, *, proxies: int = 0, brake: Brake | None = None) -> None:
        self.batches: Batches[Asked, Kept | HuyingError] = Batches(keep)
        self._brake = brake or Brake()
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        language = language_of(headers.get(b"accept-language", b"").decode("latin-1"))
        try:
            status, more, body = await self._answer(scope, headers, receive)
        except Gone:
            return
        except HuyingError as error:
            status, body = error.status, problem_bytes(error, language)
            more = {"Content-Type": MEDIA_TYPE, **headers_of(error)}
        await send_whole(send, status, more, body)

    async def aclose(self) -> None:
        """Write what waits, then give the writer's connection back."""
        await self.batches.aclose(connections.close_all)

    async def _answer(
        self, scope: Scope, headers: dict[bytes, bytes], receive: Receive
    ) -> tuple[int, dict[str, str], bytes]:
        raw_key = bearer(header_of(headers, b"authorization"))
        self.brake(raw_key, scope, headers)
        media = header_of(headers, b"content-type").partition(";")[0].strip().lower()
        if media not in ("", "application/json"):
            raise WrongMedia
        body = await body_of(headers, receive)
        asked = read(body, raw_key, header_of(headers, b"idempotency-key") or None)
        kept = await self.batches.put(asked)
        if isinstance(kept, HuyingError):
            raise kept
        return answer_of(*kept)

    def brake(self, raw_key: str, scope: Scope, headers: dict[bytes, bytes]) -> None:
        """Raise TooMany for an address that sends too often without a key."""
        if not raw_key and not self._brake.takes(self._visitor(scope, headers)):
            raise TooMany

    def _visitor(self, scope: Scope, headers: dict[bytes, bytes]) -> str:
        hops = [hop.strip() for hop in header_of(headers, b"x-forwarded-for").split(",") if hop.strip()]
        if 0 < self._proxies <= len(hops):
            return hops[-self._proxies]
        client = scope.get("client")
        return str(client[0]) if client else ""


async def body_of(headers: dict[bytes, bytes], receive: Receive, most: int = BODY_MOST) -> bytes:
    """The whole body. Raises TooLarge, TooSlow, Gone."""
    claimed = headers.get(b"content-length", b"0")
    if claimed.isdigit() and int(claimed) > most:
        raise TooLarge
    try:
        async with asyncio.timeout(PATIENCE):
            return await _gathered(receive, most)
    except TimeoutError:
        raise TooSlow from None


async def _gathered(receive: Receive, most: int) -> bytes:
    pieces, length, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        piece = message.get("body", b"")
        length += len(piece)
        if length > most:
            raise TooLarge
        pieces.append(piece)
        more = message.get("more_body", False)
    return b"".join(pieces)


def header_of(headers: dict[bytes, bytes], name: bytes) -> str:
    """One header's text; "" where there is none."""
    return headers.get(name, b"").decode("latin-1").strip()


async def send_whole(send: Send, status: int, headers: dict[str, str], body: bytes) -> None:
    """Answer at once, not to be kept by anybody on the way."""
    whole = {
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        **headers,
    }
    encoded = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in whole.items()]
    await send({"type": "http.response.start", "status": status, "headers": encoded})
    await send({"type": "http.response.body", "body": body})


intake = Intake(proxies=getattr(settings, "HUYING_PROXIES", 0))
