"""Which callers have been heard about the result as it is now, for follow-up and closing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

_SQL: Final = """
SELECT c.id, c.state, c.unhappy, c.reworks, l.appeal_id, coalesce(v.reached, false), coalesce(v.solved, false),
       v.attempts
FROM cases_case c
JOIN cases_caseappeal l ON l.district = c.district AND l.case_id = c.id AND l.until IS NULL
LEFT JOIN cases_order o ON o.district = c.district AND o.case_id = c.id AND o.role = 'lead' AND o.ended_at IS NULL
LEFT JOIN LATERAL (
    SELECT bool_or(r.reached) AS reached, bool_or(r.solved) AS solved, count(*) AS attempts FROM cases_rating r
    WHERE r.district = c.district AND r.case_id = c.id AND r.appeal_id = l.appeal_id
    AND (o.reported_at IS NULL OR r.at >= o.reported_at)
) v ON true
WHERE c.district = %s AND c.id = ANY(%s) ORDER BY c.id, l.appeal_id
"""


@dataclass(frozen=True, slots=True)
class HeardAppeal:
    """One caller of a case: reached since the work was last reported, content with it, tried how often."""

    appeal_id: int
    reached: bool
    solved: bool
    attempts: int


@dataclass(frozen=True, slots=True)
class Heard:
    """One case and its callers; ``unhappy`` counts the verdicts of dissatisfaction in its whole life, ``reworks`` how
    often its work was done again."""

    case_id: int
    state: str
    unhappy: int
    reworks: int
    appeals: Sequence[HeardAppeal]

    @property
    def all_solved(self) -> bool:
        return bool(self.appeals) and all(appeal.solved for appeal in self.appeals)

    @property
    def unheard(self) -> list[int]:
        return [appeal.appeal_id for appeal in self.appeals if not appeal.reached]


def heard(district: int, case_ids: Sequence[int]) -> dict[int, Heard]:
    """The cases by number, in one query; one whose callers have all withdrawn is left out."""
    if not case_ids:
        return {}
    found: dict[int, tuple[str, int, int, list[HeardAppeal]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [district, list(case_ids)])
        for case_id, state, unhappy, reworks, *appeal in cursor.fetchall():
            found.setdefault(case_id, (state, unhappy, reworks, []))[3].append(HeardAppeal(*appeal))
    return {case_id: Heard(case_id, *rest) for case_id, rest in found.items()}


def waiting_since(
    district: int, before: datetime, limit: int = 200, without: Sequence[int] = ()
) -> list[int]:
    """The cases whose follow-up has run since before then, longest first, ``without`` these."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id FROM cases_case c JOIN cases_clock k ON k.district = c.district AND k.case_id = c.id "
            "AND k.kind = 'follow_up' AND k.stopped_at IS NULL WHERE c.district = %s AND c.state = 'checked' "
            "AND c.closed_at IS NULL AND k.starts_at <= %s AND NOT c.id = ANY(%s) ORDER BY k.starts_at LIMIT %s",
            [district, before, list(without), limit],
        )
        return [row[0] for row in cursor.fetchall()]
