"""What stands in the records as a caller's say, told to the caller, who alone knows."""

from datetime import timedelta

import pytest

from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Outcome, State, Verb
from huying.cases.models import Appeal, Case, CaseAppeal
from huying.cases.queries.track import resident_of, track
from huying.kernel.errors import IllegalStep
from huying.web.citizen import counter, telling
from huying.web.citizen.matters import Part
from tests.cast import DISTRICT, GRID, MONDAY, Cast
from tests.web.matters import handled, reported

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = MONDAY + timedelta(hours=3)


@pytest.fixture
def checked(cast: Cast) -> Case:
    case = reported(cast)
    return advance((DISTRICT, case.id), Verb.CHECK, outcome=Outcome.PASSED, by=cast.supervisor, now=LATER)


def _part(case: Case) -> Part:
    appeal = CaseAppeal.objects.filter(case_id=case.id).earliest("appeal_id").appeal_id
    return _of(Appeal.objects.get(id=appeal).receipt)


def _of(receipt: str) -> Part:
    [part] = telling.matter(track(receipt, LATER), LATER).parts
    return part


def _called_back(case: Case, cast: Cast, outcome: Outcome, **facts: str) -> None:
    appeal = CaseAppeal.objects.get(case_id=case.id).appeal_id
    advance(
        (DISTRICT, case.id),
        Verb.FOLLOW_UP,
        outcome=outcome,
        by=cast.evaluator,
        now=LATER,
        appeal=appeal,
        **facts,
    )


def test_what_others_wrote_down_for_the_caller_can_be_put_right_by_the_caller(
    checked: Case, cast: Cast
) -> None:
    _called_back(checked, cast, Outcome.SOLVED, satisfaction="satisfied")
    part = _part(checked)
    assert "“已解决”" in part.rated
    assert part.may_rate


def test_a_call_that_nobody_answered_is_no_rating(checked: Case, cast: Cast) -> None:
    _called_back(checked, cast, Outcome.UNREACHED, unreached_reason="no_answer")
    part = _part(checked)
    assert (part.rated, part.may_rate) == ("", True)


def test_the_callers_own_say_is_thanked_for_and_not_asked_again(checked: Case) -> None:
    appeal = Appeal.objects.get(id=CaseAppeal.objects.get(case_id=checked.id).appeal_id)
    holder = resident_of(track(appeal.receipt, LATER))
    advance(
        (DISTRICT, checked.id), Verb.RATE, outcome=Outcome.SOLVED, by=holder, now=LATER, appeal=appeal.id,
        satisfaction="satisfied",
    )  # fmt: skip
    part = _part(checked)
    assert (part.rated, part.may_rate) == ("您已评价，谢谢。", False)


def test_a_check_is_not_told_as_if_the_body_had_checked_itself(checked: Case) -> None:
    by = {step.title: step.by for step in _part(checked).steps}
    assert by["已处置，等待核查"] == "城市管理局"
    assert by["核查通过"] == ""


def test_what_another_caller_said_is_not_told_as_if_one_had_said_it_oneself(cast: Cast) -> None:
    first = handled(cast)
    new = NewAppeal(text="还是那个井盖", channel="web", area=GRID)
    joined = receive(DISTRICT, [new], by=cast.system, now=LATER)[0]
    advance(
        (DISTRICT, joined.case_id), Verb.MERGE, by=cast.dispatcher, now=LATER, into=first.id, reason="同一件"
    )
    theirs = {step.title for step in _of(joined.receipt).steps}
    assert "先有人反映了同一件事" in theirs
    assert "已收到您的诉求" not in theirs
    assert "已收到您的诉求" in {step.title for step in _part(first).steps}


def test_the_callers_own_say_is_told_as_theirs(checked: Case) -> None:
    appeal = Appeal.objects.get(id=CaseAppeal.objects.get(case_id=checked.id).appeal_id)
    holder = resident_of(track(appeal.receipt, LATER))
    advance(
        (DISTRICT, checked.id), Verb.RATE, outcome=Outcome.UNSOLVED, by=holder, now=LATER, appeal=appeal.id
    )
    assert _of(appeal.receipt).steps[0].title == "您说没解决，退回重办"


def test_what_was_done_is_not_offered_to_be_left_undone(cast: Cast) -> None:
    case = reported(cast)
    receipt = Appeal.objects.get(id=CaseAppeal.objects.get(case_id=case.id).appeal_id).receipt
    assert telling.matter(track(receipt, LATER), LATER).can_withdraw
    advance((DISTRICT, case.id), Verb.CHECK, outcome=Outcome.PASSED, by=cast.supervisor, now=LATER)
    assert not telling.matter(track(receipt, LATER), LATER).can_withdraw
    with pytest.raises(IllegalStep):
        counter.withdraw(receipt, "", LATER)
    case.refresh_from_db()
    assert case.state == State.CHECKED
