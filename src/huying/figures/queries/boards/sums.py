"""The counts of a period, summed from whole months and the days left over; as written SQL, for its many columns."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import connection

from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period

MEASURES: Final = tuple(Measure)
COLUMNS: Final = [measure.value for measure in MEASURES]
_SUMS: Final = ", ".join(f"sum({name})::bigint" for name in COLUMNS)
Counts = Mapping[Measure, int]


def sums(
    district: int, cut: str, scopes: Sequence[str], period: Period, key: str | None = None
) -> list[tuple[str, Counts]]:
    """The sums of each row of a cut within these scopes, or of one."""
    when, days = _when(period)
    own = "" if key is None else " AND key = %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key, {_SUMS} FROM figures_tally WHERE district = %s AND cut = %s AND scope = ANY(%s) "
            f"AND {when}{own} GROUP BY key ORDER BY key",
            [district, cut, list(scopes), *days, *([] if key is None else [key])],
        )
        return [(found, counts_of(row)) for found, *row in cursor.fetchall()]


def every_sum(district: int, period: Period) -> Iterator[tuple[str, str, str, Counts]]:
    """The sums of every row of every cut in every scope: (cut, scope, key, counts)."""
    when, days = _when(period)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT cut, scope, key, {_SUMS} FROM figures_tally WHERE district = %s AND {when} "
            "GROUP BY cut, scope, key ORDER BY cut, scope, key",
            [district, *days],
        )
        for cut, scope, key, *row in cursor.fetchall():
            yield cut, scope, key, counts_of(row)


def scopes_counted(district: int, cut: str, digits: int) -> list[str]:
    """Every scope of so many digits in which a cut was ever counted: also streets that are no more.

    Walked by the index from one to the next, so that it costs as many steps as there are streets.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE found(scope) AS ("
            "(SELECT scope FROM figures_tally WHERE district = %s AND cut = %s ORDER BY scope LIMIT 1) UNION ALL "
            "SELECT (SELECT t.scope FROM figures_tally t WHERE t.district = %s AND t.cut = %s AND t.scope > found.scope "
            "ORDER BY t.scope LIMIT 1) FROM found WHERE found.scope IS NOT NULL) "
            "SELECT scope FROM found WHERE length(scope) = %s",
            [district, cut, district, cut, digits],
        )
        return [scope for (scope,) in cursor.fetchall()]


def counted_since(district: int) -> date | None:
    """The first day of the first month in which anything was counted; None before that."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(start) FROM figures_tally WHERE district = %s AND cut = 'all' AND scope = %s AND span = 'm'",
            [district, str(district)],
        )
        found: date | None = cursor.fetchone()[0]
        return found


def counts_of(numbers: Sequence[int]) -> Counts:
    """The counts of a row of all columns; what was never counted is left out."""
    return {measure: number for measure, number in zip(MEASURES, numbers, strict=True) if number}


def _when(period: Period) -> tuple[str, list[Any]]:
    months, stretches = period.parts()
    parts = [
        "(span = 'm' AND start = ANY(%s))",
        *("(span = 'd' AND start BETWEEN %s AND %s)" for _ in stretches),
    ]
    return f"({' OR '.join(parts)})", [months, *(day for stretch in stretches for day in stretch)]
