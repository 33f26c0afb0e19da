"""Who has which case open at a dispatch desk just now."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import connection

from huying.loop.allocate.rules.presence import LAPSE, Here, by_case


def present(district: int, case_ids: Collection[int], now: datetime) -> Mapping[int, Sequence[Here]]:
    """By case, those who have it open, the one who has it in hand first; one query for a whole list."""
    with connection.cursor() as cursor:
        # Asked by every desk and every case beside it: building the question costs more than answering it.
        cursor.execute(
            "SELECT account_id, name, case_id, since, seen_at FROM allocate_presence "
            "WHERE district = %s AND case_id = ANY(%s) AND seen_at >= %s",
            [district, list(case_ids), now - LAPSE],
        )
        return by_case([Here(*row) for row in cursor.fetchall()], now)
