"""A case closes when all its callers are content or silent long enough; unhappy twice calls for a leader."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from huying.access.actor import Actor
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.ledger import Link
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Case, CaseAppeal, Entry, Rating, Statement, Supervision
from huying.cases.queries.lists.queue import CaseFilter
from huying.cases.queries.settings.timing import forget_timing
from huying.kernel.errors import Denied, Invalid, MissingFact
from huying.loop.evaluate.actions import set_rule
from huying.loop.evaluate.queries import due_follow_ups_for, rule_of, samples_for
from huying.loop.evaluate.rules import FollowUpRule, is_sampled
from huying.loop.evaluate.tasks import close_due, react
from tests.cases.walking import REPLY
from tests.cast import DISTRICT, GRID, MONDAY, OTHER_STREET, STREET, Cast, gather
from tests.web.matters import indexed

LATER = MONDAY + timedelta(hours=3)


@pytest.fixture
def cast(db: None) -> Cast:
    forget_timing()
    return gather()


def open_case(cast: Cast) -> int:
    new = NewAppeal(text="路口积水", channel="web", kind="complaint", area=GRID)
    case_id = receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0].case_id
    step(case_id, Verb.FILE, cast.dispatcher, item="010101")
    step(case_id, Verb.DISPATCH, cast.dispatcher, body=cast.urban)
    step(case_id, Verb.SIGN, cast.handler)
    return case_id


def step(
    case_id: int, verb: Verb, by: Actor, outcome: Outcome | None = None, at: datetime = MONDAY, **facts: Any
) -> Case:
    return advance((DISTRICT, case_id), verb, by=by, now=at, outcome=outcome, **facts)


def check(cast: Cast, case_id: int, at: datetime = MONDAY) -> None:
    step(case_id, Verb.REPORT, cast.handler, at=at, result="已疏通。", reply=REPLY, solved=True)
    step(case_id, Verb.CHECK, cast.dispatcher, Outcome.PASSED, at=at)


def appeal_of(case_id: int) -> int:
    return CaseAppeal.objects.filter(case_id=case_id, until=None).earliest("appeal_id").appeal_id


def say(cast: Cast, case_id: int, appeal: int, *, solved: bool, at: datetime = LATER) -> None:
    outcome = Outcome.SOLVED if solved else Outcome.UNSOLVED
    word = "satisfied" if solved else "unsatisfied"
    step(case_id, Verb.RATE, cast.resident(appeal), outcome, at, appeal=appeal, satisfaction=word)


def catch_up(now: datetime = LATER) -> None:
    names = Link.__dataclass_fields__
    rows = Entry.objects.order_by("position", "case_id", "seq")
    react(DISTRICT, [Link(**{name: getattr(row, name) for name in names}) for row in rows], now)


def state(case_id: int) -> str:
    return Case.objects.get(id=case_id).state


def test_a_content_caller_closes_the_case(cast: Cast) -> None:
    case_id = open_case(cast)
    check(cast, case_id)
    catch_up()
    assert state(case_id) == "checked"
    say(cast, case_id, appeal_of(case_id), solved=True)
    catch_up()
    catch_up()
    assert state(case_id) == "closed"
    assert Entry.objects.filter(case_id=case_id, verb="close").count() == 1


def test_it_waits_until_every_caller_was_heard(cast: Cast) -> None:
    case_id, other = open_case(cast), open_case(cast)
    step(other, Verb.MERGE, cast.dispatcher, into=case_id)
    check(cast, case_id)
    first, second = sorted(
        CaseAppeal.objects.filter(case_id=case_id, until=None).values_list("appeal_id", flat=True)
    )
    say(cast, case_id, first, solved=True)
    catch_up()
    assert state(case_id) == "checked"
    step(case_id, Verb.WITHDRAW, cast.resident(second), at=LATER, appeal=second)
    catch_up()
    assert state(case_id) == "closed"


def test_what_was_said_of_work_done_again_answers_nothing(cast: Cast) -> None:
    case_id, other = open_case(cast), open_case(cast)
    step(other, Verb.MERGE, cast.dispatcher, into=case_id)
    check(cast, case_id)
    first, second = sorted(
        CaseAppeal.objects.filter(case_id=case_id, until=None).values_list("appeal_id", flat=True)
    )
    say(cast, case_id, first, solved=True)
    say(cast, case_id, second, solved=False)
    check(cast, case_id, LATER + timedelta(hours=1))
    say(cast, case_id, second, solved=True, at=LATER + timedelta(hours=2))
    catch_up()
    assert state(case_id) == "checked"


def test_unhappy_twice_is_put_under_supervision_once(cast: Cast) -> None:
    case_id = open_case(cast)
    appeal = appeal_of(case_id)
    for round_ in (1, 2):
        check(cast, case_id, MONDAY + timedelta(hours=round_))
        say(cast, case_id, appeal, solved=False, at=MONDAY + timedelta(hours=round_, minutes=5))
        catch_up()
        assert Supervision.objects.count() == round_ - 1
    catch_up()
    assert Supervision.objects.count() == 1
    assert state(case_id) == "handling"


def test_work_that_checks_send_back_twice_is_put_under_supervision_once(cast: Cast) -> None:
    case_id = open_case(cast)
    for round_ in (1, 2, 3):
        at = MONDAY + timedelta(hours=round_)
        step(case_id, Verb.REPORT, cast.handler, at=at, result="已疏通。", reply=REPLY, solved=True)
        step(case_id, Verb.CHECK, cast.dispatcher, Outcome.REWORK, at, reason="水还没有退。")
        catch_up()
        assert Supervision.objects.count() == (round_ > 1)
    assert "返工" in Statement.objects.get(case_id=case_id, name="supervision").text


def test_silence_closes_a_case_after_the_days_of_the_rule(cast: Cast) -> None:
    case_id = open_case(cast)
    check(cast, case_id)
    set_rule(cast.administrator, FollowUpRule(days=3), MONDAY)
    close_due(DISTRICT, MONDAY + timedelta(days=3) - timedelta(seconds=1))
    assert state(case_id) == "checked"
    close_due(DISTRICT, MONDAY + timedelta(days=3))
    assert state(case_id) == "closed"
    rows = Rating.objects.filter(case_id=case_id)
    assert list(rows.values_list("reached", "reason")) == [(False, "lapsed")]


def test_the_list_shows_whom_to_call_and_how_often_it_was_tried(cast: Cast) -> None:
    case_id = open_case(cast)
    assert due_follow_ups_for(cast.evaluator, LATER).cases == []
    check(cast, case_id)
    appeal = appeal_of(case_id)
    step(
        case_id,
        Verb.FOLLOW_UP,
        cast.evaluator,
        Outcome.UNREACHED,
        LATER,
        appeal=appeal,
        unreached_reason="busy",
    )
    page = due_follow_ups_for(cast.evaluator, LATER)
    assert [each.line.id for each in page.cases] == [case_id]
    assert [(caller.attempts, caller.reached) for caller in page.cases[0].appeals] == [(1, False)]
    elsewhere = CaseFilter(area=OTHER_STREET)
    assert due_follow_ups_for(cast.evaluator, LATER, wanted=elsewhere).cases == []
    with pytest.raises(Denied):
        due_follow_ups_for(cast.handler, LATER)


def test_direct_answers_are_asked_about_by_lot(cast: Cast) -> None:
    set_rule(cast.administrator, FollowUpRule(sample_percent=100), MONDAY)
    new = NewAppeal(text="问政策", channel="web", kind="inquiry", area=GRID)
    case_id = receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0].case_id
    step(case_id, Verb.ANSWER, cast.seat, reply=REPLY)
    catch_up()
    catch_up()
    assert [each.line.id for each in samples_for(cast.seat, LATER).cases] == [case_id]
    indexed(LATER)
    for wanted, there in (
        (CaseFilter(area=STREET, kind="inquiry"), True),
        (CaseFilter(text="政策"), True),
        (CaseFilter(channel="hotline"), False),
        (CaseFilter(area=OTHER_STREET), False),
        (CaseFilter(text="路灯"), False),
    ):
        assert bool(samples_for(cast.seat, LATER, wanted=wanted).cases) is there
    appeal = appeal_of(case_id)
    facts = {"appeal": appeal, "satisfaction": "satisfied"}
    step(case_id, Verb.FOLLOW_UP, cast.evaluator, Outcome.SOLVED, LATER, **facts)
    catch_up()
    assert samples_for(cast.seat, LATER).cases == []


def test_the_lot_is_the_same_whoever_draws_it_and_about_as_large_as_asked() -> None:
    drawn = [is_sampled(DISTRICT, case_id, 5) for case_id in range(4000)]
    assert drawn == [is_sampled(DISTRICT, case_id, 5) for case_id in range(4000)]
    assert 120 < sum(drawn) < 280
    assert not any(is_sampled(DISTRICT, case_id, 0) for case_id in range(200))
    assert all(is_sampled(DISTRICT, case_id, 100) for case_id in range(200))


def test_a_rule_has_bounds_and_only_some_may_set_it(cast: Cast) -> None:
    with pytest.raises(Invalid):
        FollowUpRule(days=0)
    with pytest.raises(Denied):
        set_rule(cast.seat, FollowUpRule(days=5), MONDAY)
    assert rule_of(DISTRICT).days == 7


def test_who_was_not_heard_needs_a_reason_that_a_person_can_know(cast: Cast) -> None:
    case_id = open_case(cast)
    check(cast, case_id)
    appeal = appeal_of(case_id)
    with pytest.raises(MissingFact) as missing:
        step(case_id, Verb.FOLLOW_UP, cast.evaluator, Outcome.UNREACHED, LATER, appeal=appeal)
    assert set(missing.value.fields) == {"unreached_reason"}
    for reason in ("lapsed", "tired"):
        facts = {"appeal": appeal, "unreached_reason": reason}
        with pytest.raises(Invalid) as refused:
            step(case_id, Verb.FOLLOW_UP, cast.evaluator, Outcome.UNREACHED, LATER, **facts)
        assert set(refused.value.fields) == {"unreached_reason"}
    facts = {"appeal": appeal, "unreached_reason": "refused"}
    step(case_id, Verb.FOLLOW_UP, cast.evaluator, Outcome.UNREACHED, LATER, **facts)
    assert Rating.objects.get(case_id=case_id).reason == "refused"
    assert Entry.objects.filter(case_id=case_id).latest("seq").facts["unreached_reason"] == "refused"
