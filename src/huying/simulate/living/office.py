"""The public interface as seen from outside: asked again until it answers, each act under a key of its own."""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx

from huying.simulate.living.generated import Generated

_PATIENCE: Final = 15.0
_FIRST_REST: Final = 0.2
_LONGEST_REST: Final = 5.0
_AGAIN: Final = frozenset({429, 500, 502, 503, 504})


@dataclass(slots=True)
class Deeds:
    """What was done, by name; what the platform did not allow, by its own words; how often it had to be asked again."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    passed_over: Counter[str] = field(default_factory=Counter)
    again: int = 0
    lost: int = 0


class Office:
    """A client of the interface at ``base``; at most ``at_once`` requests are under way. Use it as a context.

    ``client``: where ``make client`` left the generated one, to speak through it. Raises Invalid where it is not.
    """

    def __init__(
        self,
        base: str,
        deeds: Deeds,
        *,
        at_once: int = 8,
        give_up_after: float = 300.0,
        client: Path | None = None,
    ) -> None:
        self.deeds = deeds
        self._base, self._give_up_after = base.rstrip("/"), give_up_after
        limits = httpx.Limits(max_connections=at_once, max_keepalive_connections=at_once)
        self._client = httpx.AsyncClient(base_url=self._base, timeout=_PATIENCE, limits=limits)
        self._generated = Generated(client, self._base, _PATIENCE) if client else None
        self._turns = asyncio.Semaphore(at_once)

    async def __aenter__(self) -> "Office":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()
        if self._generated:
            await self._generated.aclose()

    async def give(self, path: str, body: Mapping[str, Any], raw: str, key: str) -> httpx.Response | None:
        """Write something; sent again under the same idempotency key until it is answered. None when given up."""
        headers = {"Authorization": f"Bearer {raw}", "Idempotency-Key": key}
        return await self._asked("POST", path, headers, body)

    async def read(self, path: str, raw: str) -> dict[str, Any] | None:
        """Read something; None for what is not there or not to be seen."""
        answer = await self._asked("GET", path, {"Authorization": f"Bearer {raw}"}, None)
        if answer is None or answer.status_code != 200:
            return None
        told: dict[str, Any] = answer.json()
        return told

    async def visit(self) -> httpx.AsyncClient:
        """A browser of its own, for a resident's visit to the public pages; the visitor closes it."""
        return httpx.AsyncClient(base_url=self._base, timeout=_PATIENCE, follow_redirects=True)

    async def _sent(
        self, method: str, path: str, headers: Mapping[str, str], body: Mapping[str, Any] | None
    ) -> httpx.Response:
        if self._generated:
            return await self._generated.ask(method, path, headers, body)
        return await self._client.request(method, path, json=body, headers=dict(headers))

    async def _asked(
        self, method: str, path: str, headers: Mapping[str, str], body: Mapping[str, Any] | None
    ) -> httpx.Response | None:
        loop = asyncio.get_running_loop()
        deadline, rest = loop.time() + self._give_up_after, _FIRST_REST
        while True:
            try:
                async with self._turns:
                    answer = await self._sent(method, path, headers, body)
                if answer.status_code not in _AGAIN:
                    return answer
            except httpx.TransportError:
                pass
            if loop.time() > deadline:
                self.deeds.lost += 1
                return None
            self.deeds.again += 1
            await asyncio.sleep(rest * (0.5 + random.random()))
            rest = min(rest * 2, _LONGEST_REST)
