"""What the database reads for a statement: pages do not sway with the machine as times do."""

import json
from typing import Any

from django.db import connection


def pages_read(statement: str, given: Any) -> int:
    """How many pages of the buffer the statement touches when it is run, and it is run."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", given)
        found = cursor.fetchone()[0]
    plan = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])
