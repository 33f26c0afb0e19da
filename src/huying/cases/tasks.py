"""What the heart does behind the ledger for itself: the words by which cases are found."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import connection

from huying.cases.ledger import Link
from huying.cases.lifecycle import Verb
from huying.kernel.tokens import bigrams

_NEW_WORDS: Final = frozenset({Verb.RECEIVE, Verb.SPLIT_OFF, Verb.ABSORB})


def index_words(district: int, entries: Sequence[Link], now: datetime) -> None:
    """Bring the search words of cases up to date whose callers or title are new; doing it twice is harmless."""
    ids = sorted({entry.case_id for entry in entries if entry.verb in _NEW_WORDS})
    if not ids:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, c.title || ' ' || string_agg(a.text || ' ' || a.place_text, ' ') FROM cases_case c "
            "JOIN cases_caseappeal l ON l.district = c.district AND l.case_id = c.id "
            "JOIN cases_appeal a ON a.district = l.district AND a.id = l.appeal_id "
            "WHERE c.district = %s AND c.id = ANY(%s) GROUP BY c.id, c.title",
            [district, ids],
        )
        rows = [(case_id, bigrams(text)) for case_id, text in cursor.fetchall()]
        cursor.executemany(
            "INSERT INTO cases_casesearch (district, case_id, words) VALUES (%s, %s, array_to_tsvector(%s::text[])) "
            "ON CONFLICT (district, case_id) DO UPDATE SET words = excluded.words",
            [(district, case_id, words) for case_id, words in rows],
        )
