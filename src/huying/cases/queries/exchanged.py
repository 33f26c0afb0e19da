"""What another system is told of cases, and which cases answer the appeals it gave: a few statements for any number."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from huying.cases.lifecycle import Verb

# An appeal answered by several cases after a split is told of the first; moved by a merge, of the one that has it now.
_ANSWERING: Final = """
SELECT DISTINCT ON (l.appeal_id) l.appeal_id, c.id, c.state, c.length, c.touched_at FROM cases_caseappeal l
JOIN cases_case c ON c.district = l.district AND c.id = l.case_id
WHERE l.district = %s AND l.appeal_id = ANY(%s) ORDER BY l.appeal_id, l.until IS NOT NULL, l.since, c.id
"""
_ACTIVE: Final = """
SELECT case_id, appeal_id FROM cases_caseappeal
WHERE district = %s AND case_id = ANY(%s) AND until IS NULL ORDER BY case_id, since, appeal_id
"""
_FACTS: Final = """
SELECT w.case_id, w.seq, e.at, e.verb, e.outcome, e.after, c.area, c.item, c.kind, c.body_id, c.due_at, c.lon, c.lat,
    r.solved, r.reached, r.satisfaction, s.text, p.seq, p.text
FROM unnest(%(cases)s::bigint[], %(seqs)s::int[]) AS w(case_id, seq)
JOIN cases_entry e ON e.district = %(district)s AND e.case_id = w.case_id AND e.seq = w.seq
JOIN cases_case c ON c.district = %(district)s AND c.id = w.case_id
LEFT JOIN LATERAL (
    SELECT solved, reached, satisfaction FROM cases_rating r
    WHERE r.district = %(district)s AND r.case_id = w.case_id AND r.seq = w.seq LIMIT 1
) r ON true
LEFT JOIN LATERAL (
    SELECT text FROM cases_statement s WHERE s.district = %(district)s AND s.case_id = w.case_id AND s.seq = w.seq
    AND s.public AND s.name IN ('reply', 'progress') ORDER BY s.name DESC LIMIT 1
) s ON true
LEFT JOIN LATERAL (
    SELECT seq, text FROM cases_statement s WHERE s.district = %(district)s AND s.case_id = w.case_id AND s.seq < w.seq
    AND s.public AND s.name = 'reply' ORDER BY s.seq DESC LIMIT 1
) p ON e.verb = 'check'
"""
_APPEALS: Final = """
SELECT id, receipt, text, place_text, caller_id, received_at FROM cases_appeal WHERE district = %s AND id = ANY(%s)
"""
_DIGESTS: Final = """
SELECT t.sha256 FROM cases_attachment t WHERE t.district = %(district)s AND t.case_id = %(case)s
UNION SELECT t.sha256 FROM cases_caseappeal l
JOIN cases_attachment t ON t.district = l.district AND t.appeal_id = l.appeal_id
WHERE l.district = %(district)s AND l.case_id = %(case)s
"""
_PHOTOS: Final = """
SELECT case_id, seq, path, sha256, media_type FROM cases_attachment
WHERE district = %s AND case_id = ANY(%s) AND stage = 'after' ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Answering:
    """The case that answers an appeal now."""

    case_id: int
    state: str
    length: int
    touched_at: datetime


@dataclass(frozen=True, slots=True)
class ToldEntry:
    """One entry as another system may know it. ``words`` are the public ones: a reply counts from the check that passed
    it; ``photos`` are those of the result (path, SHA-256, media type)."""

    at: datetime
    verb: Verb
    outcome: str
    after: str
    area: str
    item: str
    kind: str
    body_id: int | None
    due_at: datetime | None
    lon: float | None
    lat: float | None
    solved: bool | None
    reached: bool | None
    satisfaction: str
    words: str
    photos: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True, slots=True)
class ToldAppealOf:
    """What one caller said."""

    receipt: str
    text: str
    place_text: str
    caller_id: int | None
    received_at: datetime


def answering(district: int, appeals: Collection[int]) -> Mapping[int, Answering]:
    """Appeal → the case that answers it; for one taken away by a withdrawal, the case it was."""
    return {row[0]: Answering(*row[1:]) for row in _rows(_ANSWERING, [district, list(appeals)])}


def appeals_on(district: int, cases: Collection[int]) -> Mapping[int, list[int]]:
    """Case → the appeals it answers now, the first one first."""
    found: dict[int, list[int]] = {}
    for case_id, appeal_id in _rows(_ACTIVE, [district, list(cases)]):
        found.setdefault(case_id, []).append(appeal_id)
    return found


def told_entries(
    district: int, wanted: Collection[tuple[int, int]], *, photos: bool = False
) -> Mapping[tuple[int, int], ToldEntry]:
    """(case, entry) → what may be told of it."""
    if not wanted:
        return {}
    pairs = list(wanted)
    given = {"district": district, "cases": [case for case, _ in pairs], "seqs": [seq for _, seq in pairs]}
    files: dict[tuple[int, int], list[tuple[str, str, str]]] = {}
    if photos:
        for case_id, seq, *file in _rows(_PHOTOS, [district, [case for case, _ in pairs]]):
            files.setdefault((case_id, seq), []).append((file[0], file[1], file[2]))
    found = {}
    for case_id, seq, at, verb, outcome, after, *facts, satisfaction, own, replied, reply in _rows(
        _FACTS, given
    ):
        # A reply was said with the report before the check; what a check says itself is for those inside.
        checked = verb == Verb.CHECK
        pictures = files.get((case_id, replied if checked else seq), ())
        words = (reply if checked else own) or ""
        told = (*facts, satisfaction or "", words, tuple(pictures))
        found[case_id, seq] = ToldEntry(*(at, Verb(verb), outcome, after, *told))
    return found


def told_appeals_of(district: int, appeals: Collection[int]) -> Mapping[int, ToldAppealOf]:
    """Appeal → what was said in it."""
    return {row[0]: ToldAppealOf(*row[1:]) for row in _rows(_APPEALS, [district, list(appeals)])}


def newest_entries(district: int, cases: Collection[int]) -> Mapping[int, int]:
    """Case → number of its newest entry."""
    rows = _rows(
        "SELECT id, length FROM cases_case WHERE district = %s AND id = ANY(%s)", [district, list(cases)]
    )
    return dict(rows)


def _rows(statement: str, given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return list(cursor.fetchall())


def picture_digests(district: int, case_id: int) -> set[str]:
    """The digests of all pictures of a case and its appeals: the same one is not kept twice."""
    with connection.cursor() as cursor:
        cursor.execute(_DIGESTS, {"district": district, "case": case_id})
        return {row[0] for row in cursor.fetchall()}
