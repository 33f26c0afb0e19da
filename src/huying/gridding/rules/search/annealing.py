"""The search: blocks change sides, pairs of grids are cut anew; at first also for the worse, at last for the better."""

from collections.abc import Callable
from math import exp
from random import Random
from typing import Final

from huying.gridding.rules.search.division import Division, Prices
from huying.gridding.rules.search.patch import Patch
from huying.gridding.rules.search.starting import halved, of_today
from huying.gridding.rules.search.trees import below, loads, tree

_HOT, _COLD, _CALM = 1.0, 0.004, 0.9
_STEPS_A_BLOCK: Final = 300
_LEAST, _MOST = 4_000, 240_000
#: After so many single moves a pair of grids is cut anew.
_ANEW_EVERY: Final = 60
_MENDS: Final = 80
_RUNS: Final = 4
#: How dear moved homes are from try to try; after these today's grids are no longer begun with.
_EASED: Final = (1.0, 0.5, 0.0)
_TELL: Final = 500


def divided(
    patch: Patch,
    grids: int,
    tolerance: float,
    keep: int,
    rng: Random,
    effort: float,
    told: Callable[[], None],
) -> list[int]:
    """A label for every block of the region: ``grids`` connected grids, or one a block where there are fewer blocks.

    Where the work stays uneven beyond the tolerance it is tried again, each time with homes that move more freely,
    ``_RUNS`` times in all; the most even one holds.
    """
    grids = min(grids, len(patch.work))
    best: tuple[float, list[int]] | None = None
    for run in range(max(1, round(_RUNS * effort))):
        division = Division(
            patch, _start(rng, patch, grids, keep, run), _prices(patch, grids, tolerance, keep, run)
        )
        if grids > 1:
            _anneal(division, rng, effort, told)
            _mend(division, rng, tolerance, effort, told)
        uneven = division.worst()[0] - tolerance
        if best is None or uneven < best[0]:
            best = uneven, list(division.label)
        if uneven <= 0 or grids == 1:
            break
    assert best is not None
    return best[1]


def _start(rng: Random, patch: Patch, grids: int, keep: int, run: int) -> list[int]:
    """Today's grids where they count; when they lead nowhere, at last a fresh one."""
    if keep and patch.codes and run < len(_EASED):
        return of_today(rng, patch, grids)
    return halved(rng, patch, grids)


def _prices(patch: Patch, grids: int, tolerance: float, keep: int, run: int) -> Prices:
    eased = _EASED[run] if run < len(_EASED) else 0.0
    return Prices.of(patch, grids, tolerance, round(keep * eased))


def _anneal(division: Division, rng: Random, effort: float, told: Callable[[], None]) -> None:
    size = len(division.label)
    steps = int(effort * min(_MOST, max(_LEAST, _STEPS_A_BLOCK * size)))
    # Where few homes are to be moved, today's grids are not shaken first.
    heat = _HOT * (1 - _CALM * division.prices.keep / 100)
    fall = (_COLD / heat) ** (1 / max(1, steps))
    for step in range(steps):
        heat *= fall
        if step % _TELL == 0:
            told()
        if step % _ANEW_EVERY == 0:
            _anew(division, rng, heat)
        else:
            _step(division, rng, rng.randrange(size), heat)


def _step(division: Division, rng: Random, block: int, heat: float) -> None:
    label = division.label
    here = label[block]
    beside = [label[other] for other, _metres, _bare in division.patch.near[block] if label[other] != here]
    if not beside:
        return
    goal = rng.choice(beside)
    more = division.gain(block, goal)
    if (more <= 0 or rng.random() < exp(-more / heat)) and division.holds_without(block):
        division.give(block, goal)


def _anew(division: Division, rng: Random, heat: float, grid: int | None = None) -> bool:
    """Cut a grid and a neighbour anew along a random tree; taken when cheaper, or by chance while it is hot."""
    pair = _pair(division, rng, grid)
    if pair is None:
        return False
    one, other = pair
    first, second = division.members[one], division.members[other]
    cut = _cut(division, rng, [*sorted(first), *sorted(second)])
    if cut is None:
        return False
    left, right = _named(division, cut, (first, one), (second, other))
    before = division.cost_of(one) + division.cost_of(other) + division.between(first, second)
    after = (
        division.cost(*division.measured(left))
        + division.cost(*division.measured(right))
        + division.between(left, right)
    )
    moved = division.moved
    if division.prices.moved:
        after += sum(moved(block, one) for block in left) + sum(moved(block, other) for block in right)
        before += sum(moved(block, one) for block in first) + sum(moved(block, other) for block in second)
    more = after - before
    if more > 0 and (heat <= 0 or rng.random() >= exp(-more / heat)):
        return False
    division.put({one: left, other: right})
    return more < 0


def _pair(division: Division, rng: Random, grid: int | None) -> tuple[int, int] | None:
    label, near = division.label, division.patch.near
    own = sorted(division.members[grid]) if grid is not None else range(len(label))
    for _try in range(20):
        block = own[rng.randrange(len(own))]
        beside = [label[other] for other, _metres, _bare in near[block] if label[other] != label[block]]
        if beside:
            return label[block], rng.choice(beside)
    return None


def _cut(division: Division, rng: Random, own: list[int]) -> tuple[set[int], set[int]] | None:
    """The blocks of two grids parted where a random tree parts their work most evenly."""
    order, parent = tree(rng, division.patch, own)
    held = loads(order, parent, division.patch.work)
    total = held[order[0]]
    best, top = None, -1
    for block in order[1:]:
        off = max(abs(held[block] - 1.0), abs(total - held[block] - 1.0))
        if best is None or off < best:
            best, top = off, block
    if top < 0:
        return None
    part = below(order, parent, top)
    return part, set(own) - part


def _named(
    division: Division, cut: tuple[set[int], set[int]], one: tuple[set[int], int], other: tuple[set[int], int]
) -> tuple[set[int], set[int]]:
    """Which part keeps which grid's name: the one by which fewer homes move."""
    homes, held = division.patch.homes, division.patch.held
    left, right = cut

    def stay(part: set[int], grid: tuple[set[int], int]) -> float:
        known = sum(held[block].get(grid[1], 0.0) for block in part)
        return known + 0.01 * sum(homes[block] + 1 for block in part & grid[0])

    straight = stay(left, one) + stay(right, other)
    return (left, right) if straight >= stay(left, other) + stay(right, one) else (right, left)


def _mend(division: Division, rng: Random, tolerance: float, effort: float, told: Callable[[], None]) -> None:
    """Cut the worst grid anew with a neighbour until all are within the tolerance, or it has been tried long enough."""
    for _try in range(int(effort * _MENDS * sum(map(bool, division.members)))):
        uneven, grid = division.worst()
        if uneven <= tolerance:
            return
        told()
        if not _anew(division, rng, 0.0, grid):
            _anew(division, rng, 0.05, None)
