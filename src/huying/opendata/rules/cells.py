"""Small numbers withheld from a table that is published with its sum."""

from collections.abc import Mapping, Set


def is_few(count: int, k: int) -> bool:
    """Whether so many, more than none, are too few to be named."""
    return 0 < count < k


def withheld(cells: Mapping[str, int], k: int) -> set[str]:
    """Which cells are not published: those from 1 to k-1, and so many of the smallest others that what is withheld
    adds up to at least k in at least two cells. All of them where that cannot be had.
    """
    found = {name for name, count in cells.items() if 0 < count < k}
    others = sorted((count, name) for name, count in cells.items() if count >= k)
    while found and (len(found) < 2 or sum(cells[name] for name in found) < k):
        if not others:
            return {name for name, count in cells.items() if count}
        found.add(others.pop(0)[1])
    return found


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
