"""Telling a handler's part of the ledger once more, for healing what it keeps."""

from collections.abc import Iterator
from typing import Final

from django.db import connection

from huying.cases.actions.reactions.reading import COLUMNS, link
from huying.cases.ledger import Link
from huying.cases.models import Cursor

_BATCH: Final = 2000


def retell(name: str, district: int) -> Iterator[list[Link]]:
    """Every entry that the handler has taken, case by case, each case from its beginning.

    Must run in a transaction: it holds the handler's cursor, so that the handler rests until the end. What
    the handler stumbled over and has not settled is left out.
    """
    cursor = Cursor.objects.select_for_update().filter(district=district, handler=name).first()
    if cursor is None:
        return
    last = (0, 0)
    while True:
        with connection.cursor() as sql:
            sql.execute(
                f"SELECT {COLUMNS} FROM cases_entry e WHERE district = %s AND (case_id, seq) > (%s, %s) "
                "AND (position, case_id, seq) <= (%s, %s, %s) AND NOT EXISTS (SELECT FROM cases_stumble s "
                "WHERE s.district = e.district AND s.handler = %s AND s.case_id = e.case_id AND s.seq = e.seq "
                "AND s.settled_at IS NULL) ORDER BY case_id, seq LIMIT %s",
                [district, *last, cursor.position, cursor.case_id, cursor.seq, name, _BATCH],
            )
            links = [link(list(row)) for row in sql.fetchall()]
        if not links:
            return
        last = (links[-1].case_id, links[-1].seq)
        yield links
