"""When it is told that a published figure changed: never so that the change itself is a few cases."""

from collections.abc import Mapping
from typing import Final

FIGURES: Final = ("received", "closed", "closed_in_time")

Totals = Mapping[str, int]


def corrections(told: Totals, counted: Totals, k: int) -> dict[str, int]:
    """Figure → by how many it changed since it was told last, for those that changed by at least k.

    In time is told only where what was not in time stayed as it was or changed by k as well, for whoever knows both
    sees the rest.
    """
    changes = {name: counted[name] - told[name] for name in FIGURES}
    rest = changes["closed"] - changes["closed_in_time"]
    return {
        name: change
        for name, change in changes.items()
        if abs(change) >= k and (name != "closed_in_time" or rest == 0 or abs(rest) >= k)
    }
