"""Where the search begins: today's grids as far as they hold together, or the region halved again and again."""

from collections import defaultdict
from collections.abc import Sequence
from random import Random
from typing import Final

from huying.gridding.rules.search.patch import Patch
from huying.gridding.rules.search.trees import below, loads, tree

_TRIES: Final = 12
NONE: Final = -1


def halved(rng: Random, patch: Patch, grids: int) -> list[int]:
    """A label 0 … ``grids`` - 1 for every block, each grid connected, work as even as a few tries allow.

    Where there are fewer blocks than grids, every block is one.
    """
    label = [0] * len(patch.work)
    waiting = [(list(range(len(patch.work))), min(grids, len(patch.work)), 0)]
    while waiting:
        own, count, first = waiting.pop()
        if count == 1:
            for block in own:
                label[block] = first
            continue
        left = count // 2
        part = cut_off(rng, patch, own, left / count, left, count - left)
        left = min(left, len(part))
        waiting.append((sorted(part), left, first))
        waiting.append(([block for block in own if block not in part], count - left, first + left))
    return label


def cut_off(rng: Random, patch: Patch, own: Sequence[int], share: float, least: int, rest: int) -> set[int]:
    """Connected blocks with about this share of the work, ``least`` or more of them; the others stay connected too.

    ``rest``: how many are to stay at least. Where no tree allows that, one leaf falls off.
    """
    best: tuple[float, set[int]] | None = None
    for _try in range(_TRIES):
        order, parent = tree(rng, patch, own)
        found = _best_cut(patch, order, parent, share, (least, rest))
        if found is not None and (best is None or found[0] < best[0]):
            part = below(order, parent, found[1])
            best = found[0], part if found[2] else set(own) - part
    if best is None:
        return {tree(rng, patch, own)[0][-1]}
    return best[1]


def _best_cut(
    patch: Patch, order: Sequence[int], parent: dict[int, int], share: float, fewest: tuple[int, int]
) -> tuple[float, int, bool] | None:
    """How far a tree's best cut is off the share, the block it is made above, and whether what hangs is the part."""
    held, size = loads(order, parent, patch.work), loads(order, parent, [1.0] * len(patch.work))
    total, count = held[order[0]] or 1.0, len(order)
    best: tuple[float, int, bool] | None = None
    for block in order[1:]:
        for hangs in (True, False):
            part = held[block] / total if hangs else 1 - held[block] / total
            blocks = size[block] if hangs else count - size[block]
            off = abs(part - share)
            if blocks >= fewest[0] and count - blocks >= fewest[1] and (best is None or off < best[0]):
                best = off, block, hangs
    return best


def of_today(rng: Random, patch: Patch, grids: int) -> list[int]:
    """Today's grids as labels (places in ``patch.codes``), mended to hold together and to be so many."""
    label = [_most(patch, block) for block in range(len(patch.work))]
    _keep_largest(patch, label)
    _fill(patch, label)
    if NONE in label:
        return halved(rng, patch, grids)
    _fewer(patch, label, grids)
    _more(rng, patch, label, min(grids, len(label)))
    return label


def _most(patch: Patch, block: int) -> int:
    held = patch.held[block]
    return max(held, key=lambda grid: (held[grid], -grid)) if held else patch.lies[block]


def parts(patch: Patch, label: Sequence[int], own: Sequence[int]) -> list[list[int]]:
    """The connected parts of blocks of one label."""
    left, found = set(own), []
    while left:
        start = min(left)
        left.remove(start)
        part = [start]
        for block in part:
            for other, _metres, _bare in patch.near[block]:
                if other in left:
                    left.remove(other)
                    part.append(other)
        found.append(part)
    return found


def groups(label: Sequence[int]) -> dict[int, list[int]]:
    """The blocks of each label."""
    found: dict[int, list[int]] = defaultdict(list)
    for block, grid in enumerate(label):
        found[grid].append(block)
    return dict(sorted(found.items()))


def _keep_largest(patch: Patch, label: list[int]) -> None:
    for grid, own in groups(label).items():
        if grid == NONE:
            continue
        pieces = parts(patch, label, own)
        largest = max(
            pieces, key=lambda part: (sum(patch.work[b] for b in part), sum(patch.areas[b] for b in part))
        )
        for part in pieces:
            if part is not largest:
                for block in part:
                    label[block] = NONE


def _fill(patch: Patch, label: list[int]) -> None:
    """Blocks of no grid go to the neighbour they share most border with, from the grids outward."""
    left = {block for block, grid in enumerate(label) if grid == NONE}
    while left:
        found = [(block, _beside(patch, label, block)) for block in sorted(left)]
        given = [(block, grid) for block, grid in found if grid != NONE]
        if not given:
            return
        for block, grid in given:
            label[block] = grid
            left.remove(block)


def _beside(patch: Patch, label: Sequence[int], block: int) -> int:
    metres: dict[int, float] = defaultdict(float)
    for other, length, _bare in patch.near[block]:
        if label[other] != NONE:
            metres[label[other]] += length + 1e-9
    return max(metres, key=lambda grid: (metres[grid], -grid)) if metres else NONE


def _fewer(patch: Patch, label: list[int], grids: int) -> None:
    """The grid with least work goes to its neighbour with least, until there are no more than wanted."""
    held = groups(label)
    while len(held) > grids:
        work = {grid: sum(patch.work[block] for block in own) for grid, own in held.items()}
        least = min(work, key=lambda grid: (work[grid], grid))
        beside = {label[other] for block in held[least] for other, _m, _b in patch.near[block]} - {least}
        goal = min(beside, key=lambda grid: (work[grid], grid))
        for block in held.pop(least):
            label[block] = goal
            held[goal].append(block)


def _more(rng: Random, patch: Patch, label: list[int], grids: int) -> None:
    """The grid with most work is halved, until there are as many as wanted. New labels follow those of today."""
    held = groups(label)
    new = len(patch.codes)
    while len(held) < grids:
        able = [grid for grid, own in held.items() if len(own) > 1]
        most = max(able, key=lambda grid: (sum(patch.work[b] for b in held[grid]), -grid))
        part = cut_off(rng, patch, held[most], 0.5, 1, 1)
        for block in part:
            label[block] = new
        held[new] = sorted(part)
        held[most] = [block for block in held[most] if block not in part]
        new += 1
