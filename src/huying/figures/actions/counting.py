"""Counting new entries into days, months and the rows behind them, in three statements for a batch."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import orjson
from django.db import connection

from huying.cases.ledger import Link
from huying.figures.rules.counting import facts_of
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import local_day
from huying.loop.supervise.actions import keep
from huying.loop.supervise.actions.adding import add_up
from huying.loop.supervise.rules.cuts import Cell, Place, cells
from huying.places.queries import district as district_row

_KEYS: Final = {
    "district": "integer", "cut": "text", "scope": "text", "span": "text", "start": "date", "key": "text",
}  # fmt: skip
_BEHIND: Final = {
    "measure": "text", "day": "date", "area": "text", "body_id": "bigint", "item": "text", "case_id": "bigint",
    "seq": "integer",
}  # fmt: skip


class Counted(NamedTuple):
    """A fact on its day, and the entry that told it."""

    measure: str
    day: date
    where: Place
    amount: int
    case_id: int
    seq: int


_Key = tuple[int, str, str, str, date, str]


def count_entries(district: int, entries: Sequence[Link]) -> None:
    """Take new entries into gauges and figures. Must run exactly once for each entry, as a reaction does."""
    zone = ZoneInfo(district_row(district).zone)
    counted = [
        Counted(str(measure), local_day(at, zone), where, amount, link.case_id, link.seq)
        for link, before, _ in keep(district, entries)
        for measure, at, where, amount in facts_of(link, before)
    ]
    add_up("figures_tally", _KEYS, tally_rows(district, counted))
    _open_rows(district, counted)


def tally_rows(district: int, counted: Iterable[Counted]) -> dict[_Key, dict[str, int]]:
    """The counts of every cell, by day and by month; keyed as the table is."""
    by_place: dict[tuple[Place, date], dict[str, int]] = {}
    for each in counted:
        numbers = by_place.setdefault((each.where, each.day), {})
        numbers[each.measure] = numbers.get(each.measure, 0) + each.amount
    by_day: dict[tuple[Cell, date], dict[str, int]] = {}
    for (where, day), numbers in by_place.items():
        for cell in cells(where):
            _join(by_day.setdefault((cell, day), {}), numbers)
    rows: dict[_Key, dict[str, int]] = {}
    for ((cut, scope, key), day), numbers in by_day.items():
        rows[district, cut, scope, "d", day, key] = numbers
        _join(rows.setdefault((district, cut, scope, "m", day.replace(day=1), key), {}), numbers)
    return rows


def _join(row: dict[str, int], more: Mapping[str, int]) -> None:
    for measure, number in more.items():
        row[measure] = row.get(measure, 0) + number


def _open_rows(district: int, counted: Sequence[Counted]) -> None:
    # Once each: an entry may say the same of two limits of one body.
    rows = sorted({
        (measure, day, *where, case_id, seq)
        for measure, day, where, _, case_id, seq in counted
        if measure != Measure.CLOSE_MINUTES
    })  # fmt: skip
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO figures_factcase (district, {', '.join(_BEHIND)}) SELECT %s, * "
            f"FROM json_to_recordset(%s::json) AS given({', '.join(f'{n} {k}' for n, k in _BEHIND.items())})",
            [district, orjson.dumps([dict(zip(_BEHIND, row, strict=True)) for row in rows]).decode()],
        )
