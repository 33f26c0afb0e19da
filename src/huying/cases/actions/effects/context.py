"""All that an effect works with."""

from dataclasses import dataclass, field
from typing import Any

from huying.cases.actions.work import Work
from huying.cases.lifecycle import Step
from huying.cases.models import Matter, Order
from huying.cases.policy.moves import Move


@dataclass(slots=True)
class Doing:
    """One step under way. Effects change the matter and note in ``moved`` what the entry should say of it."""

    work: Work
    matter: Matter
    step: Step
    move: Move
    facts: dict[str, Any]
    order: Order | None
    moved: dict[str, Any] = field(default_factory=dict)
    fresh: list[Order] = field(default_factory=list)

    @property
    def account_id(self) -> int | None:
        return self.move.by.account_id
