"""The files of a month. Everything but the names comes from what was decided in ``ladder`` and ``cells``."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import orjson

from huying.kernel.cells import safe
from huying.opendata.rules.cells import is_few, withheld_days, withheld_parts
from huying.opendata.rules.ladder import Published

CASES, DAYS, AREAS = "cases.csv", "days.csv", "areas.geojson"
TYPES: Final = {
    CASES: "text/csv; charset=utf-8",
    DAYS: "text/csv; charset=utf-8",
    AREAS: "application/geo+json",
}
COLUMNS: Final[Mapping[str, Sequence[tuple[str, str, str]]]] = {
    CASES: (
        ("month", "string", "结案的月份"), ("area", "string", "街道或社区的代码，空为不细分"),
        ("area_name", "string", "街道或社区"), ("matter", "string", "事项的代码，或它所在中类的名称；空为不细分"),
        ("matter_name", "string", "事项或中类的名称"), ("channel", "string", "来源渠道，空为不细分"),
        ("days", "string", "从受理到结案的天数段，空为不细分"),
        ("outcome", "string", "怎样结案：handled 单位办结，answered 直接答复，空为不细分"),
        ("cases", "integer", "这样的案件有几件，不少于 k"),
        ("licence", "string", "许可"),
    ),
    DAYS: (
        ("day", "date", "日期"), ("area", "string", "街道的代码，全区的为区划代码"), ("area_name", "string", "街道"),
        ("received", "integer", "受理几件；空为不公布"), ("closed", "integer", "结案几件；空为不公布"),
        ("closed_in_time", "integer", "结案的里面每个处置时限都没有超的几件；空为不公布"), ("licence", "string", "许可"),
    ),
    AREAS: (
        ("area", "string", "街道或社区的代码"), ("name", "string", "名称"),
        ("cases", "integer", "cases.csv 里属于这里的案件数之和"),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """One file: its name, content and number of rows."""

    name: str
    content: bytes
    rows: int


@dataclass(frozen=True, slots=True)
class Named:
    """The words behind codes, and where an area's middle is."""

    area: Callable[[str], str]
    matter: Callable[[str], str]
    channel: Callable[[str], str]
    middle: Callable[[str], tuple[float, float] | None]


def cases_file(month: date, found: Published, named: Named, licence: str) -> Written:
    """The lines of a month."""
    rows = [
        [f"{month:%Y-%m}", line.area, named.area(line.area), line.matter, named.matter(line.matter),
         named.channel(line.channel), line.took, line.outcome, count, licence]
        for line, count in found.lines
    ]  # fmt: skip
    return _sheet(CASES, rows)


def days_file(
    district: str,
    counts: Mapping[date, Mapping[str, tuple[int, int, int]]],
    k: int,
    named: Named,
    licence: str,
) -> Written:
    """Each day by street and in all; ``counts``: day → street → (received, closed, of these in time)."""
    hidden = [_hidden(counts, n, k) for n in (0, 1)]
    rows = [
        row for day in sorted(counts) for row in _day(day, district, counts[day], hidden, k, named, licence)
    ]
    return _sheet(DAYS, rows)


def areas_file(found: Published, named: Named) -> Written:
    """Streets and communities as their middles, with the sums of the published lines: nothing that those do not say."""
    sums: dict[str, int] = {}
    for line, count in found.lines:
        for digits in (9, 12):
            if len(line.area) >= digits:
                sums[line.area[:digits]] = sums.get(line.area[:digits], 0) + count
    features = [_feature(area, count, named) for area, count in sorted(sums.items()) if named.middle(area)]
    return Written(AREAS, orjson.dumps({"type": "FeatureCollection", "features": features}), len(features))


_Hidden = tuple[set[date], Mapping[date, set[str]]]


def _hidden(counts: Mapping[date, Mapping[str, tuple[int, int, int]]], n: int, k: int) -> _Hidden:
    return withheld_days(
        {day: {street: told[n] for street, told in streets.items()} for day, streets in counts.items()}, k
    )


def _day(
    day: date,
    district: str,
    streets: Mapping[str, tuple[int, int, int]],
    kept: Sequence[_Hidden],
    k: int,
    named: Named,
    licence: str,
) -> list[list[Any]]:
    hidden = [found[day] for _silent, found in kept]
    parts = {street: (in_time, closed - in_time) for street, (_received, closed, in_time) in streets.items()}
    hidden.append(withheld_parts(parts, hidden[1], k))
    sums = [sum(told[n] for told in streets.values()) for n in (0, 1, 2)]
    silent = [day in days for days, _found in kept]
    silent.append(silent[1] or is_few(sums[2], k) or is_few(sums[1] - sums[2], k))
    whole = ["" if few else count for count, few in zip(sums, silent, strict=True)]
    rows: list[list[Any]] = [[day.isoformat(), district, named.area(district), *whole, licence]]
    for street in sorted(one for one in streets if one):
        shown = ["" if street in hidden[n] else streets[street][n] for n in (0, 1, 2)]
        rows.append([day.isoformat(), street, named.area(street), *shown, licence])
    return rows


def _feature(area: str, count: int, named: Named) -> dict[str, Any]:
    return {
        "type": "Feature", "geometry": {"type": "Point", "coordinates": named.middle(area)},
        "properties": {"area": area, "name": named.area(area), "cases": count},
    }  # fmt: skip


def _sheet(name: str, rows: Sequence[Sequence[Any]]) -> Written:
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\r\n")
    out.writerow([column for column, _kind, _zh in COLUMNS[name]])
    out.writerows([[safe(cell) for cell in row] for row in rows])
    # With the mark at its beginning a spreadsheet reads Chinese rightly.
    return Written(name, "\ufeff".encode() + text.getvalue().encode(), len(rows))
