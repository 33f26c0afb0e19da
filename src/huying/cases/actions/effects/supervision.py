"""Supervision orders 督办 and the replies to them (R402)."""

from huying.cases.actions import rows
from huying.cases.actions.effects.context import Doing
from huying.cases.lifecycle import ClockKind
from huying.cases.models import Clock, Supervision
from huying.cases.queries.settings.timing import timing_of
from huying.kernel.errors import Conflict


def warn(doing: Doing) -> None:
    """The clock has climbed one rung; it rings next at the one above."""
    kind = ClockKind(doing.facts["clock"])
    clock = _clock_meant(doing, kind)
    if clock is None:
        raise Conflict("这个时限已经停止。")
    clock.rung = int(doing.facts["rung"])
    above = timing_of(clock.district).next_rung(kind, clock.rung, clock.starts_at, clock.due_at)
    clock.next_at = above[1] if above else None
    clock.failures = 0
    doing.work.change(clock)


def _clock_meant(doing: Doing, kind: ClockKind) -> Clock | None:
    if (promise_id := doing.facts.get("pledge")) is not None:
        promise = next(row for row in doing.matter.promises if row.id == promise_id)
        doing.order = next(order for order in doing.matter.orders if order.id == promise.order_id)
        return next((clock for clock in doing.matter.clocks if clock.promise_id == promise_id), None)
    return doing.matter.running(kind, doing.order.id if doing.order and kind.of_order else None)


def issue(doing: Doing) -> None:
    """A demand with its own deadline, by a leader or by the ladder."""
    row = Supervision(
        district=doing.matter.case.district, id=rows.new_ids(1)[0], case_id=doing.matter.case.id,
        issued_at=doing.work.now, issued_by=doing.account_id, issued_seq=doing.matter.case.length + 1,
    )  # fmt: skip
    doing.matter.supervisions.append(row)
    doing.work.add(row)


def reply(doing: Doing) -> None:
    """The lead body's answer to the open demand."""
    row = doing.matter.open_demand
    if row is not None:
        row.replied_at, row.replied_by = doing.work.now, doing.account_id
        row.replied_seq = doing.matter.case.length + 1
        doing.work.change(row)


def lift(doing: Doing) -> None:
    """The demand is taken back; that it was made, and for how long it ran late, stays."""
    row = doing.matter.open_demand
    if row is not None:
        row.lifted_at, row.lifted_by = doing.work.now, doing.account_id
        row.lifted_seq = doing.matter.case.length + 1
        doing.work.change(row)
