"""The city's hotline, a system of its own: what it writes down it hands over by the interface, with its key."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from huying.api.intake.application import Intake


def handed_over(key: str, number: str, appeal: dict[str, Any]) -> dict[str, Any]:
    """``POST /api/v1/appeals`` under the hotline's own ``number``; what it is answered."""

    async def send() -> httpx.Response:
        application = Intake()
        transport = httpx.ASGITransport(application)  # type: ignore[arg-type]
        shown = {"Authorization": f"Bearer {key}", "Idempotency-Key": number}
        async with httpx.AsyncClient(transport=transport, base_url="http://huying", headers=shown) as client:
            try:
                return await client.post("/api/v1/appeals", json=appeal)
            finally:
                await application.aclose()

    # In a thread: where a browser takes pictures, its loop runs in this one.
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(lambda: asyncio.run(send())).result()
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told
