"""What is exempted leaves the statistics and nothing else; twice it cannot be asked, alone it cannot be decided."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from huying.access.actor import Actor, Grant
from huying.access.roles import Role
from huying.cases.models import Entry
from huying.figures.actions import NewExemption, ask_exemption, decide_exemption
from huying.figures.actions.recounting import recount
from huying.figures.queries import behind_for, board_for, exemptions_for, matter_of, offers_for
from huying.figures.queries.exemptions import Wanted
from huying.figures.rules.exempting import Decision, Ground
from huying.figures.rules.measures import Measure as M
from huying.figures.rules.periods import Period
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from tests.cast import DISTRICT, MONDAY, OTHER_STREET, Cast, actor
from tests.figures.living import counted, live

SPRING = Period(MONDAY.date(), MONDAY.date() + timedelta(days=60))
LATER = MONDAY + timedelta(days=40)
WHY = "台风红色预警期间全区停工。"


def _new(case_id: int, body: int, measure: M | str = M.HANDLE_LATE) -> NewExemption:
    return NewExemption(case_id, body, str(measure), Ground.FORCE_MAJEURE, WHY)


@pytest.fixture
def late(cast: Cast) -> int:
    live(cast, cast.urban)
    found = live(cast, cast.urban, late=True)
    counted(LATER)
    return found


def test_a_late_case_granted_is_no_longer_late_and_the_ledger_says_so_still(cast: Cast, late: int) -> None:
    entries = Entry.objects.count()
    before = board_for(cast.evaluator, SPRING).total
    assert before.figures["in_time_rate"].value == pytest.approx(0.5)
    number = ask_exemption(cast.handler, _new(late, cast.urban), LATER)
    assert board_for(cast.evaluator, SPRING).total.counts[M.HANDLE_LATE] == 1
    decide_exemption(cast.evaluator, number, True, "", LATER)
    after = board_for(cast.evaluator, SPRING)
    assert after.total.figures["in_time_rate"].value == 1
    assert M.HANDLE_LATE not in after.total.counts
    assert after.total.counts[M.EXEMPTED] == 1
    assert Entry.objects.count() == entries
    assert behind_for(cast.evaluator, SPRING, [M.HANDLE_LATE], LATER)[0] == []
    assert [one.line.id for one in behind_for(cast.evaluator, SPRING, [M.EXEMPTED], LATER)[0]] == [late]
    matter = matter_of(cast.evaluator, late)
    assert matter is not None
    assert matter.score == 100


def test_counting_anew_comes_to_the_same_with_what_was_exempted(cast: Cast, late: int) -> None:
    number = ask_exemption(cast.handler, _new(late, cast.urban, ""), LATER)
    decide_exemption(cast.evaluator, number, True, "", LATER)
    assert board_for(cast.evaluator, SPRING).total.counts[M.CLOSED] == 1
    assert recount(DISTRICT, repair=False).wrong == ()
    assert recount(DISTRICT, repair=True).wrong == ()
    assert board_for(cast.evaluator, SPRING).total.counts[M.EXEMPTED] == 1


def test_a_verdict_leaves_with_all_that_it_counted(cast: Cast) -> None:
    case = live(cast, cast.urban, word="unsatisfied")
    counted(LATER)
    number = ask_exemption(cast.handler, _new(case, cast.urban, M.UNSATISFIED), LATER)
    decide_exemption(cast.evaluator, number, True, "", LATER)
    counts = board_for(cast.evaluator, SPRING).total.counts
    assert not {M.VALID, M.SOLVED, M.RESPONDED, M.UNSATISFIED} & counts.keys()
    assert counts[M.CLOSED] == 1


def test_each_thing_is_asked_once_and_pressed_twice_is_one(cast: Cast, late: int) -> None:
    first = ask_exemption(cast.handler, _new(late, cast.urban), LATER)
    assert ask_exemption(cast.handler, _new(late, cast.urban), LATER) == first
    with pytest.raises(Conflict):
        ask_exemption(cast.handler, replace(_new(late, cast.urban), words="再申请一次，换个理由。"), LATER)
    decide_exemption(cast.evaluator, first, False, "不属于不可抗力范围。", LATER)
    decide_exemption(cast.evaluator, first, False, "不属于不可抗力范围。", LATER)
    with pytest.raises(Conflict):
        decide_exemption(cast.evaluator, first, True, "", LATER)
    with pytest.raises(Conflict):
        ask_exemption(cast.handler, _new(late, cast.urban), LATER)
    assert board_for(cast.evaluator, SPRING).total.counts[M.HANDLE_LATE] == 1


def test_who_may_ask_and_who_may_decide(cast: Cast, late: int) -> None:
    for wrong in (cast.outsider, cast.evaluator, cast.seat, cast.dispatcher):
        with pytest.raises(Denied):
            ask_exemption(wrong, _new(late, cast.urban), LATER)
    with pytest.raises(Denied):
        ask_exemption(cast.handler, _new(late, cast.water), LATER)
    number = ask_exemption(cast.handler, _new(late, cast.urban), LATER)
    both = Actor(
        cast.handler.kind, DISTRICT, "李明", cast.handler.account_id,
        grants=(*cast.handler.grants, Grant(Role.EVALUATOR, str(DISTRICT))),
    )  # fmt: skip
    for nobody in (cast.handler, cast.leader, both):
        with pytest.raises(Denied):
            decide_exemption(nobody, number, True, "", LATER)
    with pytest.raises(NotFound):
        decide_exemption(cast.evaluator, number + 1, True, "", LATER)
    assert [one.state for one in exemptions_for(cast.evaluator, Wanted(), LATER)] == [Decision.OPEN]


def test_a_street_asks_for_its_own_units(cast: Cast) -> None:
    case = live(cast, cast.street_body, late=True)
    counted(LATER)
    assert [offer.body_id for offer in offers_for(cast.dispatcher, case)] == [cast.street_body]
    assert ask_exemption(cast.dispatcher, _new(case, cast.street_body), LATER)
    elsewhere = actor("吴志强", 103, Role.STREET_LEADER, OTHER_STREET)
    with pytest.raises(Denied):
        ask_exemption(elsewhere, _new(case, cast.street_body, ""), LATER)


def test_what_was_never_counted_or_not_explained_is_refused(cast: Cast, late: int) -> None:
    with pytest.raises(Invalid):
        ask_exemption(cast.handler, _new(late, cast.urban, M.SIGN_LATE), LATER)
    with pytest.raises(Invalid):
        ask_exemption(cast.handler, _new(late, cast.urban, M.CLOSED), LATER)
    with pytest.raises(Invalid):
        ask_exemption(cast.handler, replace(_new(late, cast.urban), words="台风"), LATER)


def test_a_list_is_narrowed_and_each_reads_their_own(cast: Cast, late: int) -> None:
    ask_exemption(cast.handler, _new(late, cast.urban), LATER)
    ask_exemption(cast.handler, _new(late, cast.urban, ""), LATER)
    assert len(exemptions_for(cast.handler, Wanted(state=Decision.OPEN), LATER)) == 2
    assert exemptions_for(cast.helper, Wanted(), LATER) == []
    assert exemptions_for(cast.evaluator, Wanted(state=Decision.GRANTED), LATER) == []
    first, second = exemptions_for(cast.evaluator, Wanted(body_id=cast.urban), LATER)
    assert exemptions_for(cast.evaluator, Wanted(), LATER, before=first.id) == [second]


def test_the_offer_names_what_is_left_to_ask(cast: Cast, late: int, follow: Callable[[], int]) -> None:
    assert [(one.measures, one.whole) for one in offers_for(cast.handler, late)] == [([M.HANDLE_LATE], True)]
    ask_exemption(cast.handler, _new(late, cast.urban), LATER)
    assert [(one.measures, one.whole) for one in offers_for(cast.handler, late)] == [([], True)]
    assert offers_for(cast.evaluator, late) == []
