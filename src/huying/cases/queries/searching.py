"""Cases whose words match, by bigram tokens."""

from typing import Final

import orjson
from django.db import connection
from django.db.models import BooleanField, Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL
from psycopg import sql

from huying.cases.models import Appeal, Case, CaseAppeal, CaseSearch
from huying.kernel.errors import Invalid
from huying.kernel.numbers import parse_case_number, parse_receipt
from huying.kernel.tokens import tsquery

# Up to so many finds are looked up and then sorted. Of a word more frequent than that, a list's own order meets
# a page of cases long before all of them are looked at.
_FEW: Final = 4000


def matching(cases: QuerySet[Case], district: int, text: str) -> QuerySet[Case]:
    """Those of ``cases`` whose indexed words hold every word of ``text``; none when nothing is left of it.

    A whole receipt or case number, typed in any usual way, finds what it names.
    """
    numbered = _numbered(district, text)
    if numbered:
        return cases.filter(id__in=numbered)
    query = tsquery(text)
    if not query:
        return cases.none()
    ids = _few(district, query)
    if ids is not None:
        return cases.filter(RawSQL('"cases_case"."id" = ANY(%s)', [ids], output_field=BooleanField()))
    holds = RawSQL("words @@ %s::tsquery", [query], output_field=BooleanField())
    found = CaseSearch.objects.filter(holds, district=district, case_id=OuterRef("id"))
    return cases.filter(Exists(found))


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


def _few(district: int, query: str) -> list[int] | None:
    """The cases whose words match; None where they are many."""
    found = "SELECT case_id FROM cases_casesearch WHERE district = %s AND words @@ %s::tsquery"
    with connection.cursor() as cursor:
        # The server knows how frequent words are, and to ask it costs next to nothing. The words stand in the
        # question itself: of a value that it is not shown it expects nothing in particular.
        asked = sql.SQL("EXPLAIN (FORMAT JSON) SELECT FROM cases_casesearch WHERE words @@ {}::tsquery")
        cursor.execute(asked.format(sql.Literal(query)).as_string(connection.connection))
        plan = cursor.fetchone()[0]
        expected = (orjson.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"]
        if expected > 2 * _FEW:
            return None
        cursor.execute(f"{found} LIMIT %s", [district, query, _FEW + 1])
        ids = [row[0] for row in cursor.fetchall()]
    return ids if len(ids) <= _FEW else None
