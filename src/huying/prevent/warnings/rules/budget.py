"""How the promised false warnings are spent on the scales that are looked at together.

Many thousand units are looked at each day, most of them so small that hardly anything is ever expected there. Were all
weighed alike, the many small ones would deafen the few that matter: so units are sorted by reach and by how many cases a
week they expect, each sort gets its part of the budget, and within a sort all its units share that part (weighted
Bonferroni; Genovese, Roeder and Wasserman 2006). What a surprise is worth is -ln(probability) less ln(units / part).
"""

from typing import Final

import numpy as np

from huying.prevent.warnings.rules.space import Floats, Ints

#: Cases a week at which one sort ends and the next begins.
SORTS: Final = (0.5, 2.0, 8.0, 32.0)
#: By reach (street, community, grid, around) and sort. Sum 1.
PARTS: Final = np.array(
    [
        [0.01, 0.02, 0.04, 0.02, 0.01],
        [0.02, 0.14, 0.50, 0.05, 0.01],
        [0.02, 0.04, 0.03, 0.01, 0.00],
        [0.02, 0.03, 0.02, 0.01, 0.00],
    ]
)
_NEVER: Final = 1e-4


class Budget:
    """How many units each sort has, as last counted."""

    def __init__(self) -> None:
        self._units = np.ones(PARTS.shape)

    def count(self, weekly: Floats, reach: Ints) -> None:
        """Count the units anew: ``weekly`` expected cases a week (items, areas), ``reach`` of the areas."""
        for number in range(len(PARTS)):
            sorts = np.digitize(weekly[:, reach == number].ravel(), SORTS)
            self._units[number] = np.maximum(np.bincount(sorts, minlength=len(SORTS) + 1), 10.0)

    def price(self, reach: Ints, weekly: Floats) -> Floats:
        """What is taken off the surprise of units of these reaches that expect so many cases a week."""
        sorts = np.digitize(weekly, SORTS)
        found: Floats = np.log(self._units[reach, sorts] / np.maximum(PARTS[reach, sorts], _NEVER))
        return found
