"""The lists of those who ask callers: what waits, what plans want of seats and of communities, direct answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import orjson
from django.db.models import Q, QuerySet

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.lifecycle import State
from huying.cases.queries.desks.beside import narrowed
from huying.cases.queries.heard import HeardAppeal, heard
from huying.cases.queries.lists.queue import PAGE, CaseFilter, CaseLine, lines_of, queue_for
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.loop.evaluate.models import Asking
from huying.loop.evaluate.queries.lending import lent_of, visits_of
from huying.loop.evaluate.queries.plans import plans_ever
from huying.loop.evaluate.rules.plans import Ask, AskWay, Plan
from huying.loop.evaluate.rules.risk import Risk


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan wants of one case: by which way, until when, how often it was tried so, and why it was chosen.

    ``chance`` in percent; ``most`` attempts by this way, 0 where the days alone count. ``visitor``: who goes there.
    """

    plan: str
    ask: Ask
    way: AskWay
    due_at: datetime
    tries: int
    most: int
    chance: int
    risks: Sequence[Risk]
    visitor: int | None
    step: int
    steps: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One case to ask about: its line, its callers with whether they were reached and how often tried, and its plan."""

    line: CaseLine
    appeals: Sequence[HeardAppeal]
    sampled: bool = False
    planned: Planned | None = None


@dataclass(frozen=True, slots=True)
class FollowUpPage:
    """A page of the list, and the cursor of the next; "" at the end."""

    cases: Sequence[FollowUp]
    after: str = ""


def due_follow_ups_for(
    actor: Actor, now: datetime, after: str = "", limit: int = PAGE, wanted: CaseFilter | None = None
) -> FollowUpPage:
    """Checked cases whose callers are to be asked, most urgent first. Raises Denied; Invalid for a cursor."""
    _must_follow_up(actor)
    asked = replace(wanted or CaseFilter(), states=frozenset({State.CHECKED}), closed=False)
    page = queue_for(actor, asked, now, after, limit)
    ids = [line.id for line in page.lines]
    known, rows = heard(actor.district, ids), _open(actor.district).filter(case_id__in=ids)
    planned = planned_of(actor.district, rows)
    cases = [
        FollowUp(line, known[line.id].appeals if line.id in known else (), planned=planned.get(line.id))
        for line in page.lines
    ]
    return FollowUpPage(cases, page.after)


def planned_for(
    actor: Actor,
    way: AskWay,
    now: datetime,
    after: str = "",
    limit: int = PAGE,
    wanted: CaseFilter | None = None,
) -> FollowUpPage:
    """What plans ask by this way now, first due first. Raises Denied; Invalid for a cursor."""
    _must_follow_up(actor)
    rows = _open(actor.district).filter(way=way.value)
    return _page(actor, rows, "due_at", now, after, limit, wanted)


def samples_for(
    actor: Actor, now: datetime, after: str = "", limit: int = PAGE, wanted: CaseFilter | None = None
) -> FollowUpPage:
    """Direct answers chosen and not asked about yet, oldest first. Raises Denied; Invalid for a cursor."""
    _must_follow_up(actor)
    # What was answered at once is closed.
    asked = replace(wanted or CaseFilter(), states=frozenset(), closed=True)
    return _page(actor, _open(actor.district).filter(answered=True), "chosen_at", now, after, limit, asked)


def visits_for(
    actor: Actor, now: datetime, after: str = "", limit: int = PAGE, wanted: CaseFilter | None = None
) -> FollowUpPage:
    """What plans want the actor's own community or street to visit, first due first. Raises Denied; Invalid."""
    return _page(actor, visits_of(actor, now), "due_at", now, after, limit, wanted, lent=True)


def planned_visit(actor: Actor, case_id: int, now: datetime) -> Planned:
    """What the plan wants of one case that the actor's unit is to visit. Raises Denied, NotFound."""
    row = visits_of(actor, now).filter(case_id=case_id).order_by("-seq").first()
    if row is None:
        raise NotFound
    return planned_of(actor.district, [row])[case_id]


def _page(
    actor: Actor, rows: QuerySet[Asking], order: str, now: datetime, after: str, limit: int,
    wanted: CaseFilter | None, *, lent: bool = False,
) -> FollowUpPage:  # fmt: skip
    if wanted is not None:
        rows = _narrowed(rows, actor.district, wanted, now)
    if after:
        rows = rows.filter(_further(after, order))
    found = list(rows.order_by(order, "case_id", "seq")[: limit + 1])
    shown = found[:limit]
    reader = lent_of(actor, shown) if lent else actor
    lines = lines_of(reader, [row.case_id for row in shown], now)
    known, planned = heard(actor.district, [line.id for line in lines]), planned_of(actor.district, shown)
    cases = [
        FollowUp(line, known[line.id].appeals, planned[line.id].ask is Ask.SAMPLE, planned[line.id])
        for line in lines
        if line.id in known
    ]
    last = shown[-1] if len(found) > limit else None
    return FollowUpPage(cases, _cursor(last, order) if last else "")


def _narrowed(rows: QuerySet[Asking], district: int, wanted: CaseFilter, now: datetime) -> QuerySet[Asking]:
    """As the filter says, of open cases and of closed ones: a plan may ask about both."""
    if wanted.closed:
        return narrowed(rows, district, wanted, now)
    asked = replace(wanted, closed=False)
    if asked == CaseFilter():
        return rows
    ids = [
        narrowed(rows, district, replace(asked, closed=closed), now).values("case_id")
        for closed in (False, True)
    ]
    return rows.filter(Q(case_id__in=ids[0]) | Q(case_id__in=ids[1]))


def planned_of(district: int, rows: QuerySet[Asking] | Sequence[Asking]) -> Mapping[int, Planned]:
    """Case → what its plan wants, for these rows."""
    found = list(rows)
    plans = plans_ever(district) if found else {}
    return {row.case_id: planned_as(row, plans.get((row.edition, row.plan))) for row in found}


def planned_as(row: Asking, plan: Plan | None) -> Planned:
    """One row as its plan wants it; of a plan that is not known any more what the row says."""
    return Planned(
        plan.name if plan else row.plan, plan.ask if plan else Ask.ALL, AskWay(row.way), row.due_at, row.tries,
        plan.tries if plan else 0, row.chance, [Risk(one) for one in row.risks if one in set(Risk)], row.visit_body,
        row.step, len(plan.ways) if plan else 1,
    )  # fmt: skip


def _open(district: int) -> QuerySet[Asking]:
    return Asking.objects.filter(district=district, done_at__isnull=True)


def _cursor(row: Asking, order: str) -> str:
    return orjson.dumps([getattr(row, order).isoformat(), row.case_id]).hex()


def _further(after: str, order: str) -> Q:
    try:
        moment, case_id = orjson.loads(bytes.fromhex(after))
        at, number = datetime.fromisoformat(moment), int(case_id)
    except (ValueError, TypeError) as error:
        raise Invalid("翻页位置无效，请回到第一页。", fields={"after": "翻页位置无效。"}) from error
    given: Any = {f"{order}__gt": at}
    return Q(**given) | Q(**{order: at}, case_id__gt=number)


def _must_follow_up(actor: Actor) -> None:
    if not actor.may(Permission.CASE_FOLLOW_UP):
        raise Denied
