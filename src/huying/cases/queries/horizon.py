"""Up to where the ledger is settled: no entry with a smaller position can still appear."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db import connection

_NEXT = """
SELECT entry.at FROM cases_entry entry, cases_cursor cursor
WHERE entry.district = %s AND cursor.district = entry.district AND cursor.handler = %s
  AND (entry.position, entry.case_id, entry.seq) > (cursor.position, cursor.case_id, cursor.seq)
ORDER BY entry.position, entry.case_id, entry.seq LIMIT 1
"""


def horizon() -> int:
    """The position below which every entry is committed and seen by the statements that follow this one.

    It must be asked in a statement of its own: what had ended by then is seen by what reads later.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger_horizon()")
        row = cursor.fetchone()
        return int(row[0]) if row else 0


def first_unfollowed(handler: str, district: int) -> datetime | None:
    """When the first entry happened that a handler has not taken yet; None where it took all there is."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [district, handler])
        row = cursor.fetchone()
        return row[0] if row else None


class Told(NamedTuple):
    """A place in the ledger: everything up to it, in the order in which it was told, it included."""

    position: int
    case_id: int
    seq: int


def told_by(district: int, place: Told, entries: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Which of these entries (case, number) had been told by then; one query."""
    if not entries:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.case_id, e.seq FROM unnest(%s::bigint[], %s::integer[]) AS asked(case_id, seq) "
            "JOIN cases_entry e ON e.district = %s AND e.case_id = asked.case_id AND e.seq = asked.seq "
            "WHERE (e.position, e.case_id, e.seq) <= (%s, %s, %s)",
            [[case_id for case_id, _ in entries], [seq for _, seq in entries], district, *place],
        )
        return set(cursor.fetchall())
