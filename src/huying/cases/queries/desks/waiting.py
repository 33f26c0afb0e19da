"""What waits for a decision of a person: disputes to rule, applications for time, as far as the actor may decide."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.models import Delay, DelayKind, DelayState, Dispute
from huying.cases.queries.desks.beside import narrowed, said_with, theirs
from huying.cases.queries.lists.filtering import CaseFilter
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.people.queries import account_names, unit_names

__all__ = [
    "PAGE",
    "DelayKind",
    "DelayLine",
    "DelayState",
    "DisputeLine",
    "WaitingFilter",
    "counts_for",
    "delays_for",
    "disputes_for",
]

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """A body's objection. ``proposed`` is whom it names instead, "" for nobody."""

    id: int
    line: CaseLine
    body_id: int
    body: str
    proposed_id: int | None
    proposed: str
    raised_at: datetime
    grounds: str


@dataclass(frozen=True, slots=True)
class DelayLine:
    """An application for more time. ``until`` is a suspension's date; ``by`` and ``first`` are people's names."""

    id: int
    line: CaseLine
    kind: DelayKind
    state: DelayState
    body: str
    asked_at: datetime
    until: datetime | None
    reason: str
    by: str
    first: str


@dataclass(frozen=True, slots=True)
class WaitingFilter:
    """What a list of what waits shows: by its case, whose ``body_id`` is here the body that asks; by sort and step."""

    case: CaseFilter = field(default_factory=CaseFilter)
    kind: DelayKind | None = None
    state: DelayState | None = None


def disputes_for(
    actor: Actor, now: datetime, after: int = 0, limit: int = PAGE, wanted: WaitingFilter | None = None
) -> list[DisputeLine]:
    """The open disputes the actor may rule, longest waiting first, above id ``after``."""
    rows = theirs(Dispute, actor, Permission.DISPUTE_RULE).filter(state="open", id__gt=after)
    found = list(_asked(rows, actor, wanted or WaitingFilter(), now).order_by("id")[:limit])
    lines = {line.id: line for line in lines_of(actor, [row.case_id for row in found], now)}
    said = said_with(actor.district, [(row.case_id, row.raised_seq) for row in found], "grounds")
    names = unit_names(actor.district)
    return [
        DisputeLine(
            id=row.id, line=lines[row.case_id], body_id=row.body_id, body=names.get(row.body_id, ""),
            proposed_id=row.proposed_body_id, proposed=names.get(row.proposed_body_id or 0, ""),
            raised_at=row.raised_at, grounds=said.get((row.case_id, row.raised_seq), ""),
        )
        for row in found
        if row.case_id in lines
    ]  # fmt: skip


def delays_for(
    actor: Actor, now: datetime, after: int = 0, limit: int = PAGE, wanted: WaitingFilter | None = None
) -> list[DelayLine]:
    """The applications the actor may pass on or decide, longest waiting first, above id ``after``."""
    asked = wanted or WaitingFilter()
    first = theirs(Delay, actor, Permission.DELAY_RECOMMEND).filter(state=DelayState.ASKED, id__gt=after)
    second = theirs(Delay, actor, Permission.DELAY_APPROVE).filter(state=DelayState.RECOMMENDED, id__gt=after)
    steps = [
        _asked(rows, actor, asked, now)
        for state, rows in ((DelayState.ASKED, first), (DelayState.RECOMMENDED, second))
        if asked.state in {None, state}
    ]
    both = [row for rows in steps for row in rows.order_by("id")[:limit]]
    found = sorted(both, key=lambda row: row.id)[:limit]
    lines = {line.id: line for line in lines_of(actor, [row.case_id for row in found], now)}
    said = said_with(actor.district, [(row.case_id, row.asked_seq) for row in found], "reason")
    names = unit_names(actor.district)
    people = account_names([who for row in found for who in (row.asked_by, row.recommended_by) if who])
    return [
        DelayLine(
            id=row.id, line=lines[row.case_id], kind=DelayKind(row.kind), state=DelayState(row.state),
            body=names.get(row.body_id, ""), asked_at=row.asked_at, until=row.until,
            reason=said.get((row.case_id, row.asked_seq), ""), by=people.get(row.asked_by or 0, ""),
            first=people.get(row.recommended_by or 0, ""),
        )
        for row in found
        if row.case_id in lines
    ]  # fmt: skip


def counts_for(actor: Actor) -> Mapping[str, int]:
    """How many disputes and applications wait for the actor; for what they may not decide, 0."""
    delays = theirs(Delay, actor, Permission.DELAY_RECOMMEND).filter(state=DelayState.ASKED).count()
    delays += theirs(Delay, actor, Permission.DELAY_APPROVE).filter(state=DelayState.RECOMMENDED).count()
    disputes = theirs(Dispute, actor, Permission.DISPUTE_RULE).filter(state="open").count()
    return {"disputes": disputes, "delays": delays}


def _asked(rows: QuerySet[Any], actor: Actor, wanted: WaitingFilter, now: datetime) -> QuerySet[Any]:
    exact = {"body_id": wanted.case.body_id, "kind": wanted.kind}
    kept = rows.filter(**{name: value for name, value in exact.items() if value})
    return narrowed(kept, actor.district, replace(wanted.case, body_id=None), now)
