"""Applications that something not be counted: as a list, on a case, and what may still be asked of a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Q, QuerySet

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.figures.models import Exemption, FactCase
from huying.figures.policy import speaks_for
from huying.figures.queries.boards.closed import closed_on
from huying.figures.rules.exempting import Decision, Ground, offered
from huying.figures.rules.measures import Measure
from huying.kernel.errors import NotFound
from huying.loop.supervise.queries.scopes import Scope, scope_for
from huying.people.queries import body

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class ExemptionInfo:
    """One application; ``measure`` None is the whole case. ``line`` is the case as it stands, None for who may not read
    it. ``facts`` says how many counted facts were left out."""

    id: int
    case_id: int
    line: CaseLine | None
    body_id: int
    body_name: str
    measure: Measure | None
    day: date
    ground: Ground
    words: str
    asked_at: datetime
    asked_name: str
    state: Decision
    decided_at: datetime | None
    decided_name: str
    reason: str
    facts: int
    own: bool
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed by."""

    state: Decision | None = None
    body_id: int | None = None
    ground: Ground | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What a body may still ask about a case: single facts, and the whole case once it is closed."""

    body_id: int
    body_name: str
    measures: Sequence[Measure]
    whole: bool


def exemptions_for(
    actor: Actor, wanted: Wanted, now: datetime, before: int | None = None, limit: int = PAGE
) -> list[ExemptionInfo]:
    """Applications within the actor's posts, newest first, below the number ``before``. Raises Denied."""
    rows = _narrowed(_within(scope_for(actor)), wanted)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-id")[:limit])
    lines = {line.id: line for line in lines_of(actor, sorted({row.case_id for row in found}), now)}
    return [_info(row, lines.get(row.case_id), actor) for row in found]


def exemption_for(actor: Actor, number: int, now: datetime) -> ExemptionInfo:
    """One application, with whether its period is closed. Raises Denied; NotFound."""
    row = _within(scope_for(actor)).filter(pk=number).first()
    if row is None:
        raise NotFound
    line = next(iter(lines_of(actor, [row.case_id], now)), None)
    return _info(row, line, actor, frozen=closed_on(row.district, row.day))


def exemptions_of_case(actor: Actor, case_id: int) -> list[ExemptionInfo]:
    """The applications about a case that the actor sees already, oldest first; none for who reads no figures."""
    if not actor.may(Permission.FIGURE_READ):
        return []
    rows = Exemption.objects.filter(district=actor.district, case_id=case_id)
    return [_info(row, None, actor) for row in rows.order_by("id")]


def offers_for(actor: Actor, case_id: int) -> list[Offer]:
    """For each of the actor's own bodies what may still be asked about a case they see; one query or two."""
    if not actor.may(Permission.EXEMPTION_ASK):
        return []
    rows = FactCase.objects.filter(district=actor.district, case_id=case_id, exempt_at__isnull=True).exclude(
        body_id=0
    )
    by_body: dict[int, list[FactCase]] = {}
    for row in rows:
        by_body.setdefault(row.body_id, []).append(row)
    asked = set(
        Exemption.objects.filter(district=actor.district, case_id=case_id).values_list("body_id", "measure")
    )
    offers = []
    for body_id, facts in sorted(by_body.items()):
        try:
            info = body(actor.district, body_id)
        except NotFound:
            continue
        if not speaks_for(actor, info):
            continue
        measures = [one for one in offered(facts) if (body_id, one.value) not in asked]
        whole = any(one.measure == Measure.CLOSED for one in facts) and (body_id, "") not in asked
        if measures or whole:
            offers.append(Offer(body_id, info.short_name or info.name, measures, whole))
    return offers


def waiting_exemptions(actor: Actor) -> int:
    """How many wait to be decided within the actor's posts."""
    return _within(scope_for(actor)).filter(state=Decision.OPEN.value).count()


def _within(scope: Scope) -> QuerySet[Exemption]:
    rows = Exemption.objects.filter(district=scope.district)
    if scope.body_id is not None:
        return rows.filter(body_id=scope.body_id)
    return rows.filter(area__startswith=scope.area) if len(scope.area) > 6 else rows


def _narrowed(rows: QuerySet[Exemption], wanted: Wanted) -> QuerySet[Exemption]:
    told: Mapping[str, object] = {
        "state": wanted.state, "body_id": wanted.body_id, "ground": wanted.ground, "day__gte": wanted.since,
        "day__lte": wanted.until,
    }  # fmt: skip
    return rows.filter(Q(**{name: value for name, value in told.items() if value is not None}))


def _info(row: Exemption, line: CaseLine | None, actor: Actor, frozen: bool = False) -> ExemptionInfo:
    try:
        info = body(row.district, row.body_id)
        name = info.short_name or info.name
    except NotFound:
        name = str(row.body_id)
    return ExemptionInfo(
        row.pk, row.case_id, line, row.body_id, name, Measure(row.measure) if row.measure else None, row.day,
        Ground(row.ground), row.words, row.asked_at, row.asked_name, Decision(row.state), row.decided_at,
        row.decided_name, row.reason, sum(1 for one in row.facts if not one[3]),
        row.asked_by is not None and row.asked_by == actor.account_id, frozen,
    )  # fmt: skip
