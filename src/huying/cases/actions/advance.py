"""The one way a case moves: lock, find the row, check who and what, write entry, state and clocks together."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import transaction

from huying.access.actor import Actor, ActorKind
from huying.access.permissions import Permission
from huying.cases.actions.deeds import done_before, remember
from huying.cases.actions.effects import EFFECTS, Doing
from huying.cases.actions.effects.discipline import end_suspension, lapse
from huying.cases.actions.effects.following_table import follow_table
from huying.cases.actions.photos import attach
from huying.cases.actions.timekeeping import show_soonest, start_clocks, stop_clocks
from huying.cases.actions.work import Work
from huying.cases.lifecycle import (
    CLOSED_STATES,
    TABLE,
    ClockKind,
    Orders,
    Outcome,
    Part,
    State,
    Step,
    Verb,
    find_step,
)
from huying.cases.lifecycle.clean import clean_facts
from huying.cases.lifecycle.table.words import ENDING
from huying.cases.models import Case, Matter, Order
from huying.cases.policy import may
from huying.cases.policy.asked import Asked, open_dispute
from huying.cases.policy.guards import check_guards
from huying.cases.policy.moves import CaseRef, Move, part_of
from huying.cases.rules.replies import names_a_person
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound, StaleVersion
from huying.kernel.saying import said
from huying.texts.rules.filling import blanks

_EVERY_ORDER = frozenset({Orders.RECALL, Orders.END, Orders.END_CALL})
# Their effects know for whom they run, or to which date.
_STARTED_BY_EFFECTS = frozenset({ClockKind.SUSPENSION, ClockKind.PROMISE, ClockKind.CALL})
# Done by who called the bodies together or speaks with one of them, not for any of them.
_BY_THE_CALLER = frozenset({Verb.CALL, Verb.CONSULT, Verb.ASSIGN, Verb.END_CALL, Verb.INTERVIEW})
_TO_THE_CALLED = frozenset({Verb.ANSWER_CALL, Verb.ARRIVE, Verb.RATE_CALLER})
_SAID_TO_CALLERS = ("reply", "progress", "promise", "proviso")
# Asked of what ended long ago, too.
JUDGED_LATER = frozenset({Verb.RATE_CALL, Verb.RATE_CALLER, Verb.KEEP_PROMISE, Verb.BREAK_PROMISE})
_ON_ORDERS_OF_OTHERS = frozenset({Verb.RULE, Verb.RATE_CALL})
_ENDS_BODY_PART = frozenset({Orders.RECALL, Orders.END, Orders.REPORT})


def advance(
    case: CaseRef,
    verb: Verb,
    *,
    by: Actor,
    now: datetime,
    outcome: Outcome | None = None,
    order_id: int | None = None,
    expected: int | None = None,
    key: str | None = None,
    **facts: Any,
) -> Case:
    """Take one step on one case and return the case as it then stands.

    Raises NotFound, Denied, IllegalStep, StaleVersion, MissingFact, Invalid or Conflict; then nothing is written.
    """
    move = Move(
        case=case,
        verb=verb,
        by=by,
        outcome=outcome,
        facts=facts,
        order_id=order_id,
        expected=expected,
        key=key,
    )
    return advance_many([move], now)[0]


def advance_many(moves: Sequence[Move], now: datetime) -> list[Case]:
    """Take many steps in one transaction, all or none; the cases are returned in the order asked."""
    if not moves:
        return []
    with transaction.atomic():
        work = Work(now)
        refs = {move.case for move in moves} | {
            (move.case[0], into) for move in moves if isinstance(into := _merge_target(move), int)
        }
        work.load(refs)
        work.load_discipline(refs)
        work.load_calling(refs, all_of={move.case for move in moves if move.verb in JUDGED_LATER})
        for move in moves:
            if not done_before(move):
                take(work, move)
                remember(move, work.matters[move.case].case, now)
        work.flush()
    return [work.matters[move.case].case for move in moves]


def _merge_target(move: Move) -> int | None:
    if move.verb is not Verb.MERGE or not move.facts.get("into"):
        return None
    step = find_step(TABLE, State.RECEIVED, Verb.MERGE, None, Part.CASE)
    return int(clean_facts(step, dict(move.facts))["into"])


def take(work: Work, move: Move) -> None:
    matter = work.matters[move.case]
    case = matter.case
    if move.expected is not None and move.expected != case.length:
        raise StaleVersion
    order = _order_at_hand(matter, move)
    outcome = _outcome(matter, move)
    _must_see(move, matter)
    if case.erased_at is not None:
        raise Conflict("个人信息已依法删除，这件案件不能再办理。")
    part = _part(move.verb, outcome, order)
    step = find_step(TABLE, State(case.state), move.verb, outcome, part)
    _check_permission(move, step, matter, order)
    facts = clean_facts(step, move.facts)
    _check_public_words(move, facts)
    _speak_for_oneself(move, facts)
    check_guards(Asked(matter, move, facts, order, work.now), step.guards)
    _do(work, matter, step, Doing(work, matter, step, move, facts, order))


def _check_public_words(move: Move, facts: Mapping[str, Any]) -> None:
    """What an office says in public names no person by number; what callers write of themselves is theirs."""
    if move.by.kind in {ActorKind.SYSTEM, ActorKind.RESIDENT}:
        return
    wrong = [name for name in _SAID_TO_CALLERS if names_a_person(facts.get(name, ""))]
    if wrong:
        raise Invalid(fields={name: "公开答复里不能出现手机号或身份证号。" for name in wrong})
    if left := blanks(facts.get("reply", "")):
        raise Invalid(fields={"reply": said("模板里还有没填的：%(what)s。", what="、".join(left))})


def _do(work: Work, matter: Matter, step: Step, doing: Doing) -> None:
    case, before = matter.case, matter.case.state
    if step.target is not None:
        case.state = step.target.value
    effect = EFFECTS.get(step.verb)
    if effect is not None:
        effect(doing)
    follow_table(doing)
    if step.orders in _ENDS_BODY_PART:
        lapse(doing, doing.order if step.part is Part.ASSIST else None)
    _run_clocks(doing)
    if step.target is not None:
        case.closed_at = work.now if step.target in CLOSED_STATES else None
    show_soonest(matter)
    _keep_photos(doing)
    by_appeal = doing.facts.get("appeal") or doing.move.by.appeal_id
    work.enter(
        matter, step.verb, doing.move.by, before=before, facts=doing.facts, outcome=step.outcome,
        order=doing.order, appeal_id=by_appeal, moved=doing.moved,
    )  # fmt: skip


def _keep_photos(doing: Doing) -> None:
    before, photos = doing.facts.pop("photos_before", []), doing.facts.pop("photos", [])
    case = doing.matter.case
    of = {"district": case.district, "case_id": case.id, "seq": case.length + 1}
    attach(doing.work, before, stage="before", **of)
    attach(doing.work, photos, stage="after" if doing.step.verb is Verb.REPORT else "during", **of)
    if before or photos:
        doing.moved["photos"] = [photo.sha256 for photo in (*before, *photos)]


def _run_clocks(doing: Doing) -> None:
    step = doing.step
    every = step.orders in _EVERY_ORDER or step.stops >= ENDING
    stops = step.stops
    renewed = {kind for kind in step.renews if doing.matter.running(kind)}
    if doing.order is not None and step.part is Part.ASSIST and step.orders in {Orders.SIGN, Orders.REPORT}:
        stops = frozenset(
            {ClockKind.SIGN} if step.orders is Orders.SIGN else {ClockKind.SIGN, ClockKind.HANDLE}
        )
    if open_dispute(doing.matter) is not None:
        # Two bodies may have objected: the limit for a ruling runs until the last is decided.
        stops = stops - {ClockKind.RULING}
    stopped = stop_clocks(
        doing.work,
        doing.matter,
        stops | renewed,
        doing.order,
        every_order=every,
        promise_id=doing.facts.get("pledge"),
    )
    if any(kind == ClockKind.SUSPENSION for kind, *_ in stopped):
        end_suspension(doing)
    starts = (step.starts - _STARTED_BY_EFFECTS) | renewed
    started = start_clocks(doing.work, doing.matter, starts, doing.order)
    if ClockKind.SUPERVISION in renewed:
        doing.moved["supervised"] = True
    doing.moved.setdefault("stopped", []).extend(stopped)
    doing.moved.setdefault("started", []).extend(started)


def _order_at_hand(matter: Matter, move: Move) -> Order | None:
    active = _orders_meant(matter, move.verb)
    if move.order_id is not None:
        chosen = next((order for order in active if order.id == move.order_id), None)
        if chosen is None:
            raise NotFound
        return chosen
    if move.verb is Verb.RULE:
        dispute = open_dispute(matter)
        return next((order for order in active if dispute and order.id == dispute.order_id), matter.lead)
    if move.verb in _BY_THE_CALLER:
        return None
    if move.verb is Verb.ABSORB or move.by.kind is not ActorKind.ACCOUNT:
        return matter.lead
    own = [order for order in active if order.body_id in move.by.body_ids]
    if move.verb in _TO_THE_CALLED:
        return next((order for order in reversed(own) if order.role == "called"), None)
    # Who was called first and given a part of the work later does that with the order of the work.
    own.sort(key=lambda order: ("lead", "assist", "called").index(order.role))
    return own[0] if own else matter.lead


def _orders_meant(matter: Matter, verb: Verb) -> list[Order]:
    """The orders on which a step may be taken: the active ones, and when a call is judged those of old calls too."""
    if verb in {Verb.RATE_CALL, Verb.RATE_CALLER}:
        return [order for order in matter.orders if order.role == "called" and order.state != "recalled"]
    return matter.active_orders


@cache
def _parts(verb: Verb, outcome: Outcome | None) -> frozenset[Part]:
    return frozenset(step.part for step in TABLE if step.verb is verb and step.outcome is outcome)


def _part(verb: Verb, outcome: Outcome | None, order: Order | None) -> Part:
    parts = _parts(verb, outcome)
    if Part.CASE in parts or not parts:
        return Part.CASE
    return part_of(order)


def _outcome(matter: Matter, move: Move) -> Outcome | None:
    if move.verb is Verb.WITHDRAW:
        # Not yet cleaned: a form gives numbers as text.
        leaving = {str(move.facts.get("appeal"))}
        return Outcome.OTHERS if set(map(str, matter.active_appeals)) - leaving else Outcome.LAST
    return move.outcome


def _must_see(move: Move, matter: Matter) -> None:
    own = Permission.APPEAL_RATE if move.by.kind is ActorKind.RESIDENT else Permission.CASE_READ
    if not may(move.by, own, matter.case, orders=matter.orders, appeals=matter.active_appeals):
        raise NotFound


def _speak_for_oneself(move: Move, facts: Mapping[str, Any]) -> None:
    """Neighbours share a case, not each other's appeals."""
    if move.by.kind is ActorKind.RESIDENT and facts.get("appeal", move.by.appeal_id) != move.by.appeal_id:
        raise NotFound


def _check_permission(move: Move, step: Step, matter: Matter, order: Order | None) -> None:
    on_order = order if step.part is not Part.CASE and step.verb not in _ON_ORDERS_OF_OTHERS else None
    if not may(
        move.by,
        step.permission,
        matter.case,
        orders=matter.orders,
        order=on_order,
        appeals=matter.active_appeals,
    ):
        raise Denied
