"""Every pair of (state, running clocks) that the table can reach, walked from birth."""

from collections import deque
from collections.abc import Callable, Mapping
from functools import cache

import pytest

from huying.cases.lifecycle import (
    CLOSED_STATES,
    OPEN_STATES,
    TABLE,
    ClockKind,
    Guard,
    Part,
    State,
    Step,
    Verb,
    run_clocks,
)

Running = frozenset[ClockKind]
Place = tuple[State, Running]

# Guards that look at a clock, as far as the walk can tell; all others are taken to pass.
CLOCK_GUARDS: Mapping[Guard, Callable[[Running], bool]] = {
    Guard.SUSPENDED: lambda running: ClockKind.SUSPENSION in running,
    Guard.NOT_SUSPENDED: lambda running: ClockKind.SUSPENSION not in running,
    Guard.DISPUTE_OPEN: lambda running: ClockKind.RULING in running,
    Guard.SUPERVISION_OPEN: lambda running: ClockKind.SUPERVISION in running,
    Guard.SUPERVISION_NONE: lambda running: ClockKind.SUPERVISION not in running,
    Guard.BEFORE_DUE: lambda running: ClockKind.HANDLE in running,
}
# What must be done next in each open state has its limit (R401).
MUST_RUN = {
    State.RECEIVED: ClockKind.ACCEPT,
    State.FILED: ClockKind.DISPATCH,
    State.DISPATCHED: ClockKind.SIGN,
    State.HANDLING: ClockKind.HANDLE,
    State.REPORTED: ClockKind.CHECK,
    State.CHECKED: ClockKind.FOLLOW_UP,
}
BESIDE = {ClockKind.SUPERVISION}
WITH_BODY = {State.DISPATCHED, State.HANDLING}


def passes(step: Step, running: Running) -> bool:
    return all(CLOCK_GUARDS.get(guard, lambda _: True)(running) for guard in step.guards)


@cache
def walk() -> tuple[frozenset[Place], frozenset[Step], frozenset[tuple[Place, Place]]]:
    """Every reachable place, every step taken on the way, every pair of places that a step joins."""
    ready: deque[Place] = deque()
    taken: set[Step] = set()
    joined: set[tuple[Place, Place]] = set()
    for step in TABLE:
        if not step.sources and step.target is not None:
            ready.append((step.target, run_clocks(frozenset(), step)))
            taken.add(step)
    seen = set(ready)
    while ready:
        here = ready.popleft()
        for step in (each for each in TABLE if here[0] in each.sources and passes(each, here[1])):
            there = (
                step.target or here[0],
                here[1] if step.part is Part.ASSIST else run_clocks(here[1], step),
            )
            if step.part is Part.ASSIST:
                # Of an assisting order only the clocks of the case itself are followed here.
                of_case = frozenset(kind for kind in step.starts | step.stops if not kind.of_order)
                there = (there[0], (here[1] - (step.stops & of_case)) | (step.starts & of_case))
            taken.add(step)
            joined.add((here, there))
            if there not in seen:
                seen.add(there)
                ready.append(there)
    return frozenset(seen), frozenset(taken), frozenset(joined)


def test_every_step_of_the_table_can_be_reached() -> None:
    left = {(step.verb, step.outcome, step.part) for step in TABLE if step not in walk()[1]}
    assert left == set()


def test_every_state_can_be_reached() -> None:
    assert {state for state, _ in walk()[0]} == set(State)


def test_no_clock_but_that_of_a_promise_runs_on_a_closed_case() -> None:
    left = {place for place in walk()[0] if place[0] in CLOSED_STATES and place[1] - {ClockKind.PROMISE}}
    assert left == set()


@pytest.mark.parametrize("state", sorted(OPEN_STATES))
def test_in_every_open_state_the_next_duty_has_its_clock(state: State) -> None:
    places = [running for where, running in walk()[0] if where is state]
    assert places
    assert all(MUST_RUN[state] in running for running in places)


def test_the_clock_of_one_duty_runs_in_no_other_state() -> None:
    for state, running in walk()[0]:
        for other, kind in MUST_RUN.items():
            of_body = kind is ClockKind.HANDLE and state is State.DISPATCHED
            assert kind not in running or other is state or of_body, (state, sorted(running))


def test_what_belongs_to_a_body_stops_when_the_case_leaves_it() -> None:
    of_order = {kind for kind in ClockKind if kind.of_order} - {ClockKind.CALL}
    of_bodies = of_order | {ClockKind.RULING, ClockKind.SUSPENSION}
    for state, running in walk()[0]:
        assert state in WITH_BODY or not running & of_bodies, (state, sorted(running))


def test_a_suspension_holds_only_a_case_in_a_bodys_hands() -> None:
    assert {state for state, running in walk()[0] if ClockKind.SUSPENSION in running} == {State.HANDLING}


def test_from_everywhere_a_case_can_still_be_closed() -> None:
    """Backwards from the closed places: no reachable place is a trap."""
    places, _, joined = walk()
    good = {place for place in places if place[0] in CLOSED_STATES}
    while True:
        more = {here for here, there in joined if there in good} - good
        if not more:
            break
        good |= more
    assert places - good == set()


def test_every_clock_starts_somewhere_and_can_be_stopped_by_its_own_duty() -> None:
    for kind in ClockKind:
        assert any(kind in step.starts for step in TABLE), kind
        assert any(kind in step.stops and kind not in step.starts for step in TABLE), kind


def test_asking_for_more_time_or_disputing_stops_no_clock() -> None:
    """R206, R304: a limit runs on while people argue; only a granted suspension holds it."""
    for step in TABLE:
        if step.verb in {Verb.DISPUTE, Verb.ASK_EXTENSION, Verb.ASK_SUSPENSION, Verb.RECOMMEND, Verb.REMIND}:
            assert not step.stops, step.verb
