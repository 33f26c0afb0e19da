"""Orders: sent, signed for, reported, passed on, recalled (R302)."""

from huying.access.actor import ActorKind
from huying.cases.actions import rows
from huying.cases.actions.effects.context import Doing
from huying.cases.actions.effects.promising import promise
from huying.cases.actions.timekeeping import start_clocks
from huying.cases.lifecycle import ClockKind, OrderRole, OrderState
from huying.cases.models import Order
from huying.cases.queries.settings.timing import timing_of
from huying.cases.rules.replies import reply_faults
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import together
from huying.people.queries import body

_ASSIST_CLOCKS = frozenset({ClockKind.SIGN, ClockKind.HANDLE})


def new_order(doing: Doing, body_id: int, role: OrderRole, parent: int | None = None) -> Order:
    """Give the case to a body; Invalid where the district has no such body."""
    case = doing.matter.case
    try:
        body(case.district, body_id)
    except NotFound:
        raise Invalid(fields={"body": "本区没有这个单位。"}) from None
    order = rows.made(
        Order, district=case.district, id=rows.new_ids(1)[0], case_id=case.id, body_id=body_id, parent_id=parent,
        role=role.value, state=OrderState.SENT.value, opened_at=case.opened_at, sent_at=doing.work.now,
    )  # fmt: skip
    doing.matter.orders.append(order)
    doing.work.add(order)
    doing.fresh.append(order)
    return order


def send(doing: Doing) -> None:
    """One lead and any assisting bodies; each has its own clocks from this moment, signed for or not."""
    lead = new_order(doing, doing.facts["body"], OrderRole.LEAD)
    doing.order = lead
    doing.matter.case.body_id = lead.body_id
    for body_id in doing.facts.get("assists", []):
        if body_id != lead.body_id:
            assist(doing, body_id, lead.id)


def assist(doing: Doing, body_id: int, parent: int | None) -> None:
    order = new_order(doing, body_id, OrderRole.ASSIST, parent)
    doing.moved.setdefault("started", []).extend(
        start_clocks(doing.work, doing.matter, _ASSIST_CLOCKS, order)
    )


def add(doing: Doing) -> None:
    """A further assisting body; one that is on the case already cannot be added again."""
    if any(order.body_id == doing.facts["body"] for order in doing.matter.handling_orders):
        raise Conflict("这个单位已经在办这件案件。")
    lead = doing.matter.lead
    assist(doing, doing.facts["body"], lead.id if lead else None)


def sign(doing: Doing) -> None:
    order = _at_hand(doing)
    if order.state != OrderState.SENT:
        raise Conflict("这张工单已经签收。")
    order.state, order.signed_at, order.signed_by = OrderState.SIGNED.value, doing.work.now, doing.account_id
    doing.work.change(order)


def contact(doing: Doing) -> None:
    order = _at_hand(doing)
    if doing.facts["reached"] and order.contacted_at is None:
        order.contacted_at = doing.facts.get("contacted_at") or doing.work.now
        if order.contacted_at > doing.work.now:
            raise Invalid(fields={"contacted_at": "联系时间不能晚于现在。"})
        doing.work.change(order)


def report(doing: Doing) -> None:
    order = _at_hand(doing)
    if order.state != OrderState.SIGNED:
        raise Conflict("请先签收，再反馈办结。")
    if not doing.facts["solved"] and not doing.facts.get("unsolved_reason"):
        raise Invalid(fields={"unsolved_reason": "没有解决的，请写明原因。"})
    if doing.facts.get("promise"):
        promise(doing)
    elif any(name in doing.facts for name in ("promise_until", "season", "proviso")):
        raise Invalid(fields={"promise": "请写明承诺做什么。"})
    if doing.facts.get("reply"):
        check_reply(doing, solved=doing.facts["solved"])
    order.state, order.reported_at, order.reported_by = (
        OrderState.REPORTED.value,
        doing.work.now,
        doing.account_id,
    )
    doing.work.change(order)


def check_reply(doing: Doing, *, solved: bool) -> None:
    """Refuse a public reply that does not say what it must; what the system replies has been said by a rule."""
    if doing.move.by.kind is ActorKind.SYSTEM:
        return
    parts = timing_of(doing.matter.case.district).reply_parts
    faults = reply_faults(doing.facts["reply"], solved=solved, parts=parts)
    if faults:
        raise Invalid(fields={"reply": together(faults)})


def recall(doing: Doing, order: Order) -> None:
    """Take one order back."""
    order.state, order.ended_at = OrderState.RECALLED.value, doing.work.now
    doing.work.change(order)


def _at_hand(doing: Doing) -> Order:
    if doing.order is None:
        raise Conflict("本单位在这件案件上没有工单。")
    return doing.order
