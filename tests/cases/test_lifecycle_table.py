"""The table is whole: nothing in it is unknown, unheld or out of reach."""

from itertools import combinations

from huying.access.roles import ROLES, Role
from huying.cases.actions.effects import EFFECTS
from huying.cases.lifecycle import CLOSED_STATES, FACTS, OPEN_STATES, TABLE, Guard, Part, State, Step, Verb
from huying.cases.policy.guards import _GUARDS

BORN = {Verb.RECEIVE, Verb.SPLIT_OFF}
AUTOMATIC = {Verb.RECEIVE, Verb.SPLIT_OFF, Verb.ABSORB, Verb.ARCHIVE, Verb.WARN, Verb.ERASE}


def said(step: Step) -> str:
    return f"{step.verb.value}/{step.outcome}/{step.part.value}"


def test_one_row_at_most_answers_each_question() -> None:
    twice = [
        (said(one), said(other))
        for one, other in combinations(TABLE, 2)
        if one.key == other.key and one.sources & other.sources
    ]
    assert twice == []


def test_a_verb_is_about_the_case_or_about_orders_and_not_both() -> None:
    """The part at hand is told by the order; a verb of both kinds would leave it open which row is meant."""
    for verb in Verb:
        parts = {step.part for step in TABLE if step.verb is verb}
        assert parts == {Part.CASE} or Part.CASE not in parts, verb


def test_every_verb_stands_in_the_table() -> None:
    assert {step.verb for step in TABLE} == set(Verb)


def test_only_birth_starts_from_nowhere() -> None:
    assert {step.verb for step in TABLE if not step.sources} == BORN


def test_nobody_can_refuse_an_order() -> None:
    """R206: there is a dispute that the clock does not wait for, and no verb that sends an order back."""
    assert not any(
        word in f"{verb.value}{verb.zh}" for verb in Verb for word in ("refuse", "拒", "退单", "退回")
    )
    handler = ROLES[Role.DEPARTMENT_HANDLER]
    backwards = {
        (State.DISPATCHED, State.FILED),
        (State.HANDLING, State.FILED),
        (State.HANDLING, State.DISPATCHED),
    }
    for step in TABLE:
        moves = {(source, step.target) for source in step.sources}
        assert not (moves & backwards and step.permission in handler), said(step)


def test_every_fact_that_is_asked_for_exists_once() -> None:
    for step in TABLE:
        named = step.asks + step.takes
        assert set(named) <= set(FACTS), said(step)
        assert len(set(named)) == len(named), said(step)


def test_no_fact_is_listed_that_no_step_asks_for() -> None:
    assert set(FACTS) == {name for step in TABLE for name in step.asks + step.takes}


def test_every_guard_has_its_function_and_its_use() -> None:
    assert set(_GUARDS) == set(Guard)
    assert {guard for step in TABLE for guard in step.guards} == set(Guard)


def test_every_effect_belongs_to_a_verb_of_the_table() -> None:
    assert set(EFFECTS) <= {step.verb for step in TABLE}


def test_every_step_can_be_taken_by_some_role() -> None:
    for step in TABLE:
        assert any(step.permission in may for may in ROLES.values()), said(step)


def test_from_every_open_state_somebody_leads_further() -> None:
    """A way out by a person's own act, other than merging and withdrawing which need another case or the caller."""
    for state in OPEN_STATES:
        ways = {
            step.verb
            for step in TABLE
            if state in step.sources and step.target not in (None, state, State.MERGED, State.WITHDRAWN)
        }
        assert ways - AUTOMATIC, state


def test_nothing_happens_to_what_was_merged_or_withdrawn_but_its_erasure() -> None:
    ended = {State.MERGED, State.WITHDRAWN}
    assert {step.verb for step in TABLE if step.sources & ended} == {Verb.ERASE}


def test_of_a_closed_case_only_what_was_said_of_it_is_judged_kept_or_opened_again() -> None:
    verbs = {step.verb for step in TABLE if step.sources & CLOSED_STATES}
    later = {Verb.RATE_CALL, Verb.RATE_CALLER, Verb.KEEP_PROMISE, Verb.BREAK_PROMISE, Verb.WARN}
    assert verbs == {Verb.RATE, Verb.FOLLOW_UP, Verb.REOPEN, Verb.ERASE} | later


def test_every_way_back_to_work_says_why() -> None:
    for step in TABLE:
        if step.verb in {Verb.REOPEN, Verb.HAND_UP, Verb.HAND_DOWN}:
            assert "reason" in step.asks, said(step)
