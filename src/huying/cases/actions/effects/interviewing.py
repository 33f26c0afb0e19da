"""约谈: a leader spoke with who answers for a body, and by when it puts right what (R402)."""

from huying.cases.actions import rows
from huying.cases.actions.effects.context import Doing
from huying.cases.actions.effects.promising import rectify
from huying.cases.models import Interview
from huying.kernel.errors import Invalid


def interview(doing: Doing) -> None:
    """Keep the record; what is to be put right by a date has a clock of its own."""
    case, facts = doing.matter.case, doing.facts
    on = [order for order in doing.matter.orders if order.body_id == facts["body"]]
    if not on:
        raise Invalid(fields={"body": "这个单位没有办过这件案件。"})
    if facts["held_at"] > doing.work.now:
        raise Invalid(fields={"held_at": "约谈时间不能晚于现在。"})
    wanted, until = facts.get("rectification"), facts.get("promise_until")
    if bool(wanted) != bool(until):
        missing = "promise_until" if wanted else "rectification"
        raise Invalid(fields={missing: "整改要求和整改期限要一起写。"})
    if wanted and facts["body"] not in doing.matter.bodies_here:
        raise Invalid(fields={"rectification": "这个单位的工单已经收回，不能再在本案上要求整改。"})
    doing.order = next((order for order in on if order.ended_at is None), on[-1])
    row = Interview(
        district=case.district, id=rows.new_ids(1)[0], case_id=case.id, body_id=facts["body"],
        held_at=facts["held_at"], made_at=doing.work.now, made_by=doing.account_id, made_seq=case.length + 1,
        promise_id=rectify(doing, doing.order, until) if until else None,
    )  # fmt: skip
    doing.work.add(row)
