"""Who worked on a case, and who belongs to a body that did, asks nobody how it went (R501)."""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from typing import cast as take_for

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.access.actor import Actor, ActorKind, Grant, system
from huying.access.roles import Role
from huying.cases.actions import Receipt, advance
from huying.cases.lifecycle import TABLE, Guard, Outcome, Verb
from huying.cases.models import Case, Matter, Order
from huying.cases.policy.asked import Asked
from huying.cases.policy.guards import passes
from huying.cases.policy.moves import Move
from huying.cases.queries.page import case_for
from huying.kernel.errors import Denied
from tests.cases.walking import REPLY
from tests.cast import DISTRICT, MONDAY, Cast

NUMBERS = st.integers(1, 4)
MAYBE = st.none() | NUMBERS
AT = MONDAY + timedelta(hours=1)


@st.composite
def orders(draw: st.DrawFn) -> Order:
    def moment() -> Any:
        return AT if draw(st.booleans()) else None

    return Order(
        district=DISTRICT, id=draw(st.integers(1, 10**6)), case_id=1, body_id=draw(NUMBERS),
        role=draw(st.sampled_from(["lead", "assist", "called"])), state=draw(st.sampled_from(["signed", "recalled"])),
        signed_at=moment(), signed_by=draw(MAYBE), contacted_at=moment(), reported_at=moment(),
        reported_by=draw(MAYBE), ended_at=moment(),
    )  # fmt: skip


@st.composite
def actors(draw: st.DrawFn) -> Actor:
    bodies = draw(st.lists(MAYBE, max_size=3))
    by_key = draw(st.booleans())
    number = draw(NUMBERS)
    return Actor(
        ActorKind.KEY if by_key else ActorKind.ACCOUNT, DISTRICT, "某人",
        account_id=None if by_key else number, key_id=number if by_key else None,
        grants=tuple(Grant(Role.SEAT, str(DISTRICT), body) for body in bodies),
    )  # fmt: skip


def may_ask(by: Actor, held: list[Order], workers: set[tuple[int | None, int | None]]) -> bool:
    matter = Matter(case=take_for(Case, SimpleNamespace(district=DISTRICT, id=1)), orders=held)
    matter.workers = frozenset(workers)
    asked = Asked(matter, Move(case=(DISTRICT, 1), verb=Verb.FOLLOW_UP, by=by), {}, None, AT)
    return passes(asked, Guard.OTHER_BODY)


@given(by=actors(), held=st.lists(orders(), max_size=4), workers=st.sets(st.tuples(MAYBE, MAYBE), max_size=3))
def test_whoever_asks_had_no_part_in_the_work(
    by: Actor, held: list[Order], workers: set[tuple[int | None, int | None]]
) -> None:
    worked = [each for each in held if each.signed_at or each.contacted_at or each.reported_at]
    accounts = {who for each in worked for who in (each.signed_by, each.reported_by)} | {
        a for a, _ in workers
    }
    part = (
        (by.account_id is not None and by.account_id in accounts)
        or (by.key_id is not None and by.key_id in {key for _, key in workers})
        or bool(by.body_ids & {each.body_id for each in worked})
    )
    assert may_ask(by, held, workers) is not part
    assert may_ask(system(DISTRICT), held, workers)


def test_every_follow_up_is_guarded_so() -> None:
    assert all(Guard.OTHER_BODY in step.guards for step in TABLE if step.verb is Verb.FOLLOW_UP)


@pytest.mark.django_db
@pytest.mark.database
def test_a_colleague_of_the_handler_may_not_ask_for_the_body(cast: Cast, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.REPORT, by=cast.handler, now=AT, result="已疏通。", reply=REPLY, solved=True)
    advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=cast.dispatcher, now=AT)
    appeal = case_for(cast.evaluator, *ref, AT).appeals[0].id
    colleague = replace(
        cast.evaluator,
        account_id=990,
        grants=(*cast.evaluator.grants, Grant(Role.DEPARTMENT_HANDLER, str(DISTRICT), cast.urban)),
    )
    said = {"appeal": appeal, "satisfaction": "satisfied"}
    with pytest.raises(Denied):
        advance(ref, Verb.FOLLOW_UP, outcome=Outcome.SOLVED, by=colleague, now=AT, **said)
    assert Verb.FOLLOW_UP not in {button.verb for button in case_for(colleague, *ref, AT).buttons}
    assert Verb.FOLLOW_UP in {button.verb for button in case_for(cast.evaluator, *ref, AT).buttons}
    advance(ref, Verb.FOLLOW_UP, outcome=Outcome.SOLVED, by=cast.evaluator, now=AT, **said)


@pytest.mark.django_db
@pytest.mark.database
def test_who_answered_at_once_does_not_ask_how_the_answer_was(cast: Cast, appeal: Receipt) -> None:
    ref = (DISTRICT, appeal.case_id)
    advance(ref, Verb.ANSWER, by=cast.seat, now=AT, reply=REPLY)
    said = {"appeal": appeal.appeal_id, "satisfaction": "satisfied"}
    with pytest.raises(Denied):
        advance(ref, Verb.FOLLOW_UP, outcome=Outcome.SOLVED, by=cast.seat, now=AT, **said)
    other = replace(cast.seat, account_id=991)
    advance(ref, Verb.FOLLOW_UP, outcome=Outcome.SOLVED, by=other, now=AT, **said)
