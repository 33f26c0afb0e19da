"""When something happened, told by a phone whose clock may be wrong and that was without a signal for hours."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

#: A phone's clock that is less wrong than this is believed as it is: the way of a message takes seconds itself.
TRUSTED: Final = timedelta(minutes=2)
#: How long a report may wait on a phone.
OLDEST: Final = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class OwnTime:
    """The moment it happened, and by how many seconds the phone's clock was set right for it; 0 where it was right."""

    at: datetime
    off: int


def own_time(said: datetime, sent: datetime, now: datetime) -> OwnTime:
    """``said`` by the phone's clock, which showed ``sent`` when the message left it and arrived at ``now``.

    A clock that is wrong is set right by as much; nothing happened after it was told.
    """
    wrong = now - sent
    off = timedelta() if abs(wrong) <= TRUSTED else wrong
    return OwnTime(min(said + off, now), round(off.total_seconds()))


def too_old(at: datetime, now: datetime) -> bool:
    """Whether it happened too long ago to be taken in."""
    return now - at > OLDEST
