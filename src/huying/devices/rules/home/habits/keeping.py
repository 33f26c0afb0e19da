"""Habits as they are kept, and as they are found again."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from huying.devices.rules.home.events import Where
from huying.devices.rules.home.habits.bar import Bar
from huying.devices.rules.home.habits.learning import UNKNOWN, Habits


def kept(habits: Habits) -> dict[str, Any]:
    """What JSON can hold: ``rates`` as place, lying, out and two rows of 24; ``bars`` as lying and the bar's numbers."""
    return {
        "days": habits.days,
        "rates": [
            [where.place, where.down, where.out, np.asarray(table, dtype=float).round(6).tolist()]
            for where, table in habits.rates.items()
        ],
        "bars": [[lies, bar.mark, bar.slope, bar.often, bar.days] for lies, bar in habits.bars.items()],
    }


def found_again(told: Mapping[str, Any]) -> Habits:
    """The habits that were kept; unknown ones for nothing."""
    if not told:
        return UNKNOWN
    return Habits(
        {Where(place, down, out): np.array(table) for place, down, out, table in told["rates"]},
        {bool(lies): Bar(mark, slope, often, days) for lies, mark, slope, often, days in told["bars"]},
        int(told["days"]),
    )
