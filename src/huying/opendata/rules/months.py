"""Months that are over."""

from datetime import date, timedelta
from typing import Final

# So many days after its end a month is published: by then what was entered late is in.
SETTLING: Final = timedelta(days=3)
# So far back the first publication reaches.
MOST_BACK: Final = 24


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def after(month: date) -> date:
    """The first day of the next month."""
    return month_of(month + timedelta(days=31))


def before(month: date) -> date:
    """The first day of the month before."""
    return month_of(month - timedelta(days=1))


def months_over(today: date) -> list[date]:
    """The months that may be published on a local day, the latest first."""
    month = before(month_of(today - SETTLING))
    found = [month]
    while len(found) < MOST_BACK:
        found.append(before(found[-1]))
    return found
