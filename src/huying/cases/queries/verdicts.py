"""What follow-up plans must know of cases: what speaks for asking about them, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from huying.cases.lifecycle import FollowUpReason

# Who called about something else, or about the same again, within so long before.
_AGAIN: Final = timedelta(days=90)
_WEIGHED: Final = """
SELECT c.id, c.channel, c.item, c.kind, c.level, c.area, c.body_id, c.urgency, c.unhappy, c.reworks,
    EXISTS (SELECT 1 FROM cases_clock k WHERE k.district = c.district AND k.case_id = c.id AND k.kind = 'handle'
        AND k.due_at < coalesce(k.stopped_at, %(now)s)),
    EXISTS (SELECT 1 FROM cases_supervision s WHERE s.district = c.district AND s.case_id = c.id),
    EXISTS (SELECT 1 FROM cases_dispute d WHERE d.district = c.district AND d.case_id = c.id),
    EXISTS (SELECT 1 FROM cases_promise p WHERE p.district = c.district AND p.case_id = c.id AND p.kind = 'promise'),
    EXISTS (SELECT 1 FROM cases_caseappeal l
        JOIN cases_appeal a ON a.district = l.district AND a.id = l.appeal_id
        JOIN cases_appeal b ON b.district = a.district AND b.caller_id = a.caller_id AND b.id <> a.id
            AND b.received_at BETWEEN a.received_at - %(again)s AND a.received_at
        WHERE l.district = c.district AND l.case_id = c.id AND l.until IS NULL),
    ARRAY (SELECT DISTINCT o.body_id FROM cases_order o WHERE o.district = c.district AND o.case_id = c.id
        AND (o.signed_at IS NOT NULL OR o.contacted_at IS NOT NULL OR o.reported_at IS NOT NULL))
FROM cases_case c WHERE c.district = %(district)s AND c.id = ANY(%(ids)s)
"""
_ENDED: Final = """
SELECT e.case_id, e.verb = 'answer' FROM cases_entry e
WHERE e.district = %s AND e.at >= %s AND e.at < %s
AND (e.verb = 'answer' OR e.verb = 'check' AND e.outcome = 'passed') ORDER BY e.case_id LIMIT %s
"""
_VERDICTS: Final = """
SELECT r.case_id, r.seq, r.appeal_id, r.at, r.way, r.reached, r.reason, coalesce(r.solved, false), r.satisfaction,
    coalesce(r.responded,
        NOT EXISTS (SELECT 1 FROM cases_order o WHERE o.district = r.district AND o.case_id = r.case_id)
        OR EXISTS (SELECT 1 FROM cases_order o WHERE o.district = r.district AND o.case_id = r.case_id
            AND o.contacted_at <= r.at))
FROM cases_rating r WHERE r.district = %s AND r.case_id = ANY(%s) ORDER BY r.case_id, r.seq
"""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One case as a plan weighs it. ``urgency`` 0 to 3; ``worked``: the bodies that had a part in the work."""

    case_id: int
    channel: str
    item: str
    kind: str
    level: str
    area: str
    body_id: int | None
    urgency: int
    unhappy: int
    reworks: int
    overdue: bool
    supervised: bool
    disputed: bool
    promised: bool
    repeated: bool
    worked: Sequence[int]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one attempt to hear one caller. ``contacted``: the caller says so, or where nobody asked, a
    body had reached one before or no body had a part."""

    case_id: int
    seq: int
    appeal_id: int
    at: datetime
    way: str
    reached: bool
    reason: str
    solved: bool
    satisfaction: str
    contacted: bool

    @property
    def final(self) -> bool:
        """Whether asking the same way again is of no use."""
        return self.reason in set(FollowUpReason) and FollowUpReason(self.reason).final


def weighed(district: int, case_ids: Sequence[int], now: datetime) -> Mapping[int, Weighed]:
    """The cases by number, in one query."""
    if not case_ids:
        return {}
    given: dict[str, Any] = {"district": district, "ids": list(case_ids), "now": now, "again": _AGAIN}
    with connection.cursor() as cursor:
        cursor.execute(_WEIGHED, given)
        return {row[0]: Weighed(*row) for row in cursor.fetchall()}


def verdicts(district: int, case_ids: Sequence[int]) -> Mapping[int, Sequence[Verdict]]:
    """Every attempt on these cases, oldest first, in one query."""
    found: dict[int, list[Verdict]] = {}
    if case_ids:
        with connection.cursor() as cursor:
            cursor.execute(_VERDICTS, [district, list(case_ids)])
            for row in cursor.fetchall():
                found.setdefault(row[0], []).append(Verdict(*row))
    return found


def ended_between(district: int, since: datetime, until: datetime, most: int) -> Sequence[tuple[int, bool]]:
    """The cases whose work passed its check or that were answered at once in this time: (case, answered at once)."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDED, [district, since, until, most])
        return [(case_id, answered) for case_id, answered in cursor.fetchall()]
