"""1+2+N: one grid leader, two grid workers, and as many others of the neighbourhood as there are.

The rule is that of Hefei Baohe's 大共治 (一名网格长、两名网格员及小区多方自治力量), which most cities follow.
"""

from collections.abc import Mapping
from typing import Final

from huying.teams.rules.kinds import Part

#: How many a whole team has of each part at least.
WHOLE: Final[Mapping[Part, int]] = {Part.LEADER: 1, Part.WORKER: 2, Part.FORCE: 1}


def lacking(counts: Mapping[Part, int]) -> dict[Part, int]:
    """How many of each part a team still lacks; empty when it is whole."""
    short = {part: least - counts.get(part, 0) for part, least in WHOLE.items()}
    return {part: number for part, number in short.items() if number > 0}
