"""Lists of cases, most urgent first: what every desk shows. Filters come from the URL, pages follow a cursor."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL

from huying.access.actor import Actor
from huying.cases.lifecycle import State
from huying.cases.models import Case
from huying.cases.policy import visible_to
from huying.cases.queries.lists import closed
from huying.cases.queries.lists.cursors import FAR, Place, cursor_of, read
from huying.cases.queries.lists.filtering import CaseFilter, fits
from huying.cases.queries.lists.lines import COLUMNS, CaseLine, line_of, lines_from
from huying.cases.queries.lists.searching import matching

__all__ = [
    "CaseFilter",
    "CaseLine",
    "CasePage",
    "count_for",
    "counts_by_state",
    "line_of",
    "lines_of",
    "queue_for",
]

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of lines and the cursors of the next one; "" at the end."""

    lines: Sequence[CaseLine]
    after: str = ""
    filter: CaseFilter = field(default_factory=CaseFilter)


def queue_for(
    actor: Actor, wanted: CaseFilter, now: datetime, after: str = "", limit: int = PAGE
) -> CasePage:
    """The actor's cases that fit, most urgent and soonest due first; closed ones newest first.

    Raises Invalid for a cursor that is none.
    """
    find = closed.newest if wanted.closed else _urgent
    found = find(actor, wanted, now, read(after), limit + 1)
    lines = lines_from(found[:limit], actor.district, now)
    more = len(found) > limit
    return CasePage(lines, cursor_of(lines[-1], closed=wanted.closed) if more else "", wanted)


def lines_of(actor: Actor, ids: Sequence[int], now: datetime) -> list[CaseLine]:
    """The lines of these cases that the actor may see, in the order given."""
    cases = Case.objects.filter(visible_to(actor), district=actor.district, id__in=list(ids))
    found = lines_from(list(cases.values_list(*COLUMNS)), actor.district, now)
    by_id = {line.id: line for line in found}
    return [by_id[number] for number in ids if number in by_id]


def count_for(actor: Actor, wanted: CaseFilter, now: datetime, most: int = 1000) -> int:
    """How many fit, counted up to ``most``: beyond that a list says "1000+"."""
    if wanted.closed:
        return closed.count(actor, wanted, now, most)
    inner, given = _fitting(actor, wanted, now).values("id")[:most].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({inner}) c", given)
        return int(cursor.fetchone()[0])


def counts_by_state(
    actor: Actor, states: Collection[State], wanted: CaseFilter, now: datetime, most: int = 1000
) -> Mapping[State, int]:
    """How many of the actor's open cases that fit stand in each of these states, counted up to ``most``; one query."""
    here = Case.objects.filter(visible_to(actor), fits(wanted, now), state=RawSQL("asked.state", []))
    inner, given = here.values("id")[:most].query.sql_with_params()
    counts = f"SELECT asked.state, (SELECT count(*) FROM ({inner}) c) FROM unnest(%s::text[]) asked(state)"
    with connection.cursor() as cursor:
        cursor.execute(counts, [*given, sorted(states)])
        return {State(state): count for state, count in cursor.fetchall()}


def _fitting(actor: Actor, wanted: CaseFilter, now: datetime) -> QuerySet[Case]:
    cases = Case.objects.filter(visible_to(actor)).filter(fits(wanted, now))
    return matching(cases, actor.district, wanted.text, closed=wanted.closed) if wanted.text else cases


def _urgent(
    actor: Actor, wanted: CaseFilter, now: datetime, after: Place | None, limit: int
) -> list[tuple[Any, ...]]:
    ordered = _fitting(actor, wanted, now).order_by("-urgency", F("due_at").asc(nulls_last=True), "id")
    if after is not None:
        ordered = ordered.filter(_behind(after))
    return list(ordered.values_list(*COLUMNS)[:limit])


def _behind(place: Place) -> Q:
    later = Q(urgency__lt=place.urgency)
    if place.at == FAR:
        return later | Q(urgency=place.urgency, due_at__isnull=True, id__gt=place.id)
    return (
        later
        | Q(urgency=place.urgency, due_at__gt=place.at)
        | Q(urgency=place.urgency, due_at__isnull=True)
        | Q(urgency=place.urgency, due_at=place.at, id__gt=place.id)
    )
