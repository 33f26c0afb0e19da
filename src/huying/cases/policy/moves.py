"""What is asked of the heart: one step on one case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huying.access.actor import Actor
from huying.cases.lifecycle import Outcome, Part, Verb
from huying.cases.models import Order

CaseRef = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step to be taken.

    ``case`` is (district, id). ``expected`` is the version (length of the chain) that the actor saw; when
    somebody acted since, StaleVersion is raised. ``key`` makes the step idempotent: taken twice, it happens
    once. ``order_id`` names the order meant where the actor's body does not tell.
    """

    case: CaseRef
    verb: Verb
    by: Actor
    outcome: Outcome | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    order_id: int | None = None
    expected: int | None = None
    key: str | None = None


def part_of(order: Order | None) -> Part:
    """On which part a step on this order is taken; without an order, the lead's is meant."""
    return Part(order.role) if order is not None else Part.LEAD
