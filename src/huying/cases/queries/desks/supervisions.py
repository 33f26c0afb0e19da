"""督办单: demands that were made, by whom and until when, and what was answered (R402)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.lifecycle import ClockKind
from huying.cases.models import Clock, Supervision
from huying.cases.queries.desks.beside import said_with, theirs
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.people.queries import account_names

PAGE: Final = 50
_MOST_COUNTED: Final = 1000
_SAME_CASE: Final = {"district": OuterRef("district"), "case_id": OuterRef("case_id")}


@dataclass(frozen=True, slots=True)
class SupervisionLine:
    """One demand. ``by`` is "" for the platform; without reply, lifting or ``open`` the case ended first."""

    id: int
    line: CaseLine
    issued_at: datetime
    by: str
    demand: str
    due_at: datetime | None
    open: bool
    replied_at: datetime | None
    replied_by: str
    reply: str
    lifted_at: datetime | None = None
    lifted_by: str = ""
    lifted_why: str = ""


def supervisions_for(
    actor: Actor, now: datetime, *, waiting: bool, area: str = "", before: int = 0, limit: int = PAGE
) -> list[SupervisionLine]:
    """Demands on the actor's cases below id ``before``, newest first: those that wait for an answer, or the others."""
    rows = _those(actor, area, waiting)
    rows = rows.filter(id__lt=before) if before else rows
    found = list(
        rows.annotate(next_at=Subquery(_later().order_by("id").values("issued_at")[:1])).order_by("-id")[
            :limit
        ]
    )
    lines = {line.id: line for line in lines_of(actor, [row.case_id for row in found], now)}
    demands = said_with(actor.district, [(row.case_id, row.issued_seq) for row in found], "supervision")
    answered = [(row.case_id, row.replied_seq) for row in found if row.replied_seq is not None]
    replies = said_with(actor.district, answered, "note")
    taken_back = [(row.case_id, row.lifted_seq) for row in found if row.lifted_seq is not None]
    reasons = said_with(actor.district, taken_back, "reason")
    people = account_names(
        [who for row in found for who in (row.issued_by, row.replied_by, row.lifted_by) if who]
    )
    clocks = _clocks(actor.district, [row.case_id for row in found])
    return [
        SupervisionLine(
            id=row.id, line=lines[row.case_id], issued_at=row.issued_at, by=people.get(row.issued_by or 0, ""),
            demand=demands.get((row.case_id, row.issued_seq), ""), due_at=_due(row, clocks),
            open=waiting, replied_at=row.replied_at, replied_by=people.get(row.replied_by or 0, ""),
            reply=replies.get((row.case_id, row.replied_seq or 0), ""), lifted_at=row.lifted_at,
            lifted_by=people.get(row.lifted_by or 0, ""),
            lifted_why=reasons.get((row.case_id, row.lifted_seq or 0), ""),
        )
        for row in found
        if row.case_id in lines
    ]  # fmt: skip


def supervision_counts_for(actor: Actor, area: str = "") -> tuple[int, int]:
    """How many wait for an answer, and how many do not any more; each counted up to a thousand."""
    waiting, others = (_those(actor, area, which)[:_MOST_COUNTED].count() for which in (True, False))
    return waiting, others


def _those(actor: Actor, area: str, waiting: bool) -> QuerySet[Supervision]:
    # A demand waits as long as its clock runs; where the case ended first nobody answers any more, also when it is
    # opened again and another is made.
    running = Clock.objects.filter(kind=ClockKind.SUPERVISION, stopped_at__isnull=True, **_SAME_CASE)
    waits = Q(Exists(running), ~Exists(_later()), replied_at__isnull=True, lifted_at__isnull=True)
    rows: QuerySet[Supervision] = theirs(Supervision, actor, Permission.BOARD_READ, area)
    return rows.filter(waits if waiting else ~waits)


def _later() -> QuerySet[Supervision]:
    """The demands made after it on the same case."""
    return Supervision.objects.filter(id__gt=OuterRef("id"), **_SAME_CASE)


def _clocks(district: int, case_ids: Sequence[int]) -> Mapping[int, Sequence[tuple[datetime, datetime]]]:
    """For each case the (start, due) of its clocks of demands, the first first."""
    clocks = Clock.objects.filter(district=district, case_id__in=list(case_ids), kind=ClockKind.SUPERVISION)
    found: dict[int, list[tuple[datetime, datetime]]] = {}
    for case_id, start, due in clocks.order_by("starts_at").values_list("case_id", "starts_at", "due_at"):
        found.setdefault(case_id, []).append((start, due))
    return found


def _due(row: Supervision, clocks: Mapping[int, Sequence[tuple[datetime, datetime]]]) -> datetime | None:
    """By when it is, or was at last, to be answered: its clock begins anew with each body that takes the case over."""
    ended, after = row.replied_at or row.lifted_at, row.next_at  # type: ignore[attr-defined]
    own = [
        due
        for start, due in clocks.get(row.case_id, ())
        if row.issued_at <= start and (ended is None or start <= ended) and (after is None or start < after)
    ]
    return own[-1] if own else None
