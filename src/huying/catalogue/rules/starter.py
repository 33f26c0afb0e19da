"""The starter list that comes with the platform: 32 大类, read from the CSV files beside this package.

A file is one 大类. A line without a code is a further condition of the item above it. Many values of one
cell are parted by spaces. ``standard`` ends in the outside code: ``GB/T 30428.2-2013 0101``.
"""

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from huying.catalogue.rules.kinds import Evidence, ItemType, Level
from huying.catalogue.rules.limits import DEFAULTS
from huying.catalogue.rules.lines import ConditionLine, Content, ItemLine
from huying.worktime.units import Limit

_FOLDER: Final = files("huying.catalogue") / "starter"

Row = dict[str, str | None]


def _rows(name: str) -> list[Row]:
    return list(csv.DictReader((_FOLDER / name).read_text(encoding="utf-8").splitlines()))


@cache
def starter() -> Content:
    """The starter list with the platform's default limits by kind of appeal."""
    items: list[ItemLine] = []
    for row in _rows("classes.csv"):
        items += _items(row["name"] or "", _rows(f"{row['code']}.csv"))
    return Content(items=tuple(sorted(items, key=lambda line: line.code)), kinds=DEFAULTS)


def _items(class_name: str, rows: list[Row]) -> Iterator[ItemLine]:
    starts = [at for at, row in enumerate(rows) if row["code"]]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        head = rows[start]
        conditions = tuple(_condition(n, row) for n, row in enumerate(rows[start:end], 1))
        standard, _, standard_code = (head["standard"] or "").rpartition(" ")
        yield ItemLine(
            code=head["code"] or "",
            class_name=class_name,
            group_name=head["group"] or "",
            name=head["name"] or "",
            type=ItemType(head["type"] or ""),
            duty=conditions[0].lead,
            keywords=tuple((head["keywords"] or "").split()),
            standard=standard,
            standard_code=standard_code,
            conditions=conditions,
        )


def _condition(number: int, row: Row) -> ConditionLine:
    danger, visibility, disorder = (int(mark) for mark in row["priority"] or "000")
    return ConditionLine(
        number=number,
        text=row["condition"] or "",
        cues=tuple((row["cues"] or "").split()),
        lead=row["lead"] or "",
        assisting=tuple((row["assist"] or "").split()),
        sign=_limit(row["sign"]),
        contact=_limit(row["contact"]),
        handle=_limit(row["handle"]),
        closing_standard=row["closing"] or "",
        evidence=tuple(Evidence(code) for code in (row["evidence"] or "").split()),
        level=Level(row["level"] or ""),
        danger=danger,
        visibility=visibility,
        disorder=disorder,
    )


def _limit(text: str | None) -> Limit | None:
    return Limit.parse(text) if text else None
