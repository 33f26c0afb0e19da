"""When a letter is tried again, and when a system is left alone for a while."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from random import Random
from typing import Final

TRIES_MOST: Final = 12
_FIRST: Final = timedelta(seconds=5)
_LONGEST: Final = timedelta(hours=1)
# So many failures in a row and the system is left alone: one letter at a time asks whether it is back.
OPEN_AFTER: Final = 3
_REST: Final = timedelta(seconds=10)
_REST_LONGEST: Final = timedelta(minutes=5)
_PATIENCE: Final = timedelta(hours=6)


def rest_after(tries: int, chance: Random) -> timedelta | None:
    """How long to wait after so many tries, half to whole of a doubling time; None: it is given up."""
    if tries >= TRIES_MOST:
        return None
    whole = min(_FIRST * (1 << min(tries - 1, 20)), _LONGEST)
    return whole * (0.5 + chance.random() / 2)


def leave_alone(failures: int, asked: timedelta | None = None) -> timedelta | None:
    """For how long a system that failed so often in a row is not called; ``asked`` is what it said itself."""
    own = (
        min(_REST * (1 << min(failures - OPEN_AFTER, 10)), _REST_LONGEST) if failures >= OPEN_AFTER else None
    )
    if asked is None:
        return own
    return max(asked, own) if own else asked


def retry_after(text: str, now: datetime) -> timedelta | None:
    """What ``Retry-After`` asks for (RFC 9110: seconds or a date), bounded by six hours; None where it says nothing."""
    text = text.strip()
    if text.isascii() and text.isdecimal():
        return min(timedelta(seconds=min(int(text), 86400)), _PATIENCE)
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    if at.tzinfo is None:
        return None
    return min(max(at - now, timedelta(0)), _PATIENCE)
