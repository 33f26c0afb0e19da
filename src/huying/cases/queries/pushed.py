"""Entries and their cases for those who tell outside systems: codes and times, no words and no person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from huying.access.actor import Actor
from huying.cases.ledger import Link
from huying.cases.models import Case
from huying.cases.policy import visible_to
from huying.cases.queries.horizon import Told

_CASES: Final = """
SELECT c.id, c.kind, c.item, c.area, c.channel, c.level, c.urgency, c.body_id, c.opened_at, c.closed_at, c.due_at,
    ARRAY(SELECT o.body_id FROM cases_order o WHERE o.district = c.district AND o.case_id = c.id
          AND o.state <> 'recalled')
FROM cases_case c WHERE c.district = %s AND c.id = ANY(%s)
"""
_NAMES: Final = (
    "district", "case_id", "seq", "verb", "outcome", "at", "actor_kind", "account_id", "key_id", "body_id",
    "order_id", "appeal_id", "before", "after",
)  # fmt: skip
_AFTER: Final = f"""
SELECT position, {", ".join(_NAMES)} FROM cases_entry
WHERE district = %s AND (position, case_id, seq) > (%s, %s, %s) AND position < %s AND at >= %s
ORDER BY position, case_id, seq LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class PushedCase:
    """One case as it stands now. ``bodies``: all that hold an order on it. Times are aware."""

    case_id: int
    kind: str
    item: str
    area: str
    channel: str
    level: str
    urgency: int
    body_id: int | None
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    bodies: frozenset[int]


def pushed_cases(district: int, ids: Collection[int]) -> Mapping[int, PushedCase]:
    """The cases by number; one query."""
    rows = _rows(_CASES, district, sorted(set(ids))) if ids else []
    return {row[0]: _case(*row) for row in rows}


def _case(*row: Any) -> PushedCase:
    told: dict[str, Any] = dict(zip(PushedCase.__slots__, row, strict=True))
    return PushedCase(**{**told, "bodies": frozenset(told["bodies"])})


def readable(actor: Actor, ids: Collection[int]) -> set[int]:
    """Which of these cases the actor may read; one query."""
    found = Case.objects.filter(visible_to(actor), district=actor.district, id__in=list(ids))
    return set(found.values_list("id", flat=True))


def positions(district: int, entries: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], int]:
    """(case, number) → where the entry stands in the ledger; one query."""
    if not entries:
        return {}
    rows = _rows(
        "SELECT e.case_id, e.seq, e.position FROM unnest(%s::bigint[], %s::integer[]) AS asked(case_id, seq) "
        "JOIN cases_entry e ON e.district = %s AND e.case_id = asked.case_id AND e.seq = asked.seq",
        [case_id for case_id, _ in entries], [seq for _, seq in entries], district,
    )  # fmt: skip
    return {(case_id, seq): position for case_id, seq, position in rows}


def first_position(district: int, since: datetime, until: int) -> int:
    """The smallest position below ``until`` of what happened since then; ``until`` itself where nothing did."""
    # As a part of its own, so that it is found by time and not by walking all positions.
    rows = _rows(
        "SELECT min(position) FROM (SELECT position FROM cases_entry WHERE district = %s AND at >= %s "
        "AND position < %s OFFSET 0) found",
        district, since, until,
    )  # fmt: skip
    return int(rows[0][0]) if rows[0][0] is not None else until


def entries_after(
    district: int, place: Told, until: int, since: datetime, most: int
) -> list[tuple[int, Link]]:
    """(position, entry) of what stands after a place and below a position and happened since then; without facts."""
    rows = _rows(_AFTER, district, *place, until, since, most)
    return [(position, Link(**dict(zip(_NAMES, row, strict=True)), facts={})) for position, *row in rows]


def _rows(statement: str, *given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(given))
        return list(cursor.fetchall())
