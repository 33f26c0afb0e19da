"""What the heart does behind the ledger for itself: the words by which cases are found, of open ones apart."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import connection

from huying.cases.ledger import Link
from huying.cases.lifecycle import CLOSED_STATES, Verb
from huying.kernel.tokens import bigrams

_WORDS: Final = """
SELECT c.id, c.title || ' ' || string_agg(a.text || ' ' || a.place_text, ' '), c.opened_at,
    c.closed_at IS NULL
FROM cases_case c
JOIN cases_caseappeal l ON l.district = c.district AND l.case_id = c.id
JOIN cases_appeal a ON a.district = l.district AND a.id = l.appeal_id
WHERE c.district = %s AND c.id = ANY(%s) GROUP BY c.id, c.title, c.opened_at, c.closed_at
"""
_KEEP: Final = """
INSERT INTO cases_casesearch (district, case_id, words, opened_at, open)
VALUES (%s, %s, array_to_tsvector(%s::text[]), %s, %s)
ON CONFLICT (district, case_id) DO UPDATE SET words = excluded.words, open = excluded.open
"""
_TURN: Final = """
UPDATE cases_casesearch s SET open = c.closed_at IS NULL FROM cases_case c
WHERE s.district = %s AND s.case_id = ANY(%s) AND c.district = s.district AND c.id = s.case_id
AND s.open <> (c.closed_at IS NULL)
"""
_NEW_WORDS: Final = frozenset({Verb.RECEIVE, Verb.SPLIT_OFF, Verb.ABSORB})


def index_words(district: int, entries: Sequence[Link], now: datetime) -> None:
    """Bring the search words of cases up to date whose callers or title are new, and which of them are open.

    Doing it twice is harmless.
    """
    renewed = {entry.case_id for entry in entries if entry.verb in _NEW_WORDS}
    moved = {
        entry.case_id
        for entry in entries
        if (entry.before in CLOSED_STATES) != (entry.after in CLOSED_STATES)
    }
    with connection.cursor() as cursor:
        if renewed:
            cursor.execute(_WORDS, [district, sorted(renewed)])
            rows = [
                (district, case_id, bigrams(text), opened_at, is_open)
                for case_id, text, opened_at, is_open in cursor.fetchall()
            ]
            cursor.executemany(_KEEP, rows)
        if moved - renewed:
            cursor.execute(_TURN, [district, sorted(moved - renewed)])
