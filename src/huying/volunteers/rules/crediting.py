"""What time counts: the time of the service itself, within its bounds, whatever the way there took."""

from datetime import datetime, timedelta
from typing import Final

#: One may check in so long before it begins, and out so long after it ends.
EARLY: Final = timedelta(minutes=60)
LATE: Final = timedelta(minutes=120)


def credited(came: datetime | None, went: datetime | None, starts_at: datetime, ends_at: datetime) -> int:
    """Whole minutes of service: from the arrival, not before the beginning, until they went, not after the end.

    Who came and did not check out is credited until the end; who never came, nothing.
    """
    if came is None:
        return 0
    since, until = max(came, starts_at), min(went or ends_at, ends_at)
    return max(0, int((until - since).total_seconds()) // 60)


def may_check_in(now: datetime, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether one may check in at this moment by oneself."""
    return starts_at - EARLY <= now < ends_at


def may_check_out(now: datetime, ends_at: datetime) -> bool:
    """Whether one may check out at this moment by oneself."""
    return now <= ends_at + LATE


def hours(minutes: int) -> str:
    """Minutes as hours with one decimal, as they stand on an attestation: half of a tenth goes up."""
    tenths = (minutes * 10 + 30) // 60
    return f"{tenths // 10}.{tenths % 10}"
