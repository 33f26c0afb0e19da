"""The words by which cases are found, reckoned from what stands in them now."""

from collections.abc import Collection
from typing import Final

from django.db import connection

from huying.kernel.tokens import bigrams

_WORDS: Final = """
SELECT c.id, CASE WHEN c.erased_at IS NULL THEN c.title ELSE '' END || ' '
    || string_agg(a.text || ' ' || a.place_text, ' '), c.opened_at, c.closed_at IS NULL
FROM cases_case c
JOIN cases_caseappeal l ON l.district = c.district AND l.case_id = c.id
JOIN cases_appeal a ON a.district = l.district AND a.id = l.appeal_id
WHERE c.district = %s AND c.id = ANY(%s) GROUP BY c.id, c.title, c.erased_at, c.opened_at,
    c.closed_at
"""
_KEEP: Final = """
INSERT INTO cases_casesearch (district, case_id, words, opened_at, open)
VALUES (%s, %s, array_to_tsvector(%s::text[]), %s, %s)
ON CONFLICT (district, case_id) DO UPDATE SET words = excluded.words, open = excluded.open
"""


def keep_words(district: int, cases: Collection[int]) -> None:
    """Reckon the words by which these cases are found from what stands in them now; of erased ones there are none."""
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [district, sorted(cases)])
        rows = [
            (district, case_id, bigrams(text), opened_at, is_open)
            for case_id, text, opened_at, is_open in cursor.fetchall()
        ]
        cursor.executemany(_KEEP, rows)
