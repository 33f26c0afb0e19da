"""All matters of the days at once, on a clock that runs as fast as one likes."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

import httpx

from huying.access.roles import Role
from huying.kernel.errors import Invalid, Unavailable
from huying.simulate.living.keyring import Keyring
from huying.simulate.living.lives import Lived
from huying.simulate.living.office import Deeds, Office
from huying.simulate.living.script import Script
from huying.simulate.stories import Life, Who

_MATTERS_AT_ONCE: Final = 4000


@dataclass(frozen=True, slots=True)
class Outline:
    """How to live: seconds of the story for each second of ours (0: without waiting), and requests at once.

    ``client``: the folder of the generated client, to speak through it.
    """

    base: str
    speed: float
    at_once: int = 8
    client: Path | None = None


async def live(
    script: Script, ring: Keyring, outline: Outline, progress: Callable[[int], None] = lambda count: None
) -> Deeds:
    """Live through the script; what was done. Raises Unavailable when nobody answers at the address at all."""
    deeds = Deeds()
    # A line for each request would drown everything else.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    async with Office(outline.base, deeds, at_once=outline.at_once, client=outline.client) as office:
        ids, units = await _units(script, ring, outline.base)
        mark = f"sim-{script.run}-{int(script.begin.timestamp())}"
        until = _clock(script.begin, outline.speed)
        room = asyncio.Semaphore(_MATTERS_AT_ONCE if outline.speed else outline.at_once * 2)

        async def one(life: Life) -> None:
            try:
                await Lived(life, office, ring, units, ids, mark, until).whole()
            finally:
                room.release()
                progress(1)

        async with asyncio.TaskGroup() as group:
            for life in script.lives():
                await room.acquire()
                await until(life.calls[0].at)
                group.create_task(one(life))
    return deeds


def _clock(begin: datetime, speed: float) -> Callable[[datetime], "asyncio.Future[None]"]:
    """Waits until a moment of the story has come."""
    began = time.monotonic()

    async def until(at: datetime) -> None:
        left = (at - begin).total_seconds() / speed - (time.monotonic() - began) if speed else 0.0
        await asyncio.sleep(max(0.0, left))

    return until  # type: ignore[return-value]


async def _units(script: Script, ring: Keyring, base: str) -> tuple[dict[str, int], dict[int, Who]]:
    """Numbers of the units by key, and by number who acts for each."""
    watcher = ring.of(Who(Role.DISTRICT_DISPATCHER, script.land.code))
    headers = {"Authorization": f"Bearer {watcher}"}
    try:
        async with httpx.AsyncClient(base_url=base, timeout=15) as client:
            answer = await client.get("/api/v1/bodies", headers=headers)
    except httpx.TransportError as error:
        raise Unavailable(f"{base} 没有回应：{error}") from error
    if answer.status_code != 200:
        raise Invalid(f"{base} 不认这些密钥（{answer.status_code}）。")
    by_code = {body["code"]: body["id"] for body in answer.json()}
    ids = {unit.key: by_code[unit.code] for unit in script.units if unit.code in by_code}
    if not ids:
        raise Invalid(f"{base} 的单位与这个种子的演示区不同，请核对 --seed 和 --streets。")
    acting = {
        ids[unit.key]: Who(
            Role.COMMUNITY_STATION if unit.kind == "community" else Role.DEPARTMENT_HANDLER,
            unit.area,
            unit.key,
        )
        for unit in script.units
        if unit.key in ids
    }
    return ids, acting
