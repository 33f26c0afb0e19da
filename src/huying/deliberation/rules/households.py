"""The list of households that may vote, as a station types or pastes it: one a line, square metres behind."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from huying.kernel.errors import Invalid
from huying.kernel.saying import said

MOST: Final = 20_000
_LONGEST: Final = 60
_PARTS: Final = re.compile(r"[\t,，;；]")
_LARGEST: Final = Decimal(100_000)


@dataclass(frozen=True, slots=True)
class HouseholdLine:
    """``name`` is building, unit and room; ``area`` in square metres, 0 where the decision does not ask for it."""

    name: str
    area: Decimal


def read_households(text: str, *, by_area: bool) -> Sequence[HouseholdLine]:
    """The households of a list. Raises Invalid, naming the line, for what cannot be read or stands there twice."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    return _gathered(((number, *_split(line)) for number, line in lines), by_area=by_area)


def given_households(rows: Sequence[tuple[str, Decimal]], *, by_area: bool) -> Sequence[HouseholdLine]:
    """The same for names and square metres that come apart already, as from another system. Raises Invalid."""
    lines = ((number, name, str(area)) for number, (name, area) in enumerate(rows, 1))
    return _gathered(lines, by_area=by_area)


def _gathered(rows: Iterable[tuple[int, str, str]], *, by_area: bool) -> Sequence[HouseholdLine]:
    found: dict[str, HouseholdLine] = {}
    for number, name, area in rows:
        one = _read(name.strip(), area.strip(), number, by_area=by_area)
        if one.name in found:
            _wrong(said("第 %(n)d 行：%(name)s重复了。", n=number, name=one.name))
        found[one.name] = one
        if len(found) > MOST:
            _wrong(said("一次最多 %(n)d 户。", n=MOST))
    if not found:
        _wrong("请写上有表决权的户，一行一户。")
    return list(found.values())


def _read(name: str, rest: str, number: int, *, by_area: bool) -> HouseholdLine:
    if not name or len(name) > _LONGEST:
        _wrong(said("第 %(n)d 行：户名要有，最多 %(most)d 字。", n=number, most=_LONGEST))
    try:
        area = Decimal(rest) if rest else Decimal(0)
    except InvalidOperation:
        area = Decimal(-1)
    if not area.is_finite() or not 0 <= area <= _LARGEST or (by_area and not area):
        _wrong(said("第 %(n)d 行：面积要写成平方米数，如 “3栋2单元501,89.5”。", n=number))
    return HouseholdLine(name, area.quantize(Decimal("0.01")))


def _split(line: str) -> tuple[str, str]:
    parts = _PARTS.split(line, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def _wrong(told: str) -> None:
    raise Invalid(told, fields={"households": told})
