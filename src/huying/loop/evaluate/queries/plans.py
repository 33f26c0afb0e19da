"""The follow-up plans of a district: those that hold, their editions, and any edition as it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.kernel.errors import Denied
from huying.loop.evaluate.models import PlanEdition
from huying.loop.evaluate.queries.rule import rule_of
from huying.loop.evaluate.rules.plans import Plan, plan_of, platform_plans


@dataclass(frozen=True, slots=True)
class Edition:
    """The plans of a district in order. ``number`` 0 is the platform's, which nobody made."""

    number: int
    plans: Sequence[Plan]
    made_at: datetime | None = None
    made_by: int | None = None


def edition_of(district: int) -> Edition:
    """The plans that hold now: the district's last edition, else the platform's."""
    row = PlanEdition.objects.filter(district=district).order_by("-number").first()
    return _edition(row) if row else Edition(0, platform_plans(rule_of(district)))


def editions_for(actor: Actor, limit: int = 30) -> Sequence[Edition]:
    """The district's own editions, newest first. Raises Denied."""
    if not actor.may(Permission.CATALOGUE_EDIT):
        raise Denied
    rows = PlanEdition.objects.filter(district=actor.district).order_by("-number")
    return [_edition(row) for row in rows[:limit]]


def plans_ever(district: int) -> Mapping[tuple[int, str], Plan]:
    """(edition, code) → the plan as it was then."""
    found = {(0, one.code): one for one in platform_plans(rule_of(district))}
    for row in PlanEdition.objects.filter(district=district).order_by("number"):
        found |= {(row.number, one["code"]): plan_of(one) for one in row.plans}
    return found


def _edition(row: PlanEdition) -> Edition:
    return Edition(row.number, [plan_of(one) for one in row.plans], row.made_at, row.made_by)
