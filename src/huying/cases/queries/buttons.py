"""Which steps an actor may take on a case now: the buttons of its page and the verbs of the API."""

from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor, ActorKind
from huying.cases.lifecycle import (
    FACTS,
    TABLE,
    Fact,
    Guard,
    OrderState,
    Outcome,
    Part,
    State,
    Step,
    Verb,
    steps_from,
)
from huying.cases.models import Matter, Order
from huying.cases.policy import may
from huying.cases.policy.asked import Asked
from huying.cases.policy.guards import passes
from huying.cases.policy.moves import Move, part_of

_NOT_PRESSED = frozenset({Verb.RECEIVE, Verb.SPLIT_OFF, Verb.ABSORB, Verb.ARCHIVE, Verb.WARN, Verb.ERASE})
# Guards that look at what is going to be given cannot be asked before it is.
_ASKED_LATER = frozenset({Guard.ONE_SUSPENSION})


@dataclass(frozen=True, slots=True)
class Button:
    """One step that may be taken now, with the order on which it is taken."""

    verb: Verb
    outcome: Outcome | None
    part: Part
    order_id: int | None
    asks: tuple[Fact, ...]
    takes: tuple[Fact, ...]

    @property
    def zh(self) -> str:
        return f"{self.verb.zh}：{self.outcome.zh}" if self.outcome else self.verb.zh


def buttons_for(actor: Actor, matter: Matter, now: datetime) -> list[Button]:
    """Every row of the table that starts here, that the actor may take, and whose guards hold."""
    found: list[Button] = []
    if matter.case.erased_at is not None:
        return found
    for step in steps_from(TABLE, State(matter.case.state)):
        if step.verb in _NOT_PRESSED or actor.kind is ActorKind.SYSTEM:
            continue
        if step.part is Part.CASE:
            orders: list[Order | None] = [None]
        else:
            orders = [order for order in _own(actor, matter, step) if part_of(order) is step.part]
        found += [_button(step, order) for order in orders if _open(actor, matter, step, order, now)]
    return found


def _own(actor: Actor, matter: Matter, step: Step) -> list[Order]:
    if step.verb is Verb.RULE:
        return matter.active_orders
    if step.verb is Verb.RATE_CALL:
        return [order for order in matter.orders if order.role == "called"]
    if step.verb is Verb.RATE_CALLER:
        return [
            order for order in matter.orders if order.role == "called" and order.body_id in actor.body_ids
        ]
    return [order for order in matter.active_orders if order.body_id in actor.body_ids]


def _open(actor: Actor, matter: Matter, step: Step, order: Order | None, now: datetime) -> bool:
    on_order = order if step.verb not in {Verb.RULE, Verb.RATE_CALL} else None
    if not may(
        actor,
        step.permission,
        matter.case,
        orders=matter.orders,
        order=on_order,
        appeals=matter.active_appeals,
    ):
        return False
    if order is not None and not _fits_order(step, order, matter):
        return False
    move = Move(case=(matter.case.district, matter.case.id), verb=step.verb, by=actor, outcome=step.outcome)
    asked = Asked(matter, move, {}, order, now)
    return all(passes(asked, guard) for guard in step.guards if guard not in _ASKED_LATER)


def _fits_order(step: Step, order: Order, matter: Matter) -> bool:
    match step.verb:
        case Verb.SIGN | Verb.ANSWER_CALL:
            return order.state == OrderState.SENT
        case Verb.REPORT | Verb.ASK_EXTENSION | Verb.CONTACT:
            return order.state == OrderState.SIGNED
        case Verb.ARRIVE:
            return any(row.id == order.id and row.arrived_at is None for row in matter.called)
        case Verb.RULE:
            return any(row.order_id == order.id for row in matter.disputes if row.state == "open")
        case _:
            return True


def _button(step: Step, order: Order | None) -> Button:
    return Button(
        verb=step.verb,
        outcome=step.outcome,
        part=step.part,
        order_id=order.id if order else None,
        asks=tuple(FACTS[name] for name in step.asks),
        takes=tuple(FACTS[name] for name in step.takes),
    )
