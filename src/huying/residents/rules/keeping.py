"""For how long somebody's data may be kept: while a ground for it holds, and a short time after the last one ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from huying.residents.rules.kinds import LegalBasis, Purpose

#: After the last ground ended: time to see that it ended by mistake, or to note another one.
GRACE: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Held:
    """One ground: since when, until when at most, and when it was withdrawn."""

    purpose: Purpose
    basis: LegalBasis
    since: datetime
    until: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def ends(self) -> datetime | None:
        """When it holds no more; None while nothing ends it."""
        found = [one for one in (self.until, self.withdrawn_at) if one is not None]
        return min(found) if found else None

    def holds(self, now: datetime) -> bool:
        """Whether it holds at a moment."""
        return self.since <= now and (self.ends is None or now < self.ends)


def purposes(grounds: Iterable[Held], now: datetime) -> frozenset[Purpose]:
    """For what a person's data may be used now."""
    return frozenset(one.purpose for one in grounds if one.holds(now))


def erase_at(grounds: Iterable[Held]) -> datetime | None:
    """When everything kept of the person has to go; None while a ground has no end. Without any ground: at once."""
    ends = [one.ends for one in grounds]
    if any(end is None for end in ends):
        return None
    known = [end for end in ends if end is not None]
    return max(known) + GRACE if known else datetime.min.replace(tzinfo=UTC)
