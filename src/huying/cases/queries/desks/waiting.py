"""What waits for a decision of a person: disputes to rule, applications for time, as far as the actor may decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.models import Case, Delay, DelayKind, DelayState, Dispute, Statement
from huying.cases.policy import visible_to
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.people.queries import account_names, bodies

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


def disputes_for(actor: Actor, now: datetime, after: int = 0, limit: int = PAGE) -> list[DisputeLine]:
    """The open disputes the actor may rule, longest waiting first, above id ``after``."""
    rows = _theirs(Dispute, actor, Permission.DISPUTE_RULE).filter(state="open", id__gt=after)
    found = list(rows.order_by("id")[:limit])
    lines = {line.id: line for line in lines_of(actor, [row.case_id for row in found], now)}
    said = _said(actor.district, [(row.case_id, row.raised_seq) for row in found], "grounds")
    names = _bodies(actor.district, now)
    return [
        DisputeLine(
            id=row.id, line=lines[row.case_id], body_id=row.body_id, body=names.get(row.body_id, ""),
            proposed_id=row.proposed_body_id, proposed=names.get(row.proposed_body_id or 0, ""),
            raised_at=row.raised_at, grounds=said.get((row.case_id, row.raised_seq), ""),
        )
        for row in found
        if row.case_id in lines
    ]  # fmt: skip


def delays_for(actor: Actor, now: datetime, after: int = 0, limit: int = PAGE) -> list[DelayLine]:
    """The applications the actor may pass on or decide, longest waiting first, above id ``after``."""
    first = _theirs(Delay, actor, Permission.DELAY_RECOMMEND).filter(state=DelayState.ASKED, id__gt=after)
    second = _theirs(Delay, actor, Permission.DELAY_APPROVE).filter(
        state=DelayState.RECOMMENDED, id__gt=after
    )
    both = [*first.order_by("id")[:limit], *second.order_by("id")[:limit]]
    found = sorted(both, key=lambda row: row.id)[:limit]
    lines = {line.id: line for line in lines_of(actor, [row.case_id for row in found], now)}
    said = _said(actor.district, [(row.case_id, row.asked_seq) for row in found], "reason")
    names = _bodies(actor.district, now)
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
    delays = _theirs(Delay, actor, Permission.DELAY_RECOMMEND).filter(state=DelayState.ASKED).count()
    delays += _theirs(Delay, actor, Permission.DELAY_APPROVE).filter(state=DelayState.RECOMMENDED).count()
    disputes = _theirs(Dispute, actor, Permission.DISPUTE_RULE).filter(state="open").count()
    return {"disputes": disputes, "delays": delays}


def _theirs(model: Any, actor: Actor, permission: Permission) -> QuerySet[Any]:
    """Rows of cases on which the actor holds the permission."""
    cases = Case.objects.filter(
        visible_to(actor, permission), district=OuterRef("district"), id=OuterRef("case_id")
    )
    rows: QuerySet[Any] = model.objects.filter(Exists(cases), district=actor.district)
    return rows if actor.may(permission) else rows.none()


def _said(district: int, entries: Sequence[tuple[int, int]], name: str) -> dict[tuple[int, int], str]:
    """(case, entry) → the text of this name said with it; erased ones are left out."""
    if not entries:
        return {}
    of = Q(case_id__in=[case for case, _seq in entries], seq__in=[seq for _case, seq in entries])
    rows = Statement.objects.filter(of, district=district, name=name)
    wanted = set(entries)
    return {(row.case_id, row.seq): row.text for row in rows if (row.case_id, row.seq) in wanted}


def _bodies(district: int, now: datetime) -> dict[int, str]:
    return {body.id: body.short_name or body.name for body in bodies(district, now)}
