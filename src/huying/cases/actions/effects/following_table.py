"""What the column ``orders`` of a row says for orders as a whole."""

from collections.abc import Iterable

from huying.cases.actions.effects.calling import end_calls
from huying.cases.actions.effects.context import Doing
from huying.cases.actions.effects.promising import end_parts, end_promises_of_gone, lapse_promises
from huying.cases.lifecycle import CLOSED_STATES, OrderRole, Orders, OrderState
from huying.cases.models import Order
from huying.kernel.errors import Conflict


def follow_table(doing: Doing) -> None:
    """End, take back or open again what the row says; a case that ends takes its call and its parts with it."""
    matter = doing.matter
    match doing.step.orders:
        case Orders.RECALL:
            ends = doing.step.target in CLOSED_STATES
            _end(doing, matter.active_orders if ends else matter.handling_orders, OrderState.RECALLED)
            matter.case.body_id = None
        case Orders.END:
            _end(doing, matter.active_orders, OrderState.ENDED)
        case Orders.END_CALL:
            called = [order for order in matter.active_orders if order.role == OrderRole.CALLED]
            _end(doing, called, OrderState.ENDED)
            end_calls(doing)
        case Orders.REWORK:
            _rework(doing)
        case _:
            pass
    if doing.step.target in CLOSED_STATES:
        end_calls(doing)
        end_parts(doing)
    if doing.step.orders is Orders.RECALL and doing.step.target in CLOSED_STATES:
        lapse_promises(doing)
    elif doing.step.orders in {Orders.RECALL, Orders.PASS_ON}:
        end_promises_of_gone(doing)


def _end(doing: Doing, orders: Iterable[Order], state: OrderState) -> None:
    for order in orders:
        order.state, order.ended_at = state.value, doing.work.now
        doing.work.change(order)


def _rework(doing: Doing) -> None:
    lead = doing.matter.lead
    if lead is None:
        raise Conflict("没有主办单位，不能返工。")
    lead.state, lead.reported_at, lead.reported_by = OrderState.SIGNED.value, None, None
    doing.work.change(lead)
    doing.order = lead
    doing.matter.case.reworks += 1
