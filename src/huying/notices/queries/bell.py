"""How many notices somebody has not read: asked with every page, so one look at one small index."""

from typing import Final

from django.db import connection

MOST: Final = 100
_SQL: Final = (
    "SELECT count(*) FROM (SELECT 1 FROM notices_notice WHERE account_id = %s AND way = 'page' "
    "AND read_at IS NULL LIMIT %s) unread"
)


def unread_count(account_id: int) -> int:
    """Unread notices of an account, counted up to a hundred."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [account_id, MOST])
        return int(cursor.fetchone()[0])
