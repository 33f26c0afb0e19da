"""What is to be counted, and adding many rows with one statement."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import orjson
from django.db import connection

from huying.loop.supervise.rules.cuts import Place


class Counted(NamedTuple):
    """A fact on its day, and the entry that told it. ``area`` is the case's own, up to the grid."""

    measure: str
    day: date
    where: Place
    area: str
    amount: int
    case_id: int
    seq: int


def insert(
    table: str, district: int, columns: Mapping[str, str], rows: Sequence[Sequence[Any]], end: str = ""
) -> None:
    """Add these rows, each in the order of ``columns`` (name and type); ``end``: what becomes of one already there."""
    if not rows:
        return
    names = ", ".join(columns)
    typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    with connection.cursor() as cursor:
        # One JSON document: an array for each column costs the client many times as much.
        cursor.execute(
            f"INSERT INTO {table} (district, {names}) SELECT %s, * "
            f"FROM json_to_recordset(%s::json) AS given({typed}) {end}",
            [district, orjson.dumps([dict(zip(columns, row, strict=True)) for row in rows]).decode()],
        )
