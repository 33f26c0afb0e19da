"""Disputes and applications for time when several bodies are on a case, or when a body leaves it."""

from datetime import timedelta

import pytest

from huying.cases.actions import advance
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Case, Clock, Delay, Dispute, Order, Pause
from huying.kernel.errors import Conflict, Denied
from tests.cast import DISTRICT, MONDAY, Cast

LATER = MONDAY + timedelta(hours=1)


def running(case: Case) -> set[str]:
    return set(Clock.objects.filter(case_id=case.id, stopped_at=None).values_list("kind", flat=True))


@pytest.fixture
def two_disputes(cast: Cast, with_handler: Case) -> Case:
    """城市管理局 leads, 水务局 assists, and both object."""
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.ADD_BODY, by=cast.dispatcher, now=LATER, body=cast.water)
    advance(ref, Verb.DISPUTE, by=cast.handler, now=LATER, grounds="非本单位职责")
    return advance(ref, Verb.DISPUTE, by=cast.helper, now=LATER, grounds="非本单位职责")


def test_the_body_in_charge_adds_another_and_one_that_assists_does_not(
    cast: Cast, with_handler: Case
) -> None:
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.ADD_BODY, by=cast.handler, now=LATER, body=cast.water)
    with pytest.raises(Denied):
        advance(ref, Verb.ADD_BODY, by=cast.helper, now=LATER, body=cast.housing)
    advance(ref, Verb.ADD_BODY, by=cast.dispatcher, now=LATER, body=cast.housing)
    assert Order.objects.filter(case_id=with_handler.id, role="assist").count() == 2


def test_the_limit_for_a_ruling_runs_until_the_last_dispute_is_decided(
    cast: Cast, two_disputes: Case
) -> None:
    ref = (DISTRICT, two_disputes.id)
    advance(ref, Verb.RULE, outcome=Outcome.DISMISSED, by=cast.ruling_officer, now=LATER, ruling="应办")
    assert "ruling" in running(two_disputes)
    advance(ref, Verb.RULE, outcome=Outcome.DISMISSED, by=cast.ruling_officer, now=LATER, ruling="应办")
    assert "ruling" not in running(two_disputes)


def test_a_ruling_on_a_named_order_decides_the_dispute_about_that_order(
    cast: Cast, two_disputes: Case
) -> None:
    assisting = Order.objects.get(case_id=two_disputes.id, role="assist")
    advance(
        (DISTRICT, two_disputes.id), Verb.RULE, outcome=Outcome.UPHELD, by=cast.ruling_officer, now=LATER,
        order_id=assisting.id, ruling="改派", body=cast.housing,
    )  # fmt: skip
    states = dict(Dispute.objects.values_list("body_id", "state"))
    assert states == {cast.urban: "open", cast.water: "upheld"}
    active = Order.objects.filter(case_id=two_disputes.id, ended_at=None)
    assert dict(active.values_list("body_id", "role")) == {cast.urban: "lead", cast.housing: "assist"}


def test_an_upheld_dispute_does_not_send_the_order_back_to_who_raised_it(
    cast: Cast, with_handler: Case
) -> None:
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.DISPUTE, by=cast.handler, now=LATER, grounds="非本单位职责")
    with pytest.raises(Conflict):
        advance(
            ref, Verb.RULE, outcome=Outcome.UPHELD, by=cast.ruling_officer, now=LATER, ruling="成立", body=cast.urban
        )  # fmt: skip


def test_what_a_body_asked_for_ends_with_its_order(cast: Cast, with_handler: Case) -> None:
    """Else the next body would be held, or hindered, by the application of the one before."""
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.ASK_EXTENSION, by=cast.handler, now=LATER, reason="等配件")
    advance(ref, Verb.DISPUTE, by=cast.handler, now=LATER, grounds="属水务管理")
    advance(
        ref, Verb.RULE, outcome=Outcome.UPHELD, by=cast.ruling_officer, now=LATER, ruling="成立", body=cast.water
    )  # fmt: skip
    assert Delay.objects.get().state == "lapsed"
    advance(ref, Verb.SIGN, by=cast.helper, now=LATER)
    advance(ref, Verb.ASK_EXTENSION, by=cast.helper, now=LATER, reason="等雨停")


def test_an_assisting_body_that_reported_waits_for_no_decision(cast: Cast, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.ADD_BODY, by=cast.dispatcher, now=LATER, body=cast.water)
    advance(ref, Verb.SIGN, by=cast.helper, now=LATER)
    advance(ref, Verb.ASK_EXTENSION, by=cast.helper, now=LATER, reason="等配件")
    advance(ref, Verb.REPORT, by=cast.helper, now=LATER, result="已疏通", solved=True)
    assert Delay.objects.get().state == "lapsed"
    advance(ref, Verb.ASK_EXTENSION, by=cast.handler, now=LATER, reason="等审批")


def suspended(cast: Cast, case: Case) -> None:
    ref = (DISTRICT, case.id)
    until = LATER + timedelta(days=30)
    advance(ref, Verb.ASK_SUSPENSION, by=cast.handler, now=LATER, reason="列入明年计划", until=until)
    advance(ref, Verb.RECOMMEND, outcome=Outcome.AGREED, by=cast.dispatcher, now=LATER)
    advance(ref, Verb.APPROVE, outcome=Outcome.SUSPENDED, by=cast.supervisor, now=LATER)


def test_a_suspended_case_that_goes_up_leaves_no_pause_open(cast: Cast, with_handler: Case) -> None:
    suspended(cast, with_handler)
    ended = LATER + timedelta(days=3)
    advance((DISTRICT, with_handler.id), Verb.HAND_UP, by=cast.dispatcher, now=ended, reason="需区级协调")
    assert set(Pause.objects.values_list("ends_at", flat=True)) == {ended}


def test_a_held_clock_does_not_ring_because_it_was_extended(cast: Cast, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    advance(ref, Verb.ADD_BODY, by=cast.dispatcher, now=LATER, body=cast.water)
    suspended(cast, with_handler)
    soon = LATER + timedelta(minutes=5)
    advance(ref, Verb.ASK_EXTENSION, by=cast.helper, now=soon, reason="等配件")
    advance(ref, Verb.RECOMMEND, outcome=Outcome.AGREED, by=cast.dispatcher, now=soon)
    advance(ref, Verb.APPROVE, outcome=Outcome.EXTENDED, by=cast.supervisor, now=soon)
    held = Clock.objects.filter(case_id=with_handler.id, stopped_at=None, paused_at__isnull=False)
    assert held.filter(extensions=1).count() == 1
    assert not held.filter(next_at__isnull=False).exists()
