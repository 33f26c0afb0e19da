"""Appeals for a load, told as the demonstration's residents tell them, ready to be sent."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Final
from zoneinfo import ZoneInfo

import orjson

from huying.catalogue.queries import item, items_for_text
from huying.simulate.bench.house.histories import SEED
from huying.simulate.bench.load.knocking import Knock
from huying.simulate.days import Call, Calls, Rhythm
from huying.simulate.land import Size, district
from huying.simulate.speech import matter_of

ZONE: Final = ZoneInfo("Asia/Shanghai")
_STREETS: Final = 3


def calls(seed: int, now: datetime, count: int) -> list[Call]:
    """So many calls of the scratch district's residents."""
    land = district(SEED, Size(streets=_STREETS))
    number = int(land.code)
    matters = [matter_of(seed, item(number, text.code)) for text in items_for_text(number)]
    begin = now.astimezone(ZONE).replace(minute=0, second=0, microsecond=0) - timedelta(days=30)
    rhythm = Rhythm(seed, begin, 31, count + count // 10 + 100, ZONE)
    told = (call for group in Calls(seed, land, matters, rhythm).by_matter() for call in group)
    return list(islice(told, count))


def knocks(seed: int, now: datetime, count: int, key: str) -> list[Knock]:
    """The same calls as requests, each under its own idempotency key."""
    return [
        Knock("/api/v1/appeals", body(call), headers(key, f"bench-{seed}-{now:%Y%m%d%H%M%S}-{number}"))
        for number, call in enumerate(calls(seed, now, count))
    ]


def headers(key: str, idempotency: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}", "Idempotency-Key": idempotency}


def body(call: Call) -> bytes:
    """What a caller's program sends."""
    return orjson.dumps(dict(_members(call)))


def _members(call: Call) -> Iterator[tuple[str, Any]]:
    yield "text", call.text
    yield "kind", call.kind.value
    yield "place_text", call.place
    if call.lon is not None and call.lat is not None:
        yield from (("lon", call.lon), ("lat", call.lat), ("datum", "cgcs2000"))
    if call.caller is not None:
        yield from (("name", call.caller.name), ("phone", call.caller.phone))
