"""督办单: demands that were made, by whom and until when, and what was answered (R402)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.lifecycle import ClockKind
from huying.cases.models import Clock, Supervision
from huying.cases.queries.desks.beside import said_with, theirs
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.people.queries import account_names

PAGE: Final = 50
_MOST_COUNTED: Final = 1000


@dataclass(frozen=True, slots=True)
class SupervisionLine:
    """One demand. ``by`` is "" for the platform; with neither ``replied_at`` nor ``open`` the case ended first."""

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


def supervisions_for(
    actor: Actor, now: datetime, *, waiting: bool, area: str = "", before: int = 0, limit: int = PAGE
) -> list[SupervisionLine]:
    """Demands on the actor's cases below id ``before``, newest first: those that wait for an answer, or the others."""
    rows = _those(actor, area, waiting)
    rows = rows.filter(id__lt=before) if before else rows
    found = list(rows.order_by("-id")[:limit])
    lines = {line.id: line for line in lines_of(actor, [row.case_id for row in found], now)}
    demands = said_with(actor.district, [(row.case_id, row.issued_seq) for row in found], "supervision")
    answered = [(row.case_id, row.replied_seq) for row in found if row.replied_seq is not None]
    replies = said_with(actor.district, answered, "note")
    people = account_names([who for row in found for who in (row.issued_by, row.replied_by) if who])
    due = _due(actor.district, [row.case_id for row in found])
    return [
        SupervisionLine(
            id=row.id, line=lines[row.case_id], issued_at=row.issued_at, by=people.get(row.issued_by or 0, ""),
            demand=demands.get((row.case_id, row.issued_seq), ""), due_at=due.get((row.case_id, row.issued_at)),
            open=waiting, replied_at=row.replied_at, replied_by=people.get(row.replied_by or 0, ""),
            reply=replies.get((row.case_id, row.replied_seq or 0), ""),
        )
        for row in found
        if row.case_id in lines
    ]  # fmt: skip


def supervision_counts_for(actor: Actor, area: str = "") -> tuple[int, int]:
    """How many wait for an answer, and how many do not any more; each counted up to a thousand."""
    waiting, others = (_those(actor, area, which)[:_MOST_COUNTED].count() for which in (True, False))
    return waiting, others


def _those(actor: Actor, area: str, waiting: bool) -> QuerySet[Supervision]:
    # A demand waits as long as its clock runs; where the case ended first nobody answers any more.
    running = Clock.objects.filter(
        district=OuterRef("district"), case_id=OuterRef("case_id"), kind=ClockKind.SUPERVISION,
        stopped_at__isnull=True,
    )  # fmt: skip
    rows: QuerySet[Supervision] = theirs(Supervision, actor, Permission.BOARD_READ, area)
    if waiting:
        return rows.filter(Exists(running), replied_at__isnull=True)
    return rows.exclude(Exists(running), replied_at__isnull=True)


def _due(district: int, case_ids: Sequence[int]) -> dict[tuple[int, datetime], datetime]:
    clocks = Clock.objects.filter(district=district, case_id__in=list(case_ids), kind=ClockKind.SUPERVISION)
    return {
        (case_id, start): due for case_id, start, due in clocks.values_list("case_id", "starts_at", "due_at")
    }
