"""The reaction by which issues follow the ledger, and the nightly grouping."""

from collections.abc import Sequence
from datetime import datetime

from huying.cases.ledger import Link
from huying.cases.lifecycle import Verb
from huying.cases.queries.settings.calendars import calendar_of
from huying.kernel.nights import due_tonight
from huying.prevent.hot_issues.actions import consolidate, hear
from huying.prevent.hot_issues.queries.lexicons import grouped_at


def listen(district: int, entries: Sequence[Link], now: datetime) -> None:
    """Take in the cases that are new; the same entries given twice change nothing."""
    fresh = sorted({entry.case_id for entry in entries if entry.verb == Verb.RECEIVE})
    if fresh:
        hear(district, fresh, now)


def group_anew(district: int, now: datetime) -> None:
    """Once a night, by whichever worker comes first."""
    if due_tonight(grouped_at(district), now, calendar_of(district).zone):
        consolidate(district, now)
