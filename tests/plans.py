"""What the database does for a statement: pages and rows do not sway with the machine as times do."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import connection


def pages_read(statement: str, given: Any) -> int:
    """How many pages of the buffer the statement touches when it is run, and it is run."""
    plan = _plan(statement, given)
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


def rows_looked_at(statement: str, given: Any) -> int:
    """How many rows the steps of the statement hand on or put aside when it is run, and it is run."""
    return sum(
        round(step["Actual Loops"] * sum(step.get(name, 0) for name in _ROWS))
        for step in _steps(_plan(statement, given))
    )


_ROWS = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Join Filter")


def _plan(statement: str, given: Any) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", given)
        found = cursor.fetchone()[0]
    plan: dict[str, Any] = (json.loads(found) if isinstance(found, str) else found)[0]["Plan"]
    return plan


def _steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for step in plan.get("Plans", ()):
        yield from _steps(step)
