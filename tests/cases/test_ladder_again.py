"""A clock that is due at another time climbs its ladder again, and rings red when the new time passes too."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.cases.actions import advance, fire_due
from huying.cases.clocks import DEFAULT_LADDER, rung_after_move, rung_time
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Case, Clock, Entry
from tests.cast import DISTRICT, MONDAY, Cast

MINUTE = timedelta(minutes=1)


@given(st.integers(0, 4), st.integers(1, 10_000), st.integers(0, 20_000))
def test_what_stays_told_is_what_was_told_and_is_still_true(told: int, length: int, gone: int) -> None:
    due, now = MONDAY + length * MINUTE, MONDAY + gone * MINUTE
    rung = rung_after_move(DEFAULT_LADDER, told, MONDAY, due, now)
    reached = [each for each in DEFAULT_LADDER if rung_time(each, MONDAY, due) <= now]
    assert rung in {0, *(each.number for each in reached)}
    # No reminder of the past is left to ring, and no passing that was never told is left out.
    assert all(each.number <= rung for each in reached if each.share < 1)
    assert all(each.number <= told for each in reached if each.share >= 1 and each.number <= rung)


@pytest.mark.django_db
def test_red_rings_again_at_the_extended_due(cast: Cast, with_handler: Case) -> None:
    ref, clock = (DISTRICT, with_handler.id), handling(with_handler)
    first_due = clock.due_at
    advance(ref, Verb.ASK_EXTENSION, by=cast.handler, now=first_due - MINUTE, reason="等配件")
    advance(ref, Verb.RECOMMEND, outcome=Outcome.AGREED, by=cast.dispatcher, now=first_due - MINUTE)
    sweep(first_due + MINUTE)
    assert told(with_handler) == [1, 2, 3]
    advance(ref, Verb.APPROVE, outcome=Outcome.EXTENDED, by=cast.supervisor, now=first_due + MINUTE)
    clock = handling(with_handler)
    # By the new due, with its weekend, not even the first reminder's moment has come.
    assert clock.rung == 0
    assert clock.next_at is not None
    assert first_due < clock.next_at < clock.due_at
    sweep(clock.due_at)
    assert told(with_handler) == [1, 2, 3, 1, 2, 3]
    assert red_moments(with_handler) == [first_due + MINUTE, clock.due_at]


@pytest.mark.django_db
def test_what_is_past_by_the_new_due_too_is_not_told_twice(cast: Cast, with_handler: Case) -> None:
    ref, clock = (DISTRICT, with_handler.id), handling(with_handler)
    advance(ref, Verb.ASK_EXTENSION, by=cast.handler, now=clock.due_at - MINUTE, reason="等配件")
    advance(ref, Verb.RECOMMEND, outcome=Outcome.AGREED, by=cast.dispatcher, now=clock.due_at - MINUTE)
    much_later = clock.due_at + 5 * (clock.due_at - clock.starts_at)
    sweep(much_later)
    before = told(with_handler)
    advance(ref, Verb.APPROVE, outcome=Outcome.EXTENDED, by=cast.supervisor, now=much_later)
    sweep(much_later + MINUTE)
    assert told(with_handler) == before == [1, 2, 3, 4]


@pytest.mark.django_db
def test_red_rings_again_after_a_suspension(cast: Cast, with_handler: Case) -> None:
    ref, due = (DISTRICT, with_handler.id), handling(with_handler).due_at
    until = due + timedelta(days=30)
    asked = due - MINUTE
    advance(ref, Verb.ASK_SUSPENSION, by=cast.handler, now=asked, reason="列入明年计划", until=until)
    advance(ref, Verb.RECOMMEND, outcome=Outcome.AGREED, by=cast.dispatcher, now=asked)
    sweep(asked)
    advance(ref, Verb.APPROVE, outcome=Outcome.SUSPENDED, by=cast.supervisor, now=asked)
    advance(ref, Verb.RESUME, by=cast.system, now=until)
    clock = handling(with_handler)
    assert clock.due_at > until
    sweep(clock.due_at)
    assert red_moments(with_handler) == [clock.due_at]
    assert clock.rung == max(
        number for number, share in ((0, "0"), (1, "0.5"), (2, "0.8"))
        if clock.starts_at + (clock.due_at - clock.starts_at) * float(Decimal(share)) <= until
    )  # fmt: skip


@pytest.mark.django_db
def test_what_was_late_before_it_was_held_stays_late_when_it_is_taken_away(
    cast: Cast, with_handler: Case
) -> None:
    ref, due = (DISTRICT, with_handler.id), handling(with_handler).due_at
    until, late = due + timedelta(days=30), due + timedelta(hours=1)
    advance(ref, Verb.ASK_SUSPENSION, by=cast.handler, now=due - MINUTE, reason="列入明年计划", until=until)
    advance(ref, Verb.RECOMMEND, outcome=Outcome.AGREED, by=cast.dispatcher, now=late)
    advance(ref, Verb.APPROVE, outcome=Outcome.SUSPENDED, by=cast.supervisor, now=late)
    advance(ref, Verb.HAND_UP, by=cast.dispatcher, now=late + timedelta(days=2), reason="需区级协调")
    stopped = Entry.objects.filter(case_id=with_handler.id).latest("seq").facts["stopped"]
    assert {kind: is_late for kind, _body, _due, is_late in stopped}["handle"] is True


@pytest.mark.django_db
def test_what_was_held_in_time_is_not_late_for_the_days_it_was_held(cast: Cast, with_handler: Case) -> None:
    ref, due = (DISTRICT, with_handler.id), handling(with_handler).due_at
    asked, until = due - MINUTE, due + timedelta(days=30)
    advance(ref, Verb.ASK_SUSPENSION, by=cast.handler, now=asked, reason="列入明年计划", until=until)
    advance(ref, Verb.RECOMMEND, outcome=Outcome.AGREED, by=cast.dispatcher, now=asked)
    advance(ref, Verb.APPROVE, outcome=Outcome.SUSPENDED, by=cast.supervisor, now=asked)
    advance(ref, Verb.HAND_UP, by=cast.dispatcher, now=due + timedelta(days=2), reason="需区级协调")
    stopped = Entry.objects.filter(case_id=with_handler.id).latest("seq").facts["stopped"]
    assert {kind: is_late for kind, _body, _due, is_late in stopped}["handle"] is False


def handling(case: Case) -> Clock:
    return Clock.objects.get(case_id=case.id, kind="handle")


def sweep(now: datetime) -> None:
    while fire_due(now):
        pass


def warnings(case: Case) -> list[Entry]:
    rows = Entry.objects.filter(case_id=case.id, verb="warn").order_by("seq")
    return [entry for entry in rows if entry.facts["clock"] == "handle"]


def told(case: Case) -> list[int]:
    return [int(entry.facts["rung"]) for entry in warnings(case)]


def red_moments(case: Case) -> list[datetime]:
    return [entry.at for entry in warnings(case) if entry.facts["rung"] == "3"]
