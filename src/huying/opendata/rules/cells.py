"""Small numbers withheld from a table that is published with its sum."""

from collections.abc import Mapping


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
