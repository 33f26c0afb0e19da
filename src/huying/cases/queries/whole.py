"""A case with all that hangs on it, read in one statement: a page would otherwise ask fifteen times.

The statement always reads the same, so the server keeps its plan; rows come as JSON and become the models' own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, Final, cast

import orjson
from django.db import connection, models

from huying.cases.models import (
    Answer,
    Appeal,
    Attachment,
    Call,
    Called,
    CallRating,
    Case,
    CaseAppeal,
    Clock,
    Delay,
    Dispute,
    Entry,
    Interview,
    Order,
    Pause,
    Promise,
    Rating,
    Statement,
    Supervision,
)

_HERE: Final = "t.district = %(district)s AND t.case_id = %(case)s"
_APPEALS: Final = (
    "ARRAY(SELECT l.appeal_id FROM cases_caseappeal l"
    " WHERE l.district = %(district)s AND l.case_id = %(case)s)"
)
_OF_APPEALS: Final = f"t.case_id IS NULL AND t.appeal_id = ANY({_APPEALS})"
_PARTS: Final[Sequence[tuple[str, type[models.Model], str, str]]] = (
    ("cases", Case, "t.district = %(district)s AND t.id = %(case)s", "id"),
    ("links", CaseAppeal, _HERE, "appeal_id"),
    ("appeals", Appeal, f"t.district = %(district)s AND t.id = ANY({_APPEALS})", "id"),
    (
        "answers",
        Answer,
        f"t.district = %(district)s AND t.appeal_id = ANY({_APPEALS})",
        "appeal_id, t.number",
    ),
    ("orders", Order, _HERE, "id"),
    ("clocks", Clock, _HERE, "starts_at, t.id"),
    ("pauses", Pause, _HERE, "starts_at"),
    ("delays", Delay, _HERE, "id"),
    ("disputes", Dispute, _HERE, "id"),
    ("supervisions", Supervision, _HERE, "id"),
    ("interviews", Interview, _HERE, "id"),
    ("ratings", Rating, _HERE, "id"),
    ("calls", Call, _HERE, "id"),
    ("called", Called, _HERE, "id"),
    ("call_ratings", CallRating, _HERE, "order_id"),
    ("promises", Promise, _HERE, "id"),
    ("entries", Entry, _HERE, "seq"),
    ("statements", Statement, _HERE, "seq, t.name"),
    (
        "attachments",
        Attachment,
        f"t.district = %(district)s AND (t.case_id = %(case)s OR ({_OF_APPEALS}))",
        "id",
    ),
)


@dataclass(frozen=True, slots=True)
class Whole:
    """Every row of one case, each part in the order of its numbers; clocks by start, photos also of its appeals."""

    cases: list[Case]
    links: list[CaseAppeal]
    appeals: list[Appeal]
    answers: list[Answer]
    orders: list[Order]
    clocks: list[Clock]
    pauses: list[Pause]
    delays: list[Delay]
    disputes: list[Dispute]
    supervisions: list[Supervision]
    interviews: list[Interview]
    ratings: list[Rating]
    calls: list[Call]
    called: list[Called]
    call_ratings: list[CallRating]
    promises: list[Promise]
    entries: list[Entry]
    statements: list[Statement]
    attachments: list[Attachment]


def whole(district: int, case_id: int) -> Whole:
    """Everything about a case for whoever asks what somebody may see of it; all parts empty for none."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"district": district, "case": case_id})
        parts = orjson.loads(cast(tuple[str], cursor.fetchone())[0])
    made: dict[str, list[Any]] = {
        name: _rows(model, rows or ())
        for (name, model, _where, _order), rows in zip(_PARTS, parts, strict=True)
    }
    return Whole(**made)


@cache
def _statement() -> str:
    parts = ", ".join(
        f"(SELECT json_agg(json_build_array({_columns(model)}) ORDER BY t.{order})"
        f" FROM {model._meta.db_table} t WHERE {where})"
        for _name, model, where, order in _PARTS
    )
    return f"SELECT json_build_array({parts})::text"


def _columns(model: type[models.Model]) -> str:
    # As text, for the digits of a decimal would not survive as a JSON number.
    return ", ".join(
        f"t.{field.column}::text" if isinstance(field, models.DecimalField) else f"t.{field.column}"
        for field in model._meta.concrete_fields
        if field.column
    )


_READ: Final[Mapping[type[Any], Callable[[str], Any]]] = {
    models.DateTimeField: datetime.fromisoformat,
    models.DecimalField: Decimal,
    models.BinaryField: lambda text: bytes.fromhex(text[2:]),
}


@cache
def _shape(
    model: type[models.Model],
) -> tuple[Sequence[str], Sequence[tuple[int, Callable[[str], Any]]]]:
    fields = [field for field in model._meta.concrete_fields if field.column]
    readers = [(at, _READ[type(field)]) for at, field in enumerate(fields) if type(field) in _READ]
    return [field.attname for field in fields], readers


def _rows(model: type[models.Model], rows: Sequence[list[Any]]) -> list[Any]:
    names, readers = _shape(model)
    for row in rows:
        for at, read in readers:
            if row[at] is not None:
                row[at] = read(row[at])
    return [model.from_db("default", names, row) for row in rows]
