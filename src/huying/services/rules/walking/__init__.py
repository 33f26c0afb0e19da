"""Ways on foot: a network out of drawn roads, points placed beside it, and how far from one to the others."""

from huying.services.rules.walking.network import REACH, Network, Snapped, Town
from huying.services.rules.walking.paces import DETOUR, minutes_for, reach_of, straight_as_walked
from huying.services.rules.walking.ways import Ways, read_roads, ways_of

__all__ = [
    "DETOUR",
    "REACH",
    "Network",
    "Snapped",
    "Town",
    "Ways",
    "minutes_for",
    "reach_of",
    "read_roads",
    "straight_as_walked",
    "ways_of",
]
