"""What the worker does for recurrences."""

from datetime import datetime

from huying.cases.queries.settings.calendars import calendar_of
from huying.kernel.nights import due_tonight
from huying.prevent.recurring.actions import find, join
from huying.prevent.recurring.queries import searched_at


def find_anew(district: int, now: datetime) -> None:
    """Once a night, by whichever worker comes first, and by the words of the district as they were counted last."""
    if due_tonight(searched_at(district), now, calendar_of(district).zone):
        find(district, now)


def count_known(district: int, now: datetime) -> None:
    """Every hour: what came in since the night is counted with the recurrence it belongs to."""
    join(district, now)
