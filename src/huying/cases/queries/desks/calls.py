"""呼叫: calls to the spot on the cases an actor may read, who answered and who came (R207)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.models import Call, Called, Order
from huying.cases.queries.desks.beside import said_with, theirs
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.people.queries import account_names, unit_names

PAGE: Final = 50
_MOST_COUNTED: Final = 1000


@dataclass(frozen=True, slots=True)
class CalledName:
    """One called body of a line: its name, when it answered and when it stood there; None for not yet."""

    name: str
    answered_at: datetime | None
    arrived_at: datetime | None


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call with its case. ``by`` is "" for the platform."""

    id: int
    line: CaseLine
    area: str
    situation: str
    demand: str
    by: str
    called_at: datetime
    ended_at: datetime | None
    called: Sequence[CalledName]

    @property
    def answered(self) -> int:
        return sum(1 for one in self.called if one.answered_at is not None)

    @property
    def arrived(self) -> int:
        return sum(1 for one in self.called if one.arrived_at is not None)


def calls_for(
    actor: Actor, now: datetime, *, under_way: bool, area: str = "", before: int = 0, limit: int = PAGE
) -> list[CallLine]:
    """Calls on the actor's cases below id ``before``, newest first: those under way, or those that are over."""
    rows = _those(actor, area, under_way)
    rows = rows.filter(id__lt=before) if before else rows
    found = list(rows.order_by("-id")[:limit])
    lines = {line.id: line for line in lines_of(actor, [row.case_id for row in found], now)}
    demands = said_with(actor.district, [(row.case_id, row.called_seq) for row in found], "demand")
    people = account_names([row.called_by for row in found if row.called_by])
    called = _called(actor.district, [row.id for row in found], now)
    return [
        CallLine(
            id=row.id, line=lines[row.case_id], area=row.area, situation=row.situation,
            demand=demands.get((row.case_id, row.called_seq), ""), by=people.get(row.called_by or 0, ""),
            called_at=row.called_at, ended_at=row.ended_at, called=called.get(row.id, []),
        )
        for row in found
        if row.case_id in lines
    ]  # fmt: skip


def call_counts_for(actor: Actor, area: str = "") -> tuple[int, int]:
    """How many are under way, and how many are over; each counted up to a thousand."""
    under_way, over = (_those(actor, area, which)[:_MOST_COUNTED].count() for which in (True, False))
    return under_way, over


def _those(actor: Actor, area: str, under_way: bool) -> QuerySet[Call]:
    rows: QuerySet[Call] = theirs(Call, actor, Permission.CASE_READ, area)
    return rows.filter(ended_at__isnull=under_way)


def _called(district: int, calls: Sequence[int], now: datetime) -> Mapping[int, list[CalledName]]:
    if not calls:
        return {}
    rows = list(Called.objects.filter(district=district, call_id__in=calls).order_by("id"))
    orders = Order.objects.filter(district=district, id__in=[row.id for row in rows])
    signed = dict(orders.values_list("id", "signed_at"))
    names = unit_names(district)
    found: dict[int, list[CalledName]] = {}
    for row in rows:
        name = CalledName(names.get(row.body_id, ""), signed.get(row.id), row.arrived_at)
        found.setdefault(row.call_id, []).append(name)
    return found
