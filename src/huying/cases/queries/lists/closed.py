"""Closed cases, newest first: a list without end, walked by what narrows it most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.models import Case
from huying.cases.policy import only_body, visible_to
from huying.cases.queries.lists.cursors import Place
from huying.cases.queries.lists.filtering import CaseFilter, fits
from huying.cases.queries.lists.lines import COLUMNS
from huying.cases.queries.lists.searching import Frequency, asked_words, frequency_of_closed, matching

_NEWEST: Final = "ORDER BY opened_at DESC, case_id DESC"
# All orders of a closed case have ended or were recalled; a body that had two of them has the case once.
_BY_BODY: Final = f"""
SELECT DISTINCT opened_at, case_id FROM cases_order
WHERE district = %s AND body_id = %s AND state = 'ended' {{after}} {_NEWEST}
"""
_BY_WORDS: Final = """
SELECT opened_at, case_id FROM cases_casesearch
WHERE district = %s AND NOT open AND words @@ %s::tsquery {after}
"""
# With an order of its own the inner question is answered whole, from the index of words, and then sorted.
_BY_RARE_WORDS: Final = _BY_WORDS + _NEWEST
_WALKED: Final = """
SELECT found.* FROM ({walk}) own CROSS JOIN LATERAL ({inner}) found
ORDER BY own.opened_at DESC, own.case_id DESC LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class _Walk:
    """A question for (opened_at, case_id) among which all that is wanted must be, and its two values."""

    sql: str
    given: tuple[Any, Any]


def newest(
    actor: Actor, wanted: CaseFilter, now: datetime, after: Place | None, limit: int
) -> list[tuple[Any, ...]]:
    """Rows of ``COLUMNS`` of the actor's closed cases that fit."""
    question, given = _question(actor, wanted, now, after, limit, COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        return list(cursor.fetchall())


def count(actor: Actor, wanted: CaseFilter, now: datetime, most: int) -> int:
    """How many of the actor's closed cases fit, counted up to ``most``."""
    question, given = _question(actor, wanted, now, None, most, ("id",))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({question}) c", given)
        return int(cursor.fetchone()[0])


def _question(
    actor: Actor, wanted: CaseFilter, now: datetime, after: Place | None, limit: int, columns: Sequence[str]
) -> tuple[str, Sequence[Any]]:
    cases = Case.objects.filter(visible_to(actor), fits(wanted, now))
    walk = _walk(actor, wanted)
    if walk is None:
        if wanted.text:
            cases = matching(cases, actor.district, wanted.text, closed=True)
        if after is not None:
            cases = cases.filter(Q(opened_at__lt=after.at) | Q(opened_at=after.at, id__lt=after.id))
        return cases.order_by("-opened_at", "-id").values_list(*columns)[:limit].query.sql_with_params()
    inner, given = cases.filter(id=RawSQL("own.case_id", [])).values_list(*columns).query.sql_with_params()
    bound = "AND (opened_at, case_id) < (%s, %s)" if after is not None else ""
    place: list[Any] = [after.at, after.id] if after is not None else []
    question = _WALKED.format(walk=walk.sql.format(after=bound), inner=inner)
    return question, [*walk.given, *place, *given, limit]


def _walk(actor: Actor, wanted: CaseFilter) -> _Walk | None:
    """The walk that beats looking through all closed cases; None where there is none."""
    if wanted.text:
        words = asked_words(actor.district, wanted.text)
        if not words:
            return None
        match frequency_of_closed(words):
            case Frequency.RARE:
                return _Walk(_BY_RARE_WORDS, (actor.district, words))
            case Frequency.COMMON if _whole_district(actor, wanted):
                return _Walk(_BY_WORDS, (actor.district, words))
            case _:
                return None
    body_id = only_body(actor)
    return None if body_id is None else _Walk(_BY_BODY, (actor.district, body_id))


def _whole_district(actor: Actor, wanted: CaseFilter) -> bool:
    """Whether nothing but words narrows the list; a narrower one has an index that knows of areas and items."""
    everything = CaseFilter(closed=True, text=wanted.text)
    return wanted == everything and actor.may_everywhere(Permission.CASE_READ)
