"""An outbreak: some more cases of one kind in one community within a few days."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from huying.simulate.quiet.calls import START, Call, drawn, written
from huying.simulate.quiet.town import Town


def bases(calls: Sequence[Call], first: int, last: int) -> dict[tuple[str, str], float]:
    """Cases a week of each item group in each community between two days (ordinals), both counted in."""
    counts = Counter((call.item[:4], call.area[:12]) for call in calls if first <= call.day <= last)
    return {pair: count * 7 / (last - first + 1) for pair, count in counts.items()}


def outbreak(
    rng: np.random.Generator,
    town: Town,
    group: str,
    community: str,
    day: int,
    cases: int,
    days: int = 3,
    one_item: bool = False,
) -> list[Call]:
    """``cases`` more of an item group in a community within ``days`` from ``day`` (ordinal) on, the first on that day.

    Their items are as the group's usually are (``one_item``: all of one), their places as its grids' sizes are.
    """  # fmt: skip
    likely = town.likely * np.array([code.startswith(group) for code in town.leaves])
    leaves = drawn(rng, likely, 1).repeat(cases) if one_item else drawn(rng, likely, cases)
    grids = drawn(rng, town.size * np.array([code.startswith(community) for code in town.grids]), cases)
    when = np.sort(np.concatenate([[0], rng.integers(0, days, cases - 1)])) + day - START.toordinal()
    return written(rng, town, when.astype(np.int64), leaves, grids, ["hotline"] * cases, first=10_000_000)
