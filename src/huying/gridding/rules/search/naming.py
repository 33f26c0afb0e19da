"""Which new grid goes on under which of today's codes: so that as few homes as possible change theirs."""

from collections.abc import Sequence

import numpy as np

from huying.gridding.rules.search.patch import Patch
from huying.gridding.rules.search.starting import groups


def codes_of(patch: Patch, label: Sequence[int]) -> dict[int, str]:
    """Today's code for each label, "" for a grid that is new. No code is given twice."""
    held = groups(label)
    if not patch.codes:
        return dict.fromkeys(held, "")
    stay = np.zeros((len(held), len(patch.codes)))
    for row, own in enumerate(held.values()):
        for block in own:
            for grid, homes in patch.held[block].items():
                stay[row, grid] += homes
            if patch.lies[block] >= 0:
                # Where nobody lives the ground decides.
                stay[row, patch.lies[block]] += 1e-9 * patch.areas[block]
    # A third of a second to load: only for whoever draws a plan, not for every page.
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(stay, maximize=True)
    given = {int(r): patch.codes[int(c)] for r, c in zip(rows, columns, strict=True) if stay[r, c] > 0}
    return {grid: given.get(row, "") for row, grid in enumerate(held)}
