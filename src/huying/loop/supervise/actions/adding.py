"""Adding many numbers to many rows with one statement."""

from collections.abc import Mapping
from typing import Any

import orjson
from django.db import connection


def add_up(table: str, keys: Mapping[str, str], rows: Mapping[tuple[Any, ...], Mapping[str, int]]) -> None:
    """Add to each row its numbers by column; a row that does not exist yet begins at nothing.

    ``keys`` are the key columns with their types, in the order of each row's key. Rows are locked in the order of
    their keys, so that two workers cannot wait for each other.
    """
    if not rows:
        return
    columns = sorted({column for numbers in rows.values() for column in numbers})
    given = [dict(zip(keys, key, strict=True), **rows[key]) for key in sorted(rows)]
    names = ", ".join(f'"{name}"' for name in (*keys, *columns))
    typed = ", ".join(
        [f'"{name}" {kind}' for name, kind in keys.items()] + [f'"{column}" bigint' for column in columns]
    )
    values = ", ".join([f'"{name}"' for name in keys] + [f'coalesce("{column}", 0)' for column in columns])
    changes = ", ".join(f'"{column}" = t."{column}" + excluded."{column}"' for column in columns)
    with connection.cursor() as cursor:
        # One JSON document: an array for each column costs the client many times as much.
        cursor.execute(
            f'INSERT INTO "{table}" AS t ({names}) SELECT {values} FROM json_to_recordset(%s::json) AS given({typed}) '
            f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes}",
            [orjson.dumps(given).decode()],
        )
