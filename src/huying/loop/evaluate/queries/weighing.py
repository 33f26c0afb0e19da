"""Cases as the plans look at them: the facts of each, with the risks that speak for asking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Sum

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.queries.verdicts import Weighed, ended_between, weighed
from huying.kernel.errors import Denied
from huying.loop.evaluate.models import Asking
from huying.loop.evaluate.queries.visiting import visitor_of
from huying.loop.evaluate.rules.plans import AskWay, CaseFacts, Plan, choose
from huying.loop.evaluate.rules.risk import Risk, is_weak

_LATELY: Final = timedelta(days=30)
_URGENT_FROM: Final = 2
_MOST: Final = 10_000


def facts_of(
    district: int, answered: Mapping[int, bool], now: datetime
) -> Mapping[int, tuple[Weighed, CaseFacts]]:
    """Case (answered at once or not) → what is known of it and how a plan sees it; two queries."""
    cases = weighed(district, sorted(answered), now)
    weak = _weak_bodies(district, {one.body_id for one in cases.values()} - {None}, now)
    return {
        case_id: (
            case,
            CaseFacts(case.channel, case.item, case.kind, case.level, answered[case_id], _risks(case, weak)),
        )
        for case_id, case in cases.items()
    }


def _risks(case: Weighed, weak: frozenset[int]) -> frozenset[Risk]:
    told = {
        Risk.UNHAPPY: case.unhappy > 0,
        Risk.REWORKED: case.reworks > 0,
        Risk.REPEATED: case.repeated,
        Risk.OVERDUE: case.overdue,
        Risk.SUPERVISED: case.supervised,
        Risk.DISPUTED: case.disputed,
        Risk.PROMISED: case.promised,
        Risk.URGENT: case.urgency >= _URGENT_FROM,
        Risk.WEAK_BODY: case.body_id in weak,
    }
    return frozenset(risk for risk, there in told.items() if there)


def _weak_bodies(district: int, bodies: set[int | None], now: datetime) -> frozenset[int]:
    """Those whose callers, heard in the last 30 days, said too often that nothing was solved."""
    if not bodies:
        return frozenset()
    rows = (
        Asking.objects.filter(
            district=district, body_id__in=bodies, chosen_at__gt=now - _LATELY, chosen_at__lte=now
        )
        .values("body_id")
        .annotate(heard=Sum("valid"), fine=Sum("solved"))
    )
    return frozenset(row["body_id"] or 0 for row in rows if is_weak(row["heard"], row["heard"] - row["fine"]))


@dataclass(frozen=True, slots=True)
class Forecast:
    """What plans would have asked in 30 days: by plan and by its first way, and the ``ended`` cases they chose from."""

    ended: int
    chosen: int
    by_way: Mapping[AskWay, int]
    by_plan: Mapping[str, tuple[int, int]]
    cut: bool


def forecast_for(actor: Actor, plans: Sequence[Plan], now: datetime) -> Forecast:
    """Let the plans choose among what ended in the last 30 days. ``by_plan``: code → (fit, chosen). Raises Denied."""
    if not actor.may_everywhere(Permission.CATALOGUE_EDIT):
        raise Denied
    ended = dict(ended_between(actor.district, now - _LATELY, now, _MOST))
    by_way = dict.fromkeys(AskWay, 0)
    by_plan = {one.code: (0, 0) for one in plans}
    for case_id, (case, facts) in facts_of(actor.district, ended, now).items():
        choice = choose(plans, actor.district, case_id, facts)
        if choice is None:
            continue
        fit, chosen = by_plan[choice.plan.code]
        by_plan[choice.plan.code] = (fit + 1, chosen + choice.chosen)
        if choice.chosen:
            by_way[way_to_begin(actor.district, choice.plan, case, now)[1]] += 1
    total = sum(chosen for _fit, chosen in by_plan.values())
    return Forecast(len(ended), total, by_way, by_plan, len(ended) >= _MOST)


def first_way(
    district: int, plan: Plan, case: Weighed, now: datetime, start: int = 0
) -> tuple[int, AskWay, int | None] | None:
    """(step, way, who visits) from a step of the plan on; a visit that nobody outside the work can make is passed over.

    None where no way is left.
    """
    for step in range(start, len(plan.ways)):
        way = plan.ways[step]
        visitor = visitor_of(district, case.area, case.worked, now) if way is AskWay.COMMUNITY else None
        if way is not AskWay.COMMUNITY or visitor is not None:
            return step, way, visitor
    return None


def way_to_begin(district: int, plan: Plan, case: Weighed, now: datetime) -> tuple[int, AskWay, int | None]:
    """The first way that can be gone; where there is none, a seat calls."""
    return first_way(district, plan, case, now) or (len(plan.ways) - 1, AskWay.SEAT, None)
