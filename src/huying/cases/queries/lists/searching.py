"""Cases whose words match, by bigram tokens."""

from enum import Enum
from math import sqrt
from typing import Any, Final

import orjson
from django.db import connection
from django.db.models import BooleanField, Exists, F, Func, OuterRef, QuerySet, Value
from django.db.models.expressions import RawSQL
from psycopg import sql

from huying.cases.models import Appeal, Case, CaseAppeal, CaseSearch
from huying.kernel.errors import Invalid
from huying.kernel.numbers import parse_case_number, parse_receipt
from huying.kernel.tokens import tsquery

# Up to so many finds are looked up and then sorted. Of a word more frequent than that, a list's own order meets
# a page of cases long before all of them are looked at.
_FEW: Final = 4000
# Of N closed cases, m with the word: to take them all from the index of words and sort them costs m, to look through
# all, newest first, until a page of 50 is full, 50 N / m. They are equal at the root of 50 N.
_PAGE: Final = 50


class Frequency(Enum):
    """Whether a word is better looked up, or met by looking through the newest cases."""

    RARE = "rare"
    COMMON = "common"


def matching(cases: QuerySet[Case], district: int, text: str, *, closed: bool) -> QuerySet[Case]:
    """Those of ``cases`` whose indexed words hold every word of ``text``; none when nothing is left of it.

    ``closed`` says which ``cases`` are: closed ones or open ones. A whole receipt or case number, typed in any usual
    way, finds what it names.
    """
    numbered = _numbered(district, text)
    if numbered:
        return cases.filter(id__in=numbered)
    query = tsquery(text)
    if not query:
        # Not none(): whoever asks for the question's own text would be given an exception instead.
        return cases.filter(district__isnull=True)
    ids = _few(district, query, closed=closed)
    if ids is not None:
        # One list and no thousand values; by the column, for the table is called otherwise in a question within one.
        among = Func(
            F("id"),
            Value(ids),
            template="%(expressions)s)",
            arg_joiner=" = ANY(",
            output_field=BooleanField(),
        )
        return cases.filter(among)
    holds = RawSQL("words @@ %s::tsquery", [query], output_field=BooleanField())
    found = CaseSearch.objects.filter(holds, district=district, case_id=OuterRef("id"))
    return cases.filter(Exists(found))


def asked_words(district: int, text: str) -> str:
    """The words of ``text`` as a tsquery; "" where there are none or ``text`` is the number of something known."""
    return "" if _numbered(district, text) else tsquery(text)


def frequency_of_closed(query: str) -> Frequency:
    """How frequent the words are among closed cases, as far as the server knows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = 'cases_casesearch'::regclass")
        cases = cursor.fetchone()[0]
        return (
            Frequency.RARE
            if _expected(cursor, query, "NOT open") <= sqrt(_PAGE * cases)
            else Frequency.COMMON
        )


def _numbered(district: int, text: str) -> list[int]:
    """The cases named by a receipt or by a case's own number; none where the text is neither."""
    try:
        of = Appeal.objects.filter(receipt=parse_receipt(text), district=district).values("id")
        return list(
            CaseAppeal.objects.filter(appeal_id__in=of, district=district).values_list("case_id", flat=True)
        )
    except Invalid:
        pass
    try:
        of_district, number = parse_case_number(text)
    except Invalid:
        return []
    return [number] if of_district == district else []


def _few(district: int, query: str, *, closed: bool) -> list[int] | None:
    """The cases whose words match, for open ones only such; None where they are many."""
    among = "NOT open" if closed else "open"
    with connection.cursor() as cursor:
        if _expected(cursor, query, among) > 2 * _FEW:
            return None
        found = (
            f"SELECT case_id FROM cases_casesearch WHERE {among} AND district = %s AND words @@ %s::tsquery"
        )
        cursor.execute(f"{found} LIMIT %s", [district, query, _FEW + 1])
        ids = [row[0] for row in cursor.fetchall()]
    return ids if len(ids) <= _FEW else None


def _expected(cursor: Any, query: str, among: str) -> float:
    """How many rows the server expects. It knows how frequent words are, and to ask it costs next to nothing."""
    # The words stand in the question itself: of a value that it is not shown it expects nothing in particular.
    asked = sql.SQL("EXPLAIN (FORMAT JSON) SELECT FROM cases_casesearch WHERE {} AND words @@ {}::tsquery")
    cursor.execute(asked.format(sql.SQL(among), sql.Literal(query)).as_string(connection.connection))
    plan = cursor.fetchone()[0]
    return float((orjson.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"])
