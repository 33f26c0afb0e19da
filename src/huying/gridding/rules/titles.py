"""What a plan's grids are called, and to which community each belongs."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
import shapely

from huying.geo.index import OutlineIndex
from huying.gridding.rules.given import Ground, Ints, Outlined
from huying.gridding.rules.solving import Drawn

_NUMBER = re.compile(r"第?(\d+)网格$")


def parents(ground: Ground, communities: Sequence[Outlined], grids: Sequence[Drawn], site: Ints) -> list[str]:
    """The community of each grid: its region, that of the code it goes on under, else where most of its homes lie.

    "" where no community is drawn there.
    """
    index = OutlineIndex([one.outline for one in communities])
    lies = index.containing(ground.sites.lons, ground.sites.lats)
    middles = shapely.get_coordinates(
        shapely.point_on_surface(np.array([one.outline for one in grids], dtype=object))
    )
    middle = index.containing(*middles.T)
    found = []
    for place, grid in enumerate(grids):
        if len(grid.region) == 12 or grid.code:
            found.append(grid.region if len(grid.region) == 12 else grid.code[:12])
            continue
        homes: Counter[int] = Counter()
        for where, count in zip(
            lies[site == place].tolist(), ground.sites.homes[site == place].tolist(), strict=True
        ):
            homes[where] += int(count) + 1
        homes.pop(-1, None)
        best = homes.most_common(1)[0][0] if homes else int(middle[place])
        found.append(communities[best].code if best >= 0 else "")
    return found


def titles(
    today: Sequence[Outlined], communities: Sequence[Outlined], grids: Sequence[Drawn], owners: Sequence[str]
) -> list[str]:
    """A name for each grid: today's where it goes on, else its community's with the lowest number that is free there."""
    names = {grid.code: grid.name for grid in today}
    called = {one.code: one.name for one in communities}
    used: dict[str, set[int]] = {}
    for grid in today:
        number = _NUMBER.search(grid.name)
        if number:
            used.setdefault(grid.code[:12], set()).add(int(number[1]))
    found = []
    for drawn, owner in zip(grids, owners, strict=True):
        if drawn.code:
            found.append(names[drawn.code])
            continue
        taken = used.setdefault(owner, set())
        free = next(n for n in range(1, len(taken) + 2) if n not in taken)
        taken.add(free)
        found.append(f"{called.get(owner, '')}第{free:02d}网格")
    return found
