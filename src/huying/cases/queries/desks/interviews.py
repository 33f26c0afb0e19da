"""约谈: whom leaders spoke with about which case, what was said, and what is put right by when (R402)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.models import Interview, Promise, PromiseState
from huying.cases.queries.desks.beside import said_with, theirs
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.people.queries import account_names, unit_names

PAGE: Final = 50
_MOST_COUNTED: Final = 1000


@dataclass(frozen=True, slots=True)
class Rectification:
    """What the body is to put right, by when, and how that stands."""

    words: str
    until: datetime
    state: PromiseState


@dataclass(frozen=True, slots=True)
class InterviewLine:
    """One talk. ``by`` is who recorded it, ``interviewed`` who was spoken with, as it was written down."""

    id: int
    line: CaseLine
    body_id: int
    body_name: str
    held_at: datetime
    by: str
    interviewed: str
    talk: str
    rectification: Rectification | None


def interviews_for(
    actor: Actor,
    now: datetime,
    *,
    area: str = "",
    body_id: int | None = None,
    before: int = 0,
    limit: int = PAGE,
) -> list[InterviewLine]:
    """Talks about the actor's cases below id ``before``, newest first."""
    rows = _those(actor, area, body_id)
    rows = rows.filter(id__lt=before) if before else rows
    found = list(rows.order_by("-id")[:limit])
    lines = {line.id: line for line in lines_of(actor, [row.case_id for row in found], now)}
    entries = [(row.case_id, row.made_seq) for row in found]
    interviewed, talks, wanted = (
        said_with(actor.district, entries, name) for name in ("interviewed", "talk", "rectification")
    )
    ids = [row.promise_id for row in found if row.promise_id is not None]
    demands = (
        {row.id: row for row in Promise.objects.filter(district=actor.district, id__in=ids)} if ids else {}
    )
    people = account_names([row.made_by for row in found if row.made_by])
    names = unit_names(actor.district)
    told = []
    for row in found:
        if row.case_id not in lines:
            continue
        at, demand = (row.case_id, row.made_seq), demands.get(row.promise_id or 0)
        told.append(
            InterviewLine(
                id=row.id, line=lines[row.case_id], body_id=row.body_id, body_name=names.get(row.body_id, ""),
                held_at=row.held_at, by=people.get(row.made_by or 0, ""), interviewed=interviewed.get(at, ""),
                talk=talks.get(at, ""),
                rectification=Rectification(wanted.get(at, ""), demand.until, PromiseState(demand.state))
                if demand else None,
            )
        )  # fmt: skip
    return told


def interview_count_for(actor: Actor, area: str = "", body_id: int | None = None) -> int:
    """How many talks there were, counted up to a thousand."""
    return _those(actor, area, body_id)[:_MOST_COUNTED].count()


def _those(actor: Actor, area: str, body_id: int | None) -> QuerySet[Interview]:
    rows: QuerySet[Interview] = theirs(Interview, actor, Permission.BOARD_READ, area)
    return rows.filter(body_id=body_id) if body_id is not None else rows
