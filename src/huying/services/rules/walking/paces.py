"""How long a way takes, and how far one comes.

GB 50180-2018 sets fifteen minutes on foot equal to 800 to 1,000 metres; we take its upper end, 1,000 metres in fifteen
minutes (4 km/h). Where no roads are known a straight line counts for 1.3 times its length.
"""

from math import ceil
from typing import Final

#: Metres in a minute.
PACE: Final = 1000.0 / 15.0
#: How much longer streets are than a straight line.
DETOUR: Final = 1.3


def minutes_for(metres: float) -> int:
    """Whole minutes on foot, at least one."""
    return max(1, ceil(metres / PACE - 1e-9))


def reach_of(minutes: float) -> float:
    """How many metres one comes in so many minutes."""
    return minutes * PACE


def straight_as_walked(metres: float) -> float:
    """The way on foot that a straight line stands for where no roads are known."""
    return metres * DETOUR
