"""Happenings made up for tests, and what a reader makes of the bytes of a stream."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import orjson

from huying.cases.lifecycle import State, Verb
from huying.cases.queries.desks.happenings import Happening, Place
from tests.cast import DISTRICT, GRID, MONDAY

_ONE = Happening(
    place=(1, 1, 1), district=DISTRICT, number="990101-000000001", verb=Verb.RECEIVE, outcome=None, at=MONDAY,
    state=State.RECEIVED, area=GRID, area_name="青石街道 春风社区", item="X1", item_name="暴露垃圾", body_id=None,
    urgency=1, lon=114.312345678, lat=22.7, warn_at=None, due_at=None,
)  # fmt: skip


def happening(place: Place, **changed: Any) -> Happening:
    return replace(_ONE, place=place, number=f"990101-{place[1]:09d}", **changed)


def run_of(count: int, since: int = 1) -> list[Happening]:
    """So many happenings in order, several to a transaction as it is in life."""
    return [happening((since + n // 3, 10 + n % 3, 1 + n), at=MONDAY + timedelta(n)) for n in range(count)]


@dataclass(frozen=True)
class Event:
    name: str
    id: str
    data: dict[str, Any]


def events(told: bytes) -> list[Event]:
    """As the HTML standard reads a stream: blocks, and of each the fields."""
    found = []
    for block in told.decode().split("\n\n"):
        fields = dict(
            line.split(": ", 1) for line in block.split("\n") if ": " in line and not line.startswith(":")
        )
        if fields.get("data"):
            found.append(Event(fields["event"], fields["id"], orjson.loads(fields["data"])))
    return found


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)
