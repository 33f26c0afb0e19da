"""An order as a history of steps: only what its source tells."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from huying.access.actor import Actor
from huying.cases.actions import History, NewAppeal, Past
from huying.cases.lifecycle import Channel, Verb
from huying.catalogue.queries import live_edition, live_list
from huying.loop.collect.channels.orders.mapping import OrderMap
from huying.loop.collect.channels.orders.placing import Placed
from huying.loop.collect.channels.orders.reading import Draft

_KEY_MOST: Final = 80
_REASONS: Final = ("来源系统已派给这个单位",)


class Items:
    """The district's items by the names a source uses: all three levels, else a last name borne by one alone."""

    def __init__(self, district: int, order_map: OrderMap) -> None:
        self._own = order_map.items
        self._whole: dict[tuple[str, str, str], str] = {}
        self._leaf: dict[str, str] = {}
        lines = live_list(district).held.items.values() if live_edition(district) is not None else ()
        for line in lines:
            self._whole[(line.class_name, line.group_name, line.name)] = line.code
            # A name that two items bear names neither.
            self._leaf[line.name] = "" if line.name in self._leaf else line.code
        self._codes = frozenset(line.code for line in lines)

    def code(self, names: tuple[str, str, str]) -> str:
        """The item's code, "" where none is meant beyond doubt."""
        leaf = next((name for name in reversed(names) if name), "")
        told = self._own.get(leaf, "")
        if told in self._codes:
            return told
        return self._whole.get(names) or self._leaf.get(leaf, "")


def key_of(code: str, number: str) -> str:
    """Under which an order is known for ever: the source's code and its number."""
    key = f"import:{code}:{number}"
    if len(key) <= _KEY_MOST:
        return key
    return f"import:{code}:#{hashlib.sha256(number.encode()).hexdigest()[:32]}"


def history_of(
    draft: Draft, placed: Placed, item: str, body_id: int | None, caller_id: int | None, key: str, by: Actor,
    now: datetime,
) -> History:  # fmt: skip
    """The order's history. One that has ended is archived at its end, or now where its end is not told; one that
    runs is filed and given to its unit as far as the source tells."""
    new = NewAppeal(
        text=draft.text, channel=Channel.IMPORT.value, kind=draft.kind.value, caller_id=caller_id,
        place_text=draft.address, lon=placed.lon, lat=placed.lat, area=placed.area, source=draft.source,
        external_number=draft.number, idempotency_key=key, title=draft.title,
    )  # fmt: skip
    steps = (
        (_archived(draft, item, body_id, by, now),)
        if draft.ended
        else tuple(_running(draft, item, body_id, by))
    )
    return History(new, draft.created_at, steps)


def _archived(draft: Draft, item: str, body_id: int | None, by: Actor, now: datetime) -> Past:
    facts: dict[str, Any] = {
        "told": draft.told, "item": item, "body": body_id, "ended": draft.ended_at, "in_time": draft.in_time,
    }  # fmt: skip
    return Past(Verb.ARCHIVE, draft.ended_at or now, by, facts=facts)


def _running(draft: Draft, item: str, body_id: int | None, by: Actor) -> Iterator[Past]:
    if not item:
        return
    yield Past(Verb.FILE, draft.created_at, by, facts={"item": item})
    if body_id is not None:
        facts = {"body": body_id, "source": "import", "reasons": list(_REASONS)}
        yield Past(Verb.DISPATCH, draft.created_at, by, facts=facts)
