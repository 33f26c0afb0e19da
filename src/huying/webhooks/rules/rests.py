"""When a delivery is tried again, how long a receiver in trouble is left alone, and when it is given up."""

import random
from datetime import timedelta
from typing import Final

# What one event's refusals cost it alone, as Standard Webhooks proposes: together about three days.
RESTS: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
MOST_TRIES: Final = len(RESTS) + 1
# Without one success for so long, the subscription is stopped and somebody is told.
PATIENCE: Final = timedelta(days=5)
_FIRST: Final = timedelta(seconds=5)
_LONGEST: Final = timedelta(minutes=10)
_ASKED_MOST: Final = timedelta(hours=1)
# Answers that mean "not now", said by the receiver as a whole and not about this event.
_LATER: Final = frozenset({408, 425, 429})


def is_delivered(status: int) -> bool:
    """Whether the receiver took it."""
    return 200 <= status < 300


def is_away(status: int) -> bool:
    """Whether the receiver as a whole is in trouble, so that it is left alone for a while."""
    return status >= 500 or status in _LATER


def rest_after(tries: int, chance: float | None = None) -> timedelta | None:
    """How long one event waits after so many failed tries, up to a fifth longer by chance; None: given up."""
    if not 0 < tries <= len(RESTS):
        return None
    return RESTS[tries - 1] * (1 + 0.2 * (random.random() if chance is None else chance))


def leave_alone(failures: int, asked_seconds: int | None = None, chance: float | None = None) -> timedelta:
    """How long a receiver that failed so often in a row is left alone; as long as it asked for, up to an hour."""
    doublings: int = 2 ** min(failures - 1, 10)
    rest = min(_FIRST * doublings, _LONGEST)
    rest *= 1 + 0.2 * (random.random() if chance is None else chance)
    asked = timedelta(seconds=min(asked_seconds or 0, _ASKED_MOST.total_seconds()))
    return max(rest, asked)


def seconds_asked(retry_after: str) -> int | None:
    """Retry-After in seconds; a date, and what is none, asks for nothing."""
    return (
        int(retry_after) if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 9 else None
    )
