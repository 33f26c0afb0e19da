"""有诺必果: what was promised on the cases an actor may read, by whom, by when, and what came of it (R303)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q, QuerySet

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.models import Promise, PromiseKind, PromiseState
from huying.cases.queries.desks.beside import said_with, theirs
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.kernel.errors import Invalid
from huying.people.queries import unit_names

__all__ = [
    "KeptShare",
    "PromiseFilter",
    "PromiseKind",
    "PromiseLine",
    "PromiseState",
    "kept_shares",
    "promise_counts_for",
    "promises_for",
]

PAGE: Final = 50
_MOST_COUNTED: Final = 1000


@dataclass(frozen=True, slots=True)
class PromiseFilter:
    """Which promises are asked for; ``area`` is a prefix of codes."""

    state: PromiseState = PromiseState.OPEN
    area: str = ""
    body_id: int | None = None
    kind: PromiseKind | None = None


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise with its case. ``season`` is how the date was named, "" for a plain day."""

    id: int
    line: CaseLine
    kind: PromiseKind
    state: PromiseState
    body_name: str
    words: str
    season: str
    until: datetime
    made_at: datetime
    kept_at: datetime | None
    broken_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptShare:
    """How a body keeps its word: promises kept, broken and still to be kept, in its whole time."""

    body_id: int
    body_name: str
    kept: int
    broken: int
    open: int

    @property
    def share(self) -> int | None:
        """Kept of those decided, in per cent rounded down; None where none is decided."""
        decided = self.kept + self.broken
        return self.kept * 100 // decided if decided else None


def promises_for(
    actor: Actor, now: datetime, wanted: PromiseFilter, after: str = "", limit: int = PAGE
) -> tuple[list[PromiseLine], str]:
    """A page and the cursor of the next one: what is to be kept by its date, what is decided the latest first.

    Raises Invalid for a cursor that is none.
    """
    rows = _those(actor, wanted)
    soonest_first = wanted.state is PromiseState.OPEN
    if after:
        until, number = _place(after)
        later = Q(until__gt=until) | Q(until=until, id__gt=number)
        sooner = Q(until__lt=until) | Q(until=until, id__lt=number)
        rows = rows.filter(later if soonest_first else sooner)
    order = ("until", "id") if soonest_first else ("-until", "-id")
    found = list(rows.order_by(*order)[:limit])
    lines = {line.id: line for line in lines_of(actor, [row.case_id for row in found], now)}
    words = _words(actor.district, found)
    names = unit_names(actor.district)
    told = [
        PromiseLine(
            id=row.id, line=lines[row.case_id], kind=PromiseKind(row.kind), state=PromiseState(row.state),
            body_name=names.get(row.body_id, ""), words=words.get(row.id, ""), season=row.season, until=row.until,
            made_at=row.made_at, kept_at=row.kept_at, broken_at=row.broken_at,
        )
        for row in found
        if row.case_id in lines
    ]  # fmt: skip
    last = f"{found[-1].until.isoformat()}~{found[-1].id}" if len(found) == limit else ""
    return told, last


def promise_counts_for(actor: Actor, wanted: PromiseFilter) -> Mapping[PromiseState, int]:
    """How many stand in each state, within the rest of the filter; each counted up to a thousand."""
    counted = (PromiseState.OPEN, PromiseState.KEPT, PromiseState.BROKEN)
    return {
        state: _those(actor, PromiseFilter(state, wanted.area, wanted.body_id, wanted.kind))[
            :_MOST_COUNTED
        ].count()
        for state in counted
    }


def kept_shares(district: int, now: datetime) -> list[KeptShare]:
    """Every body that gave its word to a caller, for everybody to read: most promises first."""
    rows = (
        Promise.objects.filter(district=district, kind=PromiseKind.PROMISE)
        .values("body_id")
        .annotate(
            kept=Count("id", filter=Q(state=PromiseState.KEPT)),
            broken=Count("id", filter=Q(state=PromiseState.BROKEN)),
            open=Count("id", filter=Q(state=PromiseState.OPEN)),
        )
    )
    names = unit_names(district)
    found = [
        KeptShare(row["body_id"], names.get(row["body_id"], ""), row["kept"], row["broken"], row["open"])
        for row in rows
    ]
    return sorted(found, key=lambda one: (-(one.kept + one.broken + one.open), one.body_id))


def _those(actor: Actor, wanted: PromiseFilter) -> QuerySet[Promise]:
    rows: QuerySet[Promise] = theirs(Promise, actor, Permission.CASE_READ, wanted.area).filter(
        state=wanted.state
    )
    if wanted.body_id is not None:
        rows = rows.filter(body_id=wanted.body_id)
    return rows.filter(kind=wanted.kind) if wanted.kind else rows


def _words(district: int, rows: Sequence[Promise]) -> dict[int, str]:
    found: dict[int, str] = {}
    for kind in PromiseKind:
        of_kind = [row for row in rows if row.kind == kind]
        said = said_with(district, [(row.case_id, row.made_seq) for row in of_kind], kind.said_as)
        found |= {row.id: said.get((row.case_id, row.made_seq), "") for row in of_kind}
    return found


def _place(cursor: str) -> tuple[datetime, int]:
    until, _tilde, number = cursor.partition("~")
    try:
        at = datetime.fromisoformat(until)
        if at.utcoffset() is None or not (number.isascii() and number.isdigit() and len(number) < 19):
            raise ValueError
    except ValueError as error:
        raise Invalid("翻页位置无效，请回到第一页。", fields={"after": "翻页位置无效。"}) from error
    return at, int(number)
