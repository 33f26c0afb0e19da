"""Conditions on calls to the spot and on promises: who may judge, report as kept, or find otherwise."""

from dataclasses import replace

from huying.access.actor import ActorKind
from huying.access.permissions import Permission
from huying.cases.lifecycle import ClockKind, Verb
from huying.cases.models import Call, Called, Order, Promise, PromiseKind, PromiseState, Side
from huying.cases.policy.asked import Asked
from huying.cases.policy.scope import may
from huying.cases.rules.calling import RATING_DAYS
from huying.cases.rules.promising import CONTEST_DAYS


def call_unrated(asked: Asked) -> bool:
    side = Side.CALLER if asked.move.verb is Verb.RATE_CALL else Side.CALLED
    row, call = _row(asked), _call(asked)
    if row is None or call is None or (call.ended_at and asked.now > call.ended_at + RATING_DAYS):
        return False
    judged = any(one.order_id == row.id and one.side == side for one in asked.matter.call_ratings)
    return not judged and (side is Side.CALLED or _came_or_not(asked, row))


def calling_side(asked: Asked) -> bool:
    """Whoever called the bodies, or may call there by a post that is none of theirs; nobody judges the own body."""
    by, matter, call = asked.move.by, asked.matter, _call(asked) or asked.matter.open_call
    if call is None or by.kind is ActorKind.SYSTEM:
        return True
    if asked.order is not None and asked.order.body_id in by.body_ids:
        return False
    if by.account_id is not None and call.called_by == by.account_id:
        return True
    theirs = {row.body_id for row in matter.called if row.call_id == call.id}
    beside = replace(by, grants=tuple(grant for grant in by.grants if grant.body_id not in theirs))
    return may(beside, Permission.CASE_CALL, matter.case, orders=matter.orders)


def _row(asked: Asked) -> Called | None:
    return next((one for one in asked.matter.called if asked.order and one.id == asked.order.id), None)


def _call(asked: Asked) -> Call | None:
    row = _row(asked)
    return next((one for one in asked.matter.calls if row and one.id == row.call_id), None)


def _came_or_not(asked: Asked, row: Called) -> bool:
    """Before a body came, or its time to answer is over, there is nothing to judge."""
    waiting = asked.matter.running(ClockKind.CALL, row.id)
    return row.arrived_at is not None or waiting is None or waiting.due_at < asked.now


def parts_done(asked: Asked) -> bool:
    open_parts = (row for row in asked.matter.promises if row.kind != PromiseKind.PROMISE)
    return all(row.state != PromiseState.OPEN for row in open_parts)


def promise_none(asked: Asked) -> bool:
    """Nobody was given a word that still runs; a part among offices ends with the case it was a part of."""
    words = (row for row in asked.matter.promises if row.kind == PromiseKind.PROMISE)
    return all(row.state != PromiseState.OPEN for row in words)


def own_promises(asked: Asked) -> list[Promise]:
    """What the actor's bodies promised and have not reported as done; what was broken can still be done."""
    return [
        row
        for row in asked.matter.promises
        if row.state in {PromiseState.OPEN, PromiseState.BROKEN}
        and (row.kept_at is None or (row.broken_at is not None and row.kept_at < row.broken_at))
        and any(order.id == row.order_id and _acts_for(asked, order) for order in asked.matter.orders)
    ]


def _acts_for(asked: Asked, order: Order) -> bool:
    matter = asked.matter
    return may(asked.move.by, Permission.ORDER_REPORT, matter.case, orders=matter.orders, order=order)


def promise_own(asked: Asked) -> bool:
    own = {row.id for row in own_promises(asked)}
    return bool(own) and asked.facts.get("pledge") in {None, *own}


def kept_lately(asked: Asked) -> list[Promise]:
    """What was reported as kept within the days in which somebody may find otherwise; a caller sees what is theirs."""
    own = asked.move.by.kind is ActorKind.RESIDENT
    return [
        row
        for row in asked.matter.promises
        if row.state == PromiseState.KEPT
        and row.kept_at is not None
        and asked.now <= row.kept_at + CONTEST_DAYS
        and (row.kind == PromiseKind.PROMISE or (not own and asked.matter.case.closed_at is None))
    ]


def promise_kept(asked: Asked) -> bool:
    lately = {row.id for row in kept_lately(asked)}
    return bool(lately) and asked.facts.get("pledge") in {None, *lately}
