"""The list of those who call callers back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import orjson
from django.db.models import Q

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.lifecycle import State
from huying.cases.queries.desks.beside import narrowed
from huying.cases.queries.heard import HeardAppeal, heard
from huying.cases.queries.lists.queue import PAGE, CaseFilter, CaseLine, lines_of, queue_for
from huying.kernel.errors import Denied, Invalid
from huying.loop.evaluate.models import Sample


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One case to ask about: its line, and its callers with whether they were reached and how often tried."""

    line: CaseLine
    appeals: Sequence[HeardAppeal]
    sampled: bool = False


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
    known = heard(actor.district, [line.id for line in page.lines])
    cases = [FollowUp(line, known[line.id].appeals if line.id in known else ()) for line in page.lines]
    return FollowUpPage(cases, page.after)


def samples_for(
    actor: Actor, now: datetime, after: str = "", limit: int = PAGE, wanted: CaseFilter | None = None
) -> FollowUpPage:
    """Direct answers chosen by lot and not asked about yet, oldest first. Raises Denied; Invalid for a cursor."""
    _must_follow_up(actor)
    # What was answered at once is closed.
    asked = replace(wanted or CaseFilter(), states=frozenset(), closed=True)
    rows = narrowed(
        Sample.objects.filter(district=actor.district, done_at__isnull=True), actor.district, asked, now
    )
    if after:
        rows = rows.filter(_further(after))
    found = list(rows.order_by("chosen_at", "case_id").values_list("chosen_at", "case_id")[: limit + 1])
    shown = found[:limit]
    lines = lines_of(actor, [case_id for _, case_id in shown], now)
    known = heard(actor.district, [line.id for line in lines])
    cases = [FollowUp(line, known[line.id].appeals, sampled=True) for line in lines if line.id in known]
    more = len(found) > limit
    return FollowUpPage(cases, orjson.dumps([shown[-1][0].isoformat(), shown[-1][1]]).hex() if more else "")


def _further(after: str) -> Q:
    try:
        chosen, case_id = orjson.loads(bytes.fromhex(after))
        at, number = datetime.fromisoformat(chosen), int(case_id)
    except (ValueError, TypeError) as error:
        raise Invalid("翻页位置无效，请回到第一页。", fields={"after": "翻页位置无效。"}) from error
    return Q(chosen_at__gt=at) | Q(chosen_at=at, case_id__gt=number)


def _must_follow_up(actor: Actor) -> None:
    if not actor.may(Permission.CASE_FOLLOW_UP):
        raise Denied
