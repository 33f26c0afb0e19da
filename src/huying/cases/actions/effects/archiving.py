"""Keeping what another system received, handled and ended (R109)."""

from huying.cases.actions.effects.context import Doing
from huying.cases.actions.effects.intake import describe
from huying.cases.actions.effects.orders import new_order
from huying.cases.lifecycle import ClockKind, OrderRole, OrderState
from huying.cases.queries.settings.timing import timing_of
from huying.kernel.digest import instant
from huying.kernel.errors import Invalid


def archive(doing: Doing) -> None:
    """Set what the matter was and who had it; its order is born ended.

    Whether it was in time is said by the source, or else by the district's own limit from receipt to end; where
    neither the end nor a word of the source is known, nothing is said of it.
    """
    describe(doing)
    body_id = doing.facts.get("body")
    if body_id is not None:
        order = new_order(doing, body_id, OrderRole.LEAD)
        order.sent_at, order.state = doing.matter.case.opened_at, OrderState.ENDED.value
        order.ended_at = doing.work.now
        doing.order, doing.matter.case.body_id = order, body_id
    _judge(doing, body_id)


def _judge(doing: Doing, body_id: int | None) -> None:
    case, ended, in_time = doing.matter.case, doing.facts.get("ended"), doing.facts.get("in_time")
    if ended is not None and not case.opened_at <= ended <= doing.work.now:
        raise Invalid(fields={"ended": "办结时间早于受理，或晚于现在。"})
    if ended is None:
        return
    timing = timing_of(case.district)
    due = timing.due(case.opened_at, timing.limit(ClockKind.HANDLE, case.item, case.condition, case.kind))
    late = due < ended if in_time is None else not in_time
    doing.moved["stopped"] = [[ClockKind.HANDLE.value, body_id, instant(due), late]]
