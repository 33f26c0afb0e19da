"""兜底: what happens by itself when those who were asked let the time pass (R206, R207)."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from huying.access.actor import system
from huying.cases.actions.advance import take
from huying.cases.actions.work import Work
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Call, Clock, Matter
from huying.cases.policy.asked import open_dispute
from huying.cases.policy.moves import Move
from huying.catalogue.queries.situations import situation
from huying.people.queries import body_for

_log = logging.getLogger(__name__)
_STREET = "street"


def last_resort(matter: Matter, now: datetime) -> int | None:
    """The body of last resort where the case lies: who bears the empty duty there, else its street's office (属地)."""
    case = matter.case
    named = body_for(case.district, "", case.area, now)
    return named if named is not None else body_for(case.district, _STREET, case.area, now)


def call_fallback(work: Work, matter: Matter, clock: Clock) -> None:
    """A body that was called did not answer: the one of last resort is called too."""
    call = matter.open_call
    body = (call.fallback_body_id or _by_situation(matter, call, work.now)) if call else None
    here = {order.body_id for order in matter.active_orders if order.role == "called"}
    if call is None or body is None or body in here:
        return
    facts = {"called": [body], "demand": "被呼叫单位逾期没有应答，请兜底到场处置。"}
    take(work, _move(matter, Verb.CALL, None, facts))


def _by_situation(matter: Matter, call: Call, now: datetime) -> int | None:
    """The last resort that the call's situation names, else that of the place."""
    case, line = matter.case, situation(matter.case.district, call.situation) if call.situation else None
    named = body_for(case.district, line.fallback, case.area, now) if line and line.fallback else None
    return named if named is not None else last_resort(matter, now)


def force_ruling(work: Work, matter: Matter, clock: Clock) -> None:
    """Nobody ruled in time. Each open dispute is decided: the body of last resort takes the order.

    Where that body has the case already, whoever disputed keeps it: two orders to one body say nothing.
    """
    while (dispute := open_dispute(matter)) is not None:
        body = last_resort(matter, work.now)
        here = {order.body_id for order in matter.handling_orders}
        outcome: Outcome
        facts: dict[str, Any]
        if body is None or body in here:
            outcome, facts = Outcome.DISMISSED, {"ruling": "逾期没有裁定，仍由现承办单位办理。"}
        else:
            outcome, facts = Outcome.FORCED, {"ruling": "逾期没有裁定，由兜底单位办理。", "body": body}
        take(work, _move(matter, Verb.RULE, outcome, facts, order_id=dispute.order_id))
        _log.info("case %s: a dispute was decided because nobody ruled in time", matter.case.id)


def _move(
    matter: Matter, verb: Verb, outcome: Outcome | None, facts: Mapping[str, Any], order_id: int | None = None
) -> Move:
    case = matter.case
    return Move(
        case=(case.district, case.id), verb=verb, by=system(case.district), outcome=outcome, facts=facts,
        order_id=order_id,
    )  # fmt: skip
