"""How the ledger is cut into stretches of cases that can be checked side by side."""

from itertools import pairwise
from typing import Final

from django.db import connection

from huying.cases.queries.proofs.roots import districts_with_entries
from huying.cases.queries.proofs.verifying import Stretch

CASES: Final = 2000
_LAST: Final = 2**62


def stretches(district: int | None = None, cases: int = CASES) -> list[Stretch]:
    """Stretches of about so many cases that together hold every entry of one district, or of all.

    The last is open at its end, so that entries of a case that is gone are seen too.
    """
    chosen = [district] if district else districts_with_entries()
    found: list[Stretch] = []
    with connection.cursor() as cursor:
        for each in chosen:
            cursor.execute(
                "SELECT id FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM cases_case "
                "WHERE district = %s) t WHERE place %% %s = 0 ORDER BY id",
                [each, cases],
            )
            bounds = [0, *(row[0] for row in cursor.fetchall()), _LAST]
            found += [(each, low, high) for low, high in pairwise(bounds)]
    return found
