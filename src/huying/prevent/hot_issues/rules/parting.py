"""Work cut into parts so that what hangs together is done together: plain Python."""

from collections.abc import Collection, Sequence


def parts(groups: Sequence[tuple[int, Collection[int]]], most: int) -> list[list[int]]:
    """The groups (how large, which issues their cases were in) by their places, in parts of about ``most`` cases.

    Two groups of one issue are in one part, and so are those that they in turn share an issue with: such a part may be
    larger. Every group is in one part.
    """
    leader = list(range(len(groups)))
    first: dict[int, int] = {}
    for at, (_, issues) in enumerate(groups):
        for issue in issues:
            leader[_head(leader, at)] = _head(leader, first.setdefault(issue, at))
    bound: dict[int, list[int]] = {}
    for at in range(len(groups)):
        bound.setdefault(_head(leader, at), []).append(at)
    found: list[list[int]] = []
    size = most
    for together in bound.values():
        large = sum(groups[at][0] for at in together)
        if size + large > most:
            found.append([])
            size = 0
        found[-1] += together
        size += large
    return found


def _head(leader: list[int], at: int) -> int:
    while leader[at] != at:
        leader[at] = leader[leader[at]]
        at = leader[at]
    return at
