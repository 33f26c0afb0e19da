"""How often one address may send without a key."""

import time
from collections.abc import Callable
from typing import Final

from huying.kernel.addresses import household

PER_MINUTE: Final = 30
_MOST_KNOWN: Final = 20_000


class Brake:
    """A bucket for each address that holds ``burst`` and refills evenly within a minute; kept in the process."""

    def __init__(self, burst: int = PER_MINUTE, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst, self._clock = burst, clock
        self._left: dict[str, tuple[float, float]] = {}

    def takes(self, address: str) -> bool:
        """Whether one more is allowed now; it is counted when it is."""
        at, address = self._clock(), household(address)
        left, since = self._left.get(address, (float(self._burst), at))
        left = min(float(self._burst), left + (at - since) * self._burst / 60.0)
        if left < 1.0:
            return False
        # Those not heard of for longest are forgotten first: a crowd of new addresses must not free the busy ones.
        self._left.pop(address, None)
        if len(self._left) >= _MOST_KNOWN:
            self._left.pop(next(iter(self._left)))
        self._left[address] = (left - 1.0, at)
        return True
