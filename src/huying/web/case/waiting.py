"""Why the lead cannot report yet: whose part of the work is still to be done."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from huying.access.actor import Actor
from huying.cases.lifecycle import OrderRole, OrderState, State
from huying.cases.queries.page import CaseView


def before_report(actor: Actor, case: CaseView) -> list[str]:
    """A sentence for each thing that keeps the actor's own body from reporting its lead as done; mostly none."""
    leads = any(
        one.role is OrderRole.LEAD and one.state is OrderState.SIGNED and one.body_id in actor.body_ids
        for one in case.orders
    )
    if not leads or case.line.state is not State.HANDLING:
        return []
    parts = [one.body_name for one in case.promises if one.kind == "part" and one.state == "open"]
    assists = [
        one.body_name
        for one in case.orders
        if one.role is OrderRole.ASSIST and one.state in {OrderState.SENT, OrderState.SIGNED}
    ]
    told = [
        (_("会诊分工还没有办完：%(who)s。办完才能反馈办结。"), parts),
        (_("协办单位还没有反馈：%(who)s。反馈齐了才能反馈办结。"), assists),
    ]
    return [words % {"who": _listed(names)} for words, names in told if names]


def _listed(names: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(names))
