"""Looking for garbage less often than Python would.

Almost everything is freed the moment nobody holds it; only what holds itself in a ring has to be looked for. What
these processes keep for good (models, word lists, places: half a million objects) makes a full look take a quarter of a
second in which the process does nothing else, and a worker that follows a busy ledger would look every few seconds.
"""

import gc
from typing import Final

# Young objects after which they are looked through, and how many such looks before older ones are.
_YOUNG: Final = 20_000
_ROUNDS: Final = 20


def look_for_garbage_seldom() -> None:
    """Leave out what is loaded by now, and look through the rest one-thousandth as often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _ROUNDS, _ROUNDS)
