"""The reaction by which issues follow the ledger, and the nightly grouping."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from huying.cases.actions import Thinking
from huying.cases.ledger import Link
from huying.cases.lifecycle import Verb
from huying.cases.queries.settings.calendars import calendar_of
from huying.kernel.nights import due_tonight
from huying.prevent.hot_issues.actions import consolidate
from huying.prevent.hot_issues.actions.hearing import Considered, consider, take_in
from huying.prevent.hot_issues.queries.lexicons import grouped_at


def _consider(district: int, entries: Sequence[Link], now: datetime) -> list[Considered]:
    fresh = sorted({entry.case_id for entry in entries if entry.verb == Verb.RECEIVE})
    # Before the first grouping no word is known to be commoner than another; it takes in whatever is there.
    return consider(district, fresh, now) if fresh and grouped_at(district) is not None else []


def _take_in(district: int, considered: list[Considered], now: datetime) -> None:
    if considered:
        take_in(district, considered)


# Looking for what is like one case takes some 10 ms where many speak of much the same.
listen: Final = Thinking(_consider, _take_in, batch=20)
"""Take in the cases that are new; the same entries given twice change nothing."""


def group_anew(district: int, now: datetime) -> None:
    """Once a night, by whichever worker comes first."""
    if due_tonight(grouped_at(district), now, calendar_of(district).zone):
        consolidate(district, now)
