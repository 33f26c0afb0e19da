"""The conditions of the table beyond a case's state, each as one function that raises when it does not hold."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from huying.access.actor import ActorKind
from huying.access.permissions import Permission
from huying.cases.lifecycle import ClockKind, Guard, Level, OrderRole, OrderState, Verb
from huying.cases.models import (
    Delay,
    DelayKind,
    DelayState,
    Entry,
    Matter,
    Supervision,
)
from huying.cases.policy.asked import Asked, open_delay, open_dispute
from huying.cases.policy.called import (
    call_unrated,
    calling_side,
    parts_done,
    promise_kept,
    promise_none,
    promise_own,
)
from huying.cases.policy.scope import may
from huying.kernel.errors import Conflict, Denied

RATING_DAYS: Final = 15
MOST_EXTENSIONS: Final = 2
# What makes somebody a handler of the case.
_WORK: Final = sorted(
    (Verb.SIGN, Verb.CONTACT, Verb.REPORT, Verb.ANSWER, Verb.ANSWER_CALL, Verb.ARRIVE, Verb.KEEP_PROMISE)
)
LONGEST_SUSPENSION: Final = timedelta(days=366)


def _other_person(asked: Asked) -> bool:
    # A person is known by the account; of what was done by keys the ledger says by which, and the bodies decide.
    handlers = {
        account
        for order in asked.matter.orders
        if order.role != OrderRole.CALLED
        for account in (order.reported_by, order.signed_by)
        if account is not None
    }
    bodies = {order.body_id for order in asked.matter.orders if order.reported_at}
    by = asked.move.by
    if by.kind is ActorKind.SYSTEM:
        return True
    if by.account_id in handlers or by.body_ids & bodies:
        return False
    return not _did_itself(asked, (Verb.SIGN, Verb.REPORT))


def _other_body(asked: Asked) -> bool:
    """Neither who worked on the case nor anybody of a body that did asks the caller how it went (R501).

    What became of the order does not matter: whoever signed for it has a part in what is judged. A called body's does
    not either: it was on the spot. A question answered at once went to no body: whoever answered it is the handler.
    """
    by, orders = asked.move.by, asked.matter.orders
    if by.kind is ActorKind.SYSTEM:
        return True
    worked = [order for order in orders if order.signed_at or order.contacted_at or order.reported_at]
    accounts = {account for order in worked for account in (order.signed_by, order.reported_by)}
    if by.account_id in accounts - {None} or by.body_ids & {order.body_id for order in worked}:
        return False
    return not _worked(asked)


def _worked(asked: Asked) -> bool:
    """Whether the account or the key that now acts has itself taken a step of the work, whatever body it was then of."""
    matter, by = asked.matter, asked.move.by
    if matter.workers is None:
        case = matter.case
        entries = Entry.objects.filter(district=case.district, case_id=case.id, verb__in=_WORK)
        matter.workers = frozenset(entries.values_list("account_id", "key_id"))
    accounts, keys = ({pair[n] for pair in matter.workers} - {None} for n in (0, 1))
    return by.account_id in accounts or by.key_id in keys


def _in_charge(asked: Asked) -> bool:
    """Whoever acts for a body acts for the one that leads; a dispatcher acts for none."""
    case, orders, lead = asked.matter.case, asked.matter.orders, asked.matter.lead
    return lead is not None and may(asked.move.by, Permission.CASE_ADD_BODY, case, orders=orders, order=lead)


def _did_itself(asked: Asked, verbs: Collection[Verb], since: int = 1) -> bool:
    """Whether the key that now acts has itself done one of these on the case, from that entry on."""
    case, key = asked.matter.case, asked.move.by.key_id
    entries = Entry.objects.filter(district=case.district, case_id=case.id, seq__gte=since, key_id=key)
    return key is not None and entries.filter(verb__in=sorted(verbs)).exists()


def _assists_done(asked: Asked) -> bool:
    done = {OrderState.REPORTED, OrderState.ENDED}
    return all(order.state in done for order in asked.matter.active_orders if order.role == "assist")


def _one_dispute(asked: Asked) -> bool:
    body = asked.order.body_id if asked.order else None
    return all(dispute.body_id != body for dispute in asked.matter.disputes)


def _before_due(asked: Asked) -> bool:
    clock = asked.matter.running(ClockKind.HANDLE, asked.order.id if asked.order else None)
    return clock is not None and asked.now < clock.due_at


def _no_delay_open(asked: Asked) -> bool:
    waiting = {DelayState.ASKED, DelayState.RECOMMENDED}
    return not any(delay.state in waiting for delay in asked.matter.delays)


def _two_extensions(asked: Asked) -> bool:
    granted = [
        delay
        for delay in asked.matter.delays
        if delay.kind == DelayKind.EXTENSION
        and delay.state == DelayState.APPROVED
        and asked.order is not None
        and delay.order_id == asked.order.id
    ]
    return len(granted) < MOST_EXTENSIONS


def _one_suspension(asked: Asked) -> bool:
    until: datetime = asked.facts["until"]
    before = any(
        delay.kind == DelayKind.SUSPENSION and delay.state == DelayState.APPROVED
        for delay in asked.matter.delays
    )
    return not before and asked.now < until <= asked.now + LONGEST_SUSPENSION


def _to_recommend(asked: Asked) -> bool:
    delay = open_delay(asked.matter, DelayState.ASKED)
    return delay is not None and _another(asked, delay, delay.asked_by)


def _to_approve(asked: Asked) -> bool:
    delay = open_delay(asked.matter, DelayState.RECOMMENDED)
    if delay is None or not _another(asked, delay, delay.asked_by, delay.recommended_by):
        return False
    granted = {"extended": DelayKind.EXTENSION, "suspended": DelayKind.SUSPENSION}
    outcome = asked.move.outcome
    return outcome is None or outcome.value not in granted or granted[outcome.value] == delay.kind


def _another(asked: Asked, delay: Delay, *before: int | None) -> bool:
    if asked.move.by.account_id is None:
        return not _did_itself(
            asked, (Verb.ASK_EXTENSION, Verb.ASK_SUSPENSION, Verb.RECOMMEND), delay.asked_seq
        )
    return asked.move.by.account_id not in before


def _suspended(asked: Asked) -> bool:
    return asked.matter.running(ClockKind.SUSPENSION) is not None


def _all_answered(asked: Asked) -> bool:
    # What was said of work that was then done again answers nothing.
    lead = asked.matter.lead
    since = lead.reported_at if lead else None
    heard = {row.appeal_id for row in asked.matter.ratings if since is None or row.at >= since}
    return asked.move.by.kind is ActorKind.SYSTEM or set(asked.matter.active_appeals) <= heard


def _rate_in_time(asked: Asked) -> bool:
    closed = asked.matter.case.closed_at
    return closed is None or asked.now <= closed + timedelta(days=RATING_DAYS)


def _not_yet_judged(asked: Asked) -> bool:
    # Each verdict counts in the figures: one said a hundred times would drown all others. A caller may still speak
    # for themself where somebody else has written down what they are said to have said. "Unsolved" is not asked:
    # it sends the work back, so that there is another result to judge.
    own, since = asked.move.by.kind is ActorKind.RESIDENT, _result_at(asked.matter)
    judged = {
        row.appeal_id
        for row in asked.matter.ratings
        if row.solved and row.at >= since and (row.by_the_caller or not own)
    }
    meant = {asked.facts["appeal"]} if "appeal" in asked.facts else set(asked.matter.active_appeals)
    return not meant <= judged


def _result_at(matter: Matter) -> datetime:
    """When that came about which is judged now: the report of the work, else the answer that closed the case."""
    case, lead = matter.case, matter.lead
    if case.closed_at is None:
        return (lead.reported_at if lead else None) or case.opened_at
    ended = (
        row.reported_at for row in matter.orders if row.role == "lead" and row.ended_at == case.closed_at
    )
    return max((at for at in ended if at is not None), default=case.closed_at)


def _supervision_open(asked: Asked) -> bool:
    return asked.matter.running(ClockKind.SUPERVISION) is not None


def _issuer_or_above(asked: Asked) -> bool:
    """Whoever demanded it, whoever supervises the whole district, and of the platform's own whoever supervises."""
    demand, by = asked.matter.open_demand, asked.move.by
    if demand is None or by.may_everywhere(Permission.CASE_SUPERVISE):
        return True
    if demand.issued_by is not None:
        return demand.issued_by == by.account_id
    return _key_behind(asked, demand) in {None, by.key_id}


def _key_behind(asked: Asked, demand: Supervision) -> int | None:
    """The outside system whose key demanded it, as the ledger says; None for the platform itself."""
    case = asked.matter.case
    entries = Entry.objects.filter(district=case.district, case_id=case.id, seq=demand.issued_seq)
    return entries.values_list("key_id", flat=True).first()


_GUARDS: Final[Mapping[Guard, Callable[[Asked], bool]]] = {
    Guard.OTHER_PERSON: _other_person,
    Guard.OTHER_BODY: _other_body,
    Guard.IN_CHARGE: _in_charge,
    Guard.ASSISTS_DONE: _assists_done,
    Guard.ONE_DISPUTE: _one_dispute,
    Guard.DISPUTE_OPEN: lambda asked: open_dispute(asked.matter, asked.order) is not None,
    Guard.BEFORE_DUE: _before_due,
    Guard.NO_DELAY_OPEN: _no_delay_open,
    Guard.TWO_EXTENSIONS: _two_extensions,
    Guard.ONE_SUSPENSION: _one_suspension,
    Guard.TO_RECOMMEND: _to_recommend,
    Guard.TO_APPROVE: _to_approve,
    Guard.SUSPENDED: _suspended,
    Guard.NOT_SUSPENDED: lambda asked: not _suspended(asked),
    Guard.ALL_ANSWERED: _all_answered,
    Guard.LEVEL_ABOVE: lambda asked: Level(asked.matter.case.level).above is not None,
    Guard.LEVEL_BELOW: lambda asked: Level(asked.matter.case.level).below is not None,
    Guard.SUPERVISION_OPEN: _supervision_open,
    Guard.SUPERVISION_NONE: lambda asked: not _supervision_open(asked),
    Guard.ISSUER_OR_ABOVE: _issuer_or_above,
    Guard.RATE_IN_TIME: _rate_in_time,
    Guard.NOT_YET_JUDGED: _not_yet_judged,
    Guard.CALL_OPEN: lambda asked: asked.matter.open_call is not None,
    Guard.CALLING_SIDE: calling_side,
    Guard.CALL_UNRATED: call_unrated,
    Guard.PARTS_DONE: parts_done,
    Guard.PROMISE_OWN: promise_own,
    Guard.PROMISE_NONE: promise_none,
    Guard.PROMISE_KEPT: promise_kept,
    Guard.AT_REST: lambda asked: not asked.matter.clocks,
    Guard.SYSTEM_ONLY: lambda asked: asked.move.by.kind is ActorKind.SYSTEM,
}


# What another person might do, this one may not.
_PERSONS: Final = frozenset(
    {
        Guard.OTHER_PERSON,
        Guard.OTHER_BODY,
        Guard.IN_CHARGE,
        Guard.ISSUER_OR_ABOVE,
        Guard.CALLING_SIDE,
        Guard.SYSTEM_ONLY,
    }
)


def passes(asked: Asked, guard: Guard) -> bool:
    """Whether one condition holds."""
    return _GUARDS[guard](asked)


def check_guards(asked: Asked, guards: tuple[Guard, ...]) -> None:
    """Raise Denied where the wrong person acts, Conflict where the facts of the case forbid the step."""
    for guard in guards:
        if not passes(asked, guard):
            message = f"{guard.zh}。"
            raise Denied(message) if guard in _PERSONS else Conflict(message)
