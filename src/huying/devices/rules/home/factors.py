"""Which factors of devices tell of somebody who lives there, and what each value of them says."""

from collections.abc import Callable, Mapping
from typing import Final

from huying.devices.rules.home.events import Sign

# A count of nought is said by a detector that is well and saw nobody.
_SAYS: Final[Mapping[str, Callable[[float], Sign]]] = {
    "motion": lambda value: Sign.MOTION if value > 0 else Sign.ALIVE,
    "door": lambda value: Sign.DOOR if value > 0 else Sign.ALIVE,
    "bed": lambda value: Sign.DOWN if value > 0 else Sign.UP,
    "seat": lambda value: Sign.DOWN if value > 0 else Sign.UP,
    "use": lambda value: Sign.USE if value > 0 else Sign.ALIVE,
}
FACTORS: Final = tuple(_SAYS)
#: Those of which each reading above nought was done by a person; a bed or a seat tells also by nought.
BOTH_WAYS: Final = ("bed", "seat")


def sign_of(factor: str, value: float) -> Sign:
    """What a reading of one of ``FACTORS`` tells."""
    return _SAYS[factor](value)
