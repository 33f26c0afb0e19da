"""Who looks at a case now, and whose it is to decide meanwhile."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

# A desk says every BEAT that its case is still open; who has not been heard of for LAPSE has gone.
BEAT: Final = timedelta(seconds=20)
LAPSE: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Here:
    """One person with a case open since then, last heard of at ``seen_at``; times are aware."""

    account_id: int
    name: str
    case_id: int
    since: datetime
    seen_at: datetime


def by_case(all_here: Iterable[Here], now: datetime) -> Mapping[int, Sequence[Here]]:
    """Who is still there, by case; the first of each has it in hand.

    Whoever opened it first has it, until they leave, fall silent for ``LAPSE``, or another takes it over.
    """
    found: dict[int, list[Here]] = {}
    for one in sorted(all_here, key=lambda one: (one.since, one.account_id)):
        if now - one.seen_at <= LAPSE:
            found.setdefault(one.case_id, []).append(one)
    return found
