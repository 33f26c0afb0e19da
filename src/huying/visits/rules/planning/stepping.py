"""On which days somebody is visited, so that never more than their days lie between two visits.

The latest day that is in time is taken: the weekday they like, else a day on which people work, else that day itself:
who is to be seen every week is seen in a holiday too.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from huying.visits.rules.planning.given import Client, Month

_DAY: Final = timedelta(days=1)
#: Whoever is late already is visited within so many working days.
_CATCH_UP: Final = 3


def latest(client: Client, month: Month, after: date, due: date) -> date:
    """The best day after ``after`` and not after ``due``; ``due`` itself where nobody works in between."""
    days = [due - timedelta(days=n) for n in range((due - after).days)]
    working = [day for day in days if month.working(day)]
    liked = [day for day in working if day.weekday() in client.weekdays]
    return (liked or working or [due])[0]


def firsts(client: Client, month: Month) -> Sequence[date]:
    """The days on which the first visit of the month may be; none where the next one is due only later."""
    if client.due < month.first:
        return _catching_up(client, month)
    before = max(client.last, month.first - _DAY)
    if latest(client, month, before, client.due) > month.last:
        return []
    # Not before half of their days are over, unless they like no later day: two visits in a week and none for a
    # month are no help.
    half = client.last + timedelta(days=max(1, client.every // 2))
    until = min(client.due, month.last)
    early = [before + timedelta(days=n) for n in range(1, (until - before).days + 1)]
    working = [day for day in early if month.working(day)]
    liked = [day for day in working if day.weekday() in client.weekdays]
    late = [day for day in liked if day >= half]
    return late or liked or [day for day in working if day >= half] or [latest(client, month, before, until)]


def course(client: Client, month: Month, first: date) -> list[tuple[date, date]]:
    """The visits of the month from the first one on: day, and the last day on which it is in time."""
    found = [(first, client.due)]
    while True:
        day = found[-1][0]
        due = day + timedelta(days=client.every)
        following = latest(client, month, day, due)
        if following > month.last:
            return found
        found.append((following, due))


def _catching_up(client: Client, month: Month) -> Sequence[date]:
    days = [day for day in month.days() if month.working(day)][:_CATCH_UP]
    liked = [day for day in days if day.weekday() in client.weekdays]
    return liked or days or [month.first]
