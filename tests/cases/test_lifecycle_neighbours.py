"""Several callers on one case: each speaks for themselves, and nobody leads a case where they may not look."""

from datetime import timedelta

import pytest

from huying.cases.actions import NewAppeal, Receipt, advance, receive
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Case, Entry
from huying.cases.queries.glances import glances
from huying.cases.queries.track import track
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from tests.cast import DISTRICT, GRID, MONDAY, OTHER_STREET, Cast

LATER = MONDAY + timedelta(hours=1)
REPLY = "您好，接到反映后已到现场核查，垃圾已清运，并加派保洁。"


def another(cast: Cast, area: str = GRID) -> Receipt:
    new = NewAppeal(text="春风路又是垃圾", channel="web", area=area)
    return receive(DISTRICT, [new], by=cast.system, now=LATER)[0]


@pytest.fixture
def shared(cast: Cast, appeal: Receipt, with_handler: Case) -> Receipt:
    """A neighbour's appeal, merged into the appeal's case."""
    second = another(cast)
    advance((DISTRICT, second.case_id), Verb.MERGE, by=cast.dispatcher, now=LATER, into=with_handler.id)
    return second


def checked(cast: Cast, case: Case) -> None:
    ref = (DISTRICT, case.id)
    advance(ref, Verb.REPORT, by=cast.handler, now=LATER, result="已清运", reply=REPLY, solved=True)
    advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=cast.dispatcher, now=LATER)


def test_nobody_takes_back_a_neighbours_appeal(
    cast: Cast, appeal: Receipt, shared: Receipt, with_handler: Case
) -> None:
    before = Entry.objects.count()
    with pytest.raises(NotFound):
        advance(
            (DISTRICT, with_handler.id), Verb.WITHDRAW, by=cast.resident(appeal.appeal_id), now=LATER,
            appeal=shared.appeal_id,
        )  # fmt: skip
    assert Entry.objects.count() == before


def test_nobody_rates_for_a_neighbour(
    cast: Cast, appeal: Receipt, shared: Receipt, with_handler: Case
) -> None:
    checked(cast, with_handler)
    with pytest.raises(NotFound):
        advance(
            (DISTRICT, with_handler.id), Verb.RATE, outcome=Outcome.SOLVED, by=cast.resident(appeal.appeal_id),
            now=LATER, appeal=shared.appeal_id, satisfaction="satisfied",
        )  # fmt: skip


def test_the_last_caller_ends_the_case_also_when_a_form_gives_the_number_as_text(
    cast: Cast, appeal: Receipt, with_handler: Case
) -> None:
    ended = advance(
        (DISTRICT, with_handler.id), Verb.WITHDRAW, by=cast.resident(appeal.appeal_id), now=LATER,
        appeal=str(appeal.appeal_id),
    )  # fmt: skip
    assert (ended.state, ended.appeals) == ("withdrawn", 0)


def test_only_an_appeal_of_the_case_can_be_taken_back_from_it(cast: Cast, with_handler: Case) -> None:
    with pytest.raises(Invalid):
        advance(
            (DISTRICT, with_handler.id), Verb.WITHDRAW, by=cast.system, now=LATER, appeal=another(cast).appeal_id
        )  # fmt: skip


def test_a_case_is_not_merged_into_one_that_the_dispatcher_may_not_see(
    cast: Cast, with_handler: Case
) -> None:
    elsewhere = another(cast, OTHER_STREET)
    with pytest.raises(NotFound):
        advance(
            (DISTRICT, with_handler.id), Verb.MERGE, by=cast.dispatcher, now=LATER, into=elsewhere.case_id
        )
    assert Case.objects.get(district=DISTRICT, id=elsewhere.case_id).length == 1


def test_taking_in_is_no_step_of_its_own(cast: Cast, with_handler: Case) -> None:
    with pytest.raises(Denied):
        advance((DISTRICT, with_handler.id), Verb.ABSORB, by=cast.district_dispatcher, now=LATER)


def test_no_part_of_a_case_is_split_off_into_another_district(cast: Cast, with_handler: Case) -> None:
    parts = [{"title": "渣土", "item": "X1", "area": "990102001"}]
    with pytest.raises(Invalid):
        advance((DISTRICT, with_handler.id), Verb.SPLIT, by=cast.dispatcher, now=LATER, parts=parts)


def test_what_was_done_again_is_asked_about_again(cast: Cast, appeal: Receipt, with_handler: Case) -> None:
    ref = (DISTRICT, with_handler.id)
    checked(cast, with_handler)
    advance(
        ref, Verb.RATE, outcome=Outcome.UNSOLVED, by=cast.resident(appeal.appeal_id), now=LATER,
        appeal=appeal.appeal_id,
    )  # fmt: skip
    again = LATER + timedelta(hours=1)
    advance(ref, Verb.REPORT, by=cast.handler, now=again, result="又清", reply=REPLY, solved=True)
    advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=cast.dispatcher, now=again)
    with pytest.raises(Conflict):
        advance(ref, Verb.CLOSE, by=cast.evaluator, now=again)
    advance(
        ref, Verb.FOLLOW_UP, outcome=Outcome.SOLVED, by=cast.evaluator, now=again, appeal=appeal.appeal_id,
        satisfaction="satisfied",
    )  # fmt: skip
    assert advance(ref, Verb.CLOSE, by=cast.evaluator, now=again).state == "closed"


def test_nobody_reads_a_neighbours_words_over_the_case_they_share(
    cast: Cast, appeal: Receipt, shared: Receipt, with_handler: Case
) -> None:
    own, other = track(appeal.receipt, LATER), track(shared.receipt, LATER)
    titles = {case.case_id: case.title for case in other.cases}
    assert own.cases[0].title == with_handler.title == own.text
    assert titles[with_handler.id] == other.text != own.text
    assert [one.title for one in glances([appeal.receipt, shared.receipt])] == [own.text, other.text]
