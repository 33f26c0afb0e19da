"""What the heart does behind the ledger for itself: the words by which cases are found, of open ones apart."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.db import connection

from huying.cases.actions.wording import keep_words
from huying.cases.ledger import Link
from huying.cases.lifecycle import CLOSED_STATES, Verb

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
    if renewed:
        keep_words(district, renewed)
    if moved - renewed:
        with connection.cursor() as cursor:
            cursor.execute(_TURN, [district, sorted(moved - renewed)])
