"""Disputes and rulings, extensions and suspensions (R206, R304)."""

from collections.abc import Mapping

from huying.cases.actions import rows
from huying.cases.actions.effects import orders
from huying.cases.actions.effects.context import Doing
from huying.cases.actions.timekeeping import (
    extend_clock,
    resume_clocks,
    start_clocks,
    start_suspension,
    stop_clocks,
)
from huying.cases.lifecycle import ClockKind, OrderRole, Outcome
from huying.cases.models import Delay, DelayKind, DelayState, Dispute, DisputeState, Order
from huying.cases.policy.asked import open_delay, open_dispute
from huying.kernel.digest import instant
from huying.kernel.errors import Conflict

_RULED: Mapping[Outcome | None, DisputeState] = {
    Outcome.UPHELD: DisputeState.UPHELD,
    Outcome.DISMISSED: DisputeState.DISMISSED,
    Outcome.FORCED: DisputeState.FORCED,
}
_ASSIST_CLOCKS = frozenset({ClockKind.SIGN, ClockKind.HANDLE})
_ORDER_CLOCKS = _ASSIST_CLOCKS | {ClockKind.CONTACT}


def dispute(doing: Doing) -> None:
    """Note the one objection; the order stays where it is and its clocks run on."""
    if doing.order is None:
        raise Conflict("本单位在这件案件上没有工单。")
    row = Dispute(
        district=doing.matter.case.district, id=rows.new_ids(1)[0], case_id=doing.matter.case.id,
        order_id=doing.order.id, body_id=doing.order.body_id, proposed_body_id=doing.facts.get("proposed"),
        state=DisputeState.OPEN.value, raised_at=doing.work.now, raised_seq=doing.matter.case.length + 1,
    )  # fmt: skip
    doing.matter.disputes.append(row)
    doing.work.add(row)


def rule(doing: Doing) -> None:
    """Decide the open dispute; upheld, the order passes to the body that the ruling names."""
    row = open_dispute(doing.matter, doing.order)
    if row is None or doing.order is None:
        raise Conflict("没有待裁定的争议。")
    passes = doing.move.outcome is not Outcome.DISMISSED
    row.state = _RULED[doing.move.outcome].value
    row.ruled_at, row.ruled_by = doing.work.now, doing.account_id
    row.ruled_body_id = doing.facts["body"] if passes else row.body_id
    row.ruled_seq = doing.matter.case.length + 1
    doing.work.change(row)
    doing.moved["dispute"] = [row.body_id, row.ruled_body_id]
    case = doing.matter.case
    if case.condition is not None and doing.facts.get("covers") != "item":
        # As narrow as what was decided, unless the ruling says that it means the whole item.
        doing.moved["condition"] = str(case.condition)
    if passes:
        _pass_on(doing, doing.order)


def reassign(doing: Doing) -> None:
    """Take the lead's order back, which nobody has signed for, and give it to another body."""
    order = doing.matter.lead
    if order is None:
        raise Conflict("没有主办单位，不能改派。")
    doing.moved["taken_from"] = order.body_id
    _pass_on(doing, order)


def _pass_on(doing: Doing, order: Order) -> None:
    if any(each.body_id == doing.facts["body"] for each in doing.matter.handling_orders):
        raise Conflict("这个单位已经在办这件案件。")
    orders.recall(doing, order)
    lapse(doing, order)
    stopped = stop_clocks(doing.work, doing.matter, _ORDER_CLOCKS, order, every_order=False)
    doing.moved.setdefault("stopped", []).extend(stopped)
    fresh = orders.new_order(doing, doing.facts["body"], OrderRole(order.role), order.parent_id)
    doing.order = fresh
    if fresh.role == OrderRole.LEAD:
        doing.matter.case.body_id = fresh.body_id
    else:
        started = start_clocks(doing.work, doing.matter, _ASSIST_CLOCKS, fresh)
        doing.moved.setdefault("started", []).extend(started)


def ask_extension(doing: Doing) -> None:
    _ask(doing, DelayKind.EXTENSION)


def ask_suspension(doing: Doing) -> None:
    _ask(doing, DelayKind.SUSPENSION)


def _ask(doing: Doing, kind: DelayKind) -> None:
    if doing.order is None:
        raise Conflict("本单位在这件案件上没有工单。")
    row = Delay(
        district=doing.matter.case.district, id=rows.new_ids(1)[0], case_id=doing.matter.case.id,
        order_id=doing.order.id, body_id=doing.order.body_id, kind=kind.value, state=DelayState.ASKED.value,
        asked_at=doing.work.now, asked_by=doing.account_id, asked_seq=doing.matter.case.length + 1,
        until=doing.facts.get("until"),
    )  # fmt: skip
    doing.matter.delays.append(row)
    doing.work.add(row)


def recommend(doing: Doing) -> None:
    """The first of two levels: passed on to the second, or declined here."""
    row = open_delay(doing.matter, DelayState.ASKED)
    if row is None:
        raise Conflict("没有待初审的申请。")
    agreed = doing.move.outcome is Outcome.AGREED
    row.state = (DelayState.RECOMMENDED if agreed else DelayState.DECLINED).value
    row.recommended_at, row.recommended_by = doing.work.now, doing.account_id
    doing.work.change(row)


def approve(doing: Doing) -> None:
    """The second level: the clock is extended or held, or nothing changes."""
    row = open_delay(doing.matter, DelayState.RECOMMENDED)
    if row is None:
        raise Conflict("没有待终审的申请。")
    declined = doing.move.outcome is Outcome.DECLINED
    row.state = (DelayState.DECLINED if declined else DelayState.APPROVED).value
    row.decided_at, row.decided_by = doing.work.now, doing.account_id
    doing.work.change(row)
    if declined:
        return
    if row.kind == DelayKind.SUSPENSION:
        doing.moved["started"] = start_suspension(doing.work, doing.matter, row.until)
        return
    clock = doing.matter.running(ClockKind.HANDLE, row.order_id)
    if clock is None:
        raise Conflict("处置时限已经停止，不能延期。")
    extend_clock(doing.work, clock)
    doing.moved["extended"] = [row.body_id, clock.extensions, instant(clock.due_at)]


def end_suspension(doing: Doing) -> None:
    """What is held runs again, whether the date came, the body asked, or the case went elsewhere."""
    held = [
        clock for clock in doing.matter.clocks if clock.stopped_at is None and clock.paused_at is not None
    ]
    resume_clocks(doing.work, doing.matter)
    doing.moved["resumed"] = [[clock.kind, clock.body_id, instant(clock.due_at)] for clock in held]
    for row in doing.matter.delays:
        if row.kind == DelayKind.SUSPENSION and row.state == DelayState.APPROVED and row.resumed_at is None:
            row.resumed_at = doing.work.now
            doing.work.change(row)


def lapse(doing: Doing, order: Order | None) -> None:
    """Whatever a body still asked for when its part ends is decided by that; without an order, of every body."""
    for dispute_row in doing.matter.disputes:
        if dispute_row.state == DisputeState.OPEN and (order is None or dispute_row.order_id == order.id):
            dispute_row.state = DisputeState.LAPSED.value
            doing.work.change(dispute_row)
    for delay in doing.matter.delays:
        if delay.state in {DelayState.ASKED, DelayState.RECOMMENDED} and (
            order is None or delay.order_id == order.id
        ):
            delay.state = DelayState.LAPSED.value
            doing.work.change(delay)
