"""Random trees over blocks: cut anywhere, a tree falls in two parts that each hold together."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from huying.gridding.rules.search.patch import Patch

#: How much sooner blocks are tied where no road parts them, so that cuts fall on roads.
_TIE: Final = 3.0


def tree(rng: Random, patch: Patch, own: Sequence[int]) -> tuple[list[int], dict[int, int]]:
    """A random tree of connected blocks: the blocks from the root on, and the one above each but the root."""
    inside = set(own)
    near: dict[int, list[int]] = {block: [] for block in own}
    above = {block: block for block in own}
    left = len(own) - 1
    for _weight, one, other in sorted(_weighed(rng, patch, inside)):
        first, second = _root(above, one), _root(above, other)
        if first != second:
            above[first] = second
            near[one].append(other)
            near[other].append(one)
            left -= 1
            if not left:
                break
    return _hung(near, own[0])


def _weighed(rng: Random, patch: Patch, inside: set[int]) -> Iterator[tuple[float, int, int]]:
    draw = rng.random
    for one in inside:
        for other, metres, bare in patch.near[one]:
            if other > one and other in inside:
                yield draw() * (1.0 if 2 * bare > metres else _TIE), one, other


def _root(above: dict[int, int], one: int) -> int:
    while above[one] != one:
        above[one] = above[above[one]]
        one = above[one]
    return one


def _hung(near: dict[int, list[int]], root: int) -> tuple[list[int], dict[int, int]]:
    order, parent = [root], {}
    seen = {root}
    for block in order:
        for other in near[block]:
            if other not in seen:
                seen.add(other)
                parent[other] = block
                order.append(other)
    return order, parent


def loads(order: Sequence[int], parent: dict[int, int], work: Sequence[float]) -> dict[int, float]:
    """The work of each block with all that hangs below it."""
    held = {block: work[block] for block in order}
    for block in reversed(order[1:]):
        held[parent[block]] += held[block]
    return held


def below(order: Sequence[int], parent: dict[int, int], top: int) -> set[int]:
    """A block with all that hangs below it."""
    found = {top}
    for block in order:
        if block != top and parent.get(block) in found:
            found.add(block)
    return found
