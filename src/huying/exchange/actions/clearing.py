"""Letters that nobody needs any more."""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection

# Long enough to look up what a city said last quarter; the case itself says the rest.
_KEPT: Final = timedelta(days=180)
_MOST: Final = 5000


def clear_old(now: datetime) -> None:
    """Empty letters settled half a year ago, a few thousand at a time; their rows stay, so that none comes twice."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE exchange_incoming SET content_sealed = NULL, mended_sealed = NULL WHERE (district, id) IN ("
            "SELECT district, id FROM exchange_incoming WHERE content_sealed IS NOT NULL AND received_at < %s "
            "AND state IN ('taken', 'dropped') LIMIT %s)",
            [now - _KEPT, _MOST],
        )
