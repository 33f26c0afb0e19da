"""By what a number is broken down, so that a board of any size reads one short stretch of rows."""

from functools import lru_cache
from typing import Final, NamedTuple

from huying.kernel.terms import Term

_SCOPES: Final = (6, 9, 12)


class Cut(Term):
    """What the rows of a board are."""

    ALL = "all", "合计"
    AREA = "area", "区域"
    BODY = "body", "单位"
    ITEM = "item", "事项大类"
    # Counted by figures alone: whole grids of a street, and what is credited to one person in their post.
    GRID = "grid", "网格"
    POST = "post", "岗位"


class Place(NamedTuple):
    """Where a number belongs: area (up to 12 digits), body (0 none), item class (two digits, "" unknown)."""

    area: str
    body: int
    item: str


class Cell(NamedTuple):
    """One row that a number is added to: within ``scope`` (6, 9 or 12 digits), by ``cut``, under ``key``."""

    cut: str
    scope: str
    key: str


def place(area: str, body: int | None, item: str) -> Place:
    """The place of a case by the codes that its entry carries."""
    return Place(area[:12], body or 0, item[:2])


@lru_cache(maxsize=8192)
def cells(where: Place) -> tuple[Cell, ...]:
    """Every row that something at this place is counted in; each scope has its total and its three cuts.

    A matter known only by its street counts in the district's row of that street, and within the street under "".
    """
    found: list[Cell] = []
    for digits in _SCOPES:
        scope = where.area[:digits]
        if len(scope) < digits:
            break
        found += (
            Cell(Cut.ALL.value, scope, ""),
            Cell(Cut.BODY.value, scope, str(where.body)),
            Cell(Cut.ITEM.value, scope, where.item),
        )
        if digits < _SCOPES[-1]:
            child = where.area[: digits + 3]
            found.append(Cell(Cut.AREA.value, scope, child if len(child) == digits + 3 else ""))
    return tuple(found)
