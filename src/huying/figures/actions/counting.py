"""Counting new entries into days, months and the rows behind them, in a few statements for a batch."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from huying.cases.ledger import Link
from huying.figures.actions.crediting import credit
from huying.figures.actions.scoring import rescore
from huying.figures.actions.writing import Counted, insert
from huying.figures.rules.counting import Fact, facts_of
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import local_day
from huying.loop.supervise.actions import Followed, keep
from huying.loop.supervise.actions.adding import add_up
from huying.loop.supervise.rules.cuts import Cell, Cut, Place, cells
from huying.places.queries import district as district_row

_KEYS: Final = {
    "district": "integer", "cut": "text", "scope": "text", "span": "text", "start": "date", "key": "text",
}  # fmt: skip
_BEHIND: Final = {
    "measure": "text", "day": "date", "area": "text", "body_id": "bigint", "item": "text", "case_id": "bigint",
    "seq": "integer", "times": "smallint", "minutes": "integer",
}  # fmt: skip
_STREET_DIGITS: Final = 9
_GRID_DIGITS: Final = 15


Key = tuple[int, str, str, str, date, str]
Rows = dict[Key, dict[str, int]]


def count_entries(district: int, entries: Sequence[Link]) -> None:
    """Take new entries into gauges and figures. Must run exactly once for each entry, as a reaction does."""
    zone = ZoneInfo(district_row(district).zone)
    trail = keep(district, entries)
    told = [(each, facts_of(each.link, each.before)) for each in trail]
    counted = [_counted(each, fact, zone) for each, facts in told for fact in facts]
    rows = tally_rows(district, counted)
    for (account, day, measure), number in credit(district, told, zone).items():
        add_post(rows, district, account, day, {measure: number})
    _open_rows(district, counted)
    for one in rescore(district, trail, zone):
        join(rows, tally_rows(district, [one]))
    write_tally(rows)


def write_tally(rows: Mapping[Key, Mapping[str, int]]) -> None:
    """Add these numbers to what was counted."""
    add_up("figures_tally", _KEYS, rows)


def _counted(each: Followed, fact: Fact, zone: ZoneInfo) -> Counted:
    link = each.link
    area = str(link.facts["case"]["area"] or "")[:_GRID_DIGITS]
    return Counted(
        str(fact.measure), local_day(fact.at, zone), fact.place, area, fact.amount, link.case_id, link.seq
    )


def tally_rows(district: int, counted: Iterable[Counted]) -> Rows:
    """The counts of every cell, by day and by month; keyed as the table is."""
    by_place: dict[tuple[Place, str, date], dict[str, int]] = {}
    for each in counted:
        numbers = by_place.setdefault((each.where, each.area, each.day), {})
        numbers[each.measure] = numbers.get(each.measure, 0) + each.amount
    by_day: dict[tuple[Cell, date], dict[str, int]] = {}
    for (where, area, day), numbers in by_place.items():
        for cell in cells(where):
            _join(by_day.setdefault((cell, day), {}), numbers)
        if len(area) == _GRID_DIGITS:
            _join(by_day.setdefault((Cell(Cut.GRID.value, area[:_STREET_DIGITS], area), day), {}), numbers)
    rows: Rows = {}
    for ((cut, scope, key), day), numbers in by_day.items():
        _add(rows, (district, cut, scope, "d", day, key), numbers)
    return rows


def add_post(rows: Rows, district: int, account: int, day: date, numbers: Mapping[str, int]) -> None:
    """Add what was credited to a person on a day."""
    _add(rows, (district, Cut.POST.value, str(district), "d", day, str(account)), numbers)


def join(rows: Rows, more: Mapping[Key, Mapping[str, int]]) -> None:
    """Add numbers of the same cells together."""
    for key, numbers in more.items():
        _join(rows.setdefault(key, {}), numbers)


def _add(rows: Rows, day: Key, numbers: Mapping[str, int]) -> None:
    """To a day and to its month."""
    district, cut, scope, _, start, key = day
    _join(rows.setdefault(day, {}), numbers)
    _join(rows.setdefault((district, cut, scope, "m", start.replace(day=1), key), {}), numbers)


def _join(row: dict[str, int], more: Mapping[str, int]) -> None:
    for measure, number in more.items():
        row[measure] = row.get(measure, 0) + number


def _open_rows(district: int, counted: Sequence[Counted]) -> None:
    # Once each, with how often: an entry may say the same of two limits of one body.
    times: dict[tuple[str, date, str, int, str, int, int], int] = {}
    minutes: dict[tuple[int, int], int] = {}
    for one in counted:
        if one.measure == Measure.CLOSE_MINUTES:
            minutes[one.case_id, one.seq] = one.amount
            continue
        key = (one.measure, one.day, one.area, one.where.body, one.where.item, one.case_id, one.seq)
        times[key] = times.get(key, 0) + one.amount
    insert("figures_factcase", district, _BEHIND, [
        (*key, number, minutes.get(key[-2:]) if key[0] == Measure.CLOSED else None)
        for key, number in sorted(times.items())
    ])  # fmt: skip
