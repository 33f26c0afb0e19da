"""Small numbers withheld from a table that is published with its sum."""

from collections.abc import Hashable, Iterable, Mapping, Set
from datetime import date
from typing import TypeVar

Cell = TypeVar("Cell", bound=Hashable)


def is_few(count: int, k: int) -> bool:
    """Whether so many, more than none, are too few to be named."""
    return 0 < count < k


def withheld(cells: Mapping[Cell, int], k: int, already: Iterable[Cell] = ()) -> set[Cell]:
    """Which cells are not published: those from 1 to k-1, those that are withheld ``already``, and so many of the
    smallest others that what is withheld adds up to at least k in at least two cells. All where that cannot be had.
    """
    found = {name for name, count in cells.items() if 0 < count < k} | {
        name for name in already if cells[name]
    }
    others = sorted(
        ((name, count) for name, count in cells.items() if count and name not in found), key=_size
    )
    while found and (len(found) < 2 or sum(cells[name] for name in found) < k):
        if not others:
            return {name for name, count in cells.items() if count}
        found.add(others.pop(0)[0])
    return found


def _size(cell: tuple[Cell, int]) -> tuple[int, str]:
    return cell[1], str(cell[0])


def withheld_days(
    days: Mapping[date, Mapping[str, int]], k: int
) -> tuple[set[date], Mapping[date, set[str]]]:
    """Of a month by day and street: the days whose sum is not published, and each day's streets that are not.

    What is withheld cannot be had along a day, whose sum is published, nor along the days of one street or of all, whose
    sum the month's closed cases tell. A day whose sum is withheld tells no street either.
    """
    sums = {day: sum(streets.values()) for day, streets in days.items()}
    streets = {street for told in days.values() for street in told}
    silent, found = set[date](), {day: set[str]() for day in days}
    before = None
    # Each round withholds more or ends it.
    while before != (before := (len(silent), sum(map(len, found.values())))):
        for day, told in days.items():
            found[day] = set(withheld(told, sums[day] + 1 if day in silent else k, found[day]))
        # Where one street had all of a day's cases, the sum tells it.
        lonely = {day for day in days.keys() - silent if len(found[day]) == 1}
        silent = withheld(sums, k, silent | lonely)
        for street in streets:
            column = {day: told.get(street, 0) for day, told in days.items()}
            for day in withheld(column, k, [day for day in days if street in found[day]]):
                found[day].add(street)
    return silent, found


def withheld_parts(cells: Mapping[str, tuple[int, int]], wholes: Set[str], k: int) -> set[str]:
    """Which cells do not say how they fall into two parts: those with a part from 1 to k-1, those whose whole is
    withheld (``wholes``), and so many of the smallest others that neither part of what is withheld is a small number.
    All of them where that cannot be had.
    """
    found = {
        name for name, parts in cells.items() if name in wholes or any(is_few(part, k) for part in parts)
    }
    others = sorted((sum(parts), name) for name, parts in cells.items() if sum(parts) and name not in found)
    while found and (len(found) < 2 or any(is_few(part, k) for part in _sums(cells, found))):
        if not others:
            return {name for name, parts in cells.items() if sum(parts)}
        found.add(others.pop(0)[1])
    return found


def _sums(cells: Mapping[str, tuple[int, int]], names: Set[str]) -> tuple[int, int]:
    return sum(cells[name][0] for name in names), sum(cells[name][1] for name in names)
