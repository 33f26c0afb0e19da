"""What those must know of cases who tell people about them: plain facts, a few queries whatever their number."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

_CASES: Final = """
SELECT c.id, c.title, c.area, c.urgency, c.body_id, c.due_at FROM cases_case c
WHERE c.district = %s AND c.id = ANY(%s)
"""
# A caller who was reached about the result, or judged it, has heard how it ended.
_CALLERS: Final = """
SELECT l.case_id, a.id, a.receipt, a.caller_id, a.channel, l.since > c.opened_at, a.text, EXISTS (
    SELECT 1 FROM cases_rating r
    WHERE r.district = l.district AND r.case_id = l.case_id AND r.appeal_id = l.appeal_id AND r.reached
)
FROM cases_caseappeal l
JOIN cases_case c ON c.district = l.district AND c.id = l.case_id
JOIN cases_appeal a ON a.district = l.district AND a.id = l.appeal_id
WHERE l.district = %s AND l.case_id = ANY(%s) AND l.until IS NULL AND a.caller_id IS NOT NULL
ORDER BY l.case_id, a.id
"""
_WORDS: Final = """
SELECT case_id, seq, text FROM cases_statement
WHERE district = %s AND name = %s AND public AND case_id = ANY(%s)
"""
_RULED: Final = """
SELECT case_id, seq, text FROM cases_statement
WHERE district = %s AND name = 'ruling' AND case_id = ANY(%s)
"""
_ASKED: Final = """
SELECT case_id, body_id, coalesce(decided_at, recommended_at) FROM cases_delay
WHERE district = %s AND case_id = ANY(%s) AND recommended_at IS NOT NULL ORDER BY id
"""
_DEMANDED: Final = """
SELECT case_id, replied_seq, issued_by FROM cases_supervision
WHERE district = %s AND case_id = ANY(%s) AND replied_seq IS NOT NULL AND issued_by IS NOT NULL
"""


_SAID: Final = """
SELECT l.case_id, a.id, a.text, c.area, c.title FROM cases_caseappeal l
JOIN cases_case c ON c.district = l.district AND c.id = l.case_id
JOIN cases_appeal a ON a.district = l.district AND a.id = l.appeal_id
WHERE l.district = %s AND a.id = ANY(%s) AND l.until IS NULL ORDER BY l.case_id, a.id
"""


@dataclass(frozen=True, slots=True)
class ToldAppeal:
    """What was said in one appeal, and which case answers it where."""

    case_id: int
    appeal_id: int
    text: str
    area: str
    title: str


@dataclass(frozen=True, slots=True)
class ToldCase:
    """One case: what it is about, where, how urgent (0–3), who leads, what is due next."""

    case_id: int
    title: str
    area: str
    urgency: int
    body_id: int | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class CasePlace:
    """Where a case lies, and what it is about. Positions are CGCS2000 degrees."""

    title: str
    area: str
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class ToldCaller:
    """One appeal on a case whose caller is known. ``joined``: they came later, the title is another caller's."""

    appeal_id: int
    receipt: str
    caller_id: int
    channel: str
    joined: bool
    text: str
    heard: bool


def told_cases(district: int, ids: Collection[int]) -> Mapping[int, ToldCase]:
    """The cases by number; unknown numbers are left out."""
    return {row[0]: ToldCase(*row) for row in _rows(_CASES, district, list(ids))} if ids else {}


def place_of(district: int, case_id: int) -> CasePlace | None:
    """Where one case lies; None for a number that was never given."""
    rows = _rows(
        "SELECT title, area, lon, lat FROM cases_case WHERE district = %s AND id = %s", district, case_id
    )
    return next((CasePlace(*row) for row in rows), None)


def told_callers(district: int, ids: Collection[int]) -> Mapping[int, Sequence[ToldCaller]]:
    """The known callers whom each case answers now."""
    found: dict[int, list[ToldCaller]] = {}
    for case_id, *caller in _rows(_CALLERS, district, list(ids)) if ids else ():
        found.setdefault(case_id, []).append(ToldCaller(*caller))
    return found


def told_appeals(district: int, appeals: Collection[int]) -> list[ToldAppeal]:
    """These appeals with the cases that answer them now."""
    return [ToldAppeal(*row) for row in _rows(_SAID, district, list(appeals))] if appeals else []


def told_words(district: int, name: str, ids: Collection[int]) -> Mapping[tuple[int, int], str]:
    """(case, entry) → the public words of this name."""
    rows = _rows(_WORDS, district, name, list(ids)) if ids else ()
    return {(case_id, seq): text for case_id, seq, text in rows}


def ruling_words(district: int, ids: Collection[int]) -> Mapping[tuple[int, int], str]:
    """(case, entry) → what was ruled there, in the officer's words."""
    rows = _rows(_RULED, district, list(ids)) if ids else ()
    return {(case_id, seq): text for case_id, seq, text in rows}


def asking_bodies(district: int, ids: Collection[int]) -> Mapping[tuple[int, datetime], int]:
    """(case, moment of the decision) → the body whose application for more time was decided then."""
    rows = _rows(_ASKED, district, list(ids)) if ids else ()
    return {(case_id, at): body_id for case_id, body_id, at in rows}


def demanders(district: int, ids: Collection[int]) -> Mapping[tuple[int, int], int]:
    """(case, number of the entry that replied) → the account that issued the supervision order."""
    rows = _rows(_DEMANDED, district, list(ids)) if ids else ()
    return {(case_id, seq): account_id for case_id, seq, account_id in rows}


def working_bodies(district: int, case_id: int) -> list[int]:
    """The bodies that have an order on the case now."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT body_id FROM cases_order WHERE district = %s AND case_id = %s AND ended_at IS NULL",
            [district, case_id],
        )
        return [row[0] for row in cursor.fetchall()]


def _rows(statement: str, *given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(given))
        return list(cursor.fetchall())
