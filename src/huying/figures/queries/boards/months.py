"""The counts of several months side by side, for every area of a scope: what a normal month is measured by."""

from collections.abc import Mapping
from datetime import date

from django.db import connection

from huying.access.actor import Actor
from huying.figures.queries.boards.sums import COLUMNS, counts_of
from huying.figures.rules.measures import Measure
from huying.loop.supervise.queries.scopes import scope_for
from huying.loop.supervise.rules.cuts import Cut

Months = Mapping[str, Mapping[date, Mapping[Measure, int]]]


def months_by_area_for(actor: Actor, last: date, count: int, area: str = "") -> Months:
    """By area of the next smaller kind: the counts of ``count`` months up to that of ``last``, by their first day.

    A month in which nothing was counted is left out. One query. Raises Denied, NotFound.
    """
    scope = scope_for(actor, area)
    until, months = last.replace(day=1), last.year * 12 + last.month - count
    since = date(months // 12, months % 12 + 1, 1)
    found: dict[str, dict[date, Mapping[Measure, int]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key, start, {', '.join(COLUMNS)} FROM figures_tally WHERE district = %s AND cut = %s "
            "AND scope = %s AND span = 'm' AND start BETWEEN %s AND %s ORDER BY key, start",
            [scope.district, Cut.AREA.value, scope.area, since, until],
        )
        for key, start, *numbers in cursor.fetchall():
            found.setdefault(key, {})[start] = counts_of(numbers)
    return found
