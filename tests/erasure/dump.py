"""What stands in the whole database, looked through for a few characters that stand nowhere else."""

import re

from django.db import connection

#: Rare characters: wherever one of them stands, something of a caller's words is left. No two of them are a word.
TOKEN = "龘靐齉爩"


def left_in(*needles: str) -> dict[str, int]:
    """Table → rows in which one of ``needles`` stands, any character of the token included."""
    pattern = "|".join([f"[{TOKEN}]", *map(re.escape, needles)])
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text ~ %s', [pattern])
            (rows,) = cursor.fetchone()
            if rows:
                found[table] = rows
    return found
