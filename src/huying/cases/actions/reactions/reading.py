"""Reading the ledger in the order in which it is told.

An entry is handed out only when every transaction of this database that began before its own has ended: a late commit
is never skipped. ``ledger_horizon`` says up to where that holds. It is asked in a statement of its own, before the one
that reads: whatever had ended by then is seen by what reads later.
"""

from bisect import bisect_right
from collections.abc import Callable
from typing import Any, Final

import orjson
from django.db import connection

from huying.cases.ledger import Link
from huying.cases.queries.horizon import Told, horizon

_NAMES: Final = (
    "district", "case_id", "seq", "verb", "outcome", "at", "actor_kind", "account_id", "key_id", "body_id",
    "order_id", "appeal_id", "before", "after",
)  # fmt: skip
#: What ``link`` reads, in its order.
COLUMNS: Final = ", ".join((*_NAMES, "facts"))

#: A place in the ledger and the entry that stands there.
Entry = tuple[Told, Link]
#: The next entries of a district after a place, at most so many.
Reader = Callable[[int, Told, int], list[Entry]]


def entries_after(district: int, place: Told, most: int) -> list[Entry]:
    """The next entries of a district after a place, in their order; all of them settled."""
    settled = horizon()
    with connection.cursor() as sql:
        sql.execute(
            f"SELECT position, {COLUMNS} FROM cases_entry WHERE district = %s "
            "AND (position, case_id, seq) > (%s, %s, %s) AND position < %s "
            "ORDER BY position, case_id, seq LIMIT %s",
            [district, *place, settled, most],
        )
        return [_placed(position, link(row)) for position, *row in sql.fetchall()]


class Window:
    """What was read last of each district, for those who follow one after the other: what one read serves the next.

    Nothing can still appear between settled entries, so they are read again by nobody. Whoever stands at their end
    reads on, and sees also what those before have written meanwhile.
    """

    def __init__(self) -> None:
        self._read: dict[int, tuple[Told, list[Entry]]] = {}

    def __call__(self, district: int, place: Told, most: int) -> list[Entry]:
        begin, entries = self._read.get(district, (place, []))
        if begin <= place:
            first = bisect_right(entries, place, key=lambda entry: entry[0])
            if first < len(entries):
                return entries[first : first + most]
        read = entries_after(district, place, most)
        self._read[district] = place, read
        return read


def link(row: list[Any]) -> Link:
    """The entry of a row of ``COLUMNS``."""
    # A raw cursor hands jsonb out as text where Django's own field would have read it.
    facts = orjson.loads(row[-1]) if isinstance(row[-1], str | bytes) else row[-1]
    return Link(**dict(zip(_NAMES, row[:-1], strict=True)), facts=facts)


def _placed(position: int, entry: Link) -> Entry:
    return Told(position, entry.case_id, entry.seq), entry
