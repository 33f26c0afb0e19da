"""What is kept by differences can be reckoned anew from the ledger, and says where it was wrong."""

from datetime import timedelta

import pytest
from django.db.models import F

from huying.cases.actions import NewAppeal, advance, follow, receive
from huying.cases.lifecycle import Verb
from huying.figures.actions.recounting import HANDLER, recount
from huying.figures.models import FactCase, Tally
from huying.figures.tasks import count
from huying.loop.supervise.models import CaseStanding, GaugeRow
from huying.loop.supervise.rules.standing import Standing, after
from huying.site.wiring import REACTIONS
from tests.cast import DISTRICT, GRID, MONDAY, Cast, gather
from tests.figures.conftest import ledger


@pytest.mark.django_db(transaction=True)
def test_a_recount_finds_what_is_wrong_and_repairs_it() -> None:
    cast = gather()
    _some_cases(cast)
    assert follow(HANDLER, DISTRICT, count, MONDAY) == 8
    _some_cases(cast)
    right = recount(DISTRICT, repair=False)
    assert (right.entries, right.wrong) == (8, ())
    Tally.objects.filter(cut="all", span="m").update(received=F("received") + 1)
    GaugeRow.objects.filter(cut="all").update(open=F("open") - 1)
    FactCase.objects.filter(measure="filed").delete()
    wrong = recount(DISTRICT, repair=False).wrong
    # Three scopes, one number of each kind, and one day behind.
    assert len(wrong) == 7
    assert any("received: 5 -> 4" in line for line in wrong)
    assert recount(DISTRICT, repair=True).wrong == wrong
    assert recount(DISTRICT, repair=False).wrong == ()
    assert follow(HANDLER, DISTRICT, count, MONDAY) == 8
    assert recount(DISTRICT, repair=False).wrong == ()
    assert CaseStanding.objects.count() == 8


def test_the_name_under_which_figures_follow_is_the_one_that_is_retold() -> None:
    assert REACTIONS[HANDLER] is count


def test_an_entry_that_comes_late_does_not_lead_a_case_back(cast: Cast) -> None:
    _some_cases(cast)
    first, second = [link for link in ledger() if link.case_id == ledger()[0].case_id]
    stands = after(after(Standing(), first), second)
    assert stands.state == "filed"
    assert after(stands, first) == stands


def _some_cases(cast: Cast) -> None:
    new = NewAppeal(text="路口积水", channel="web", kind="complaint", area=GRID)
    for receipt in receive(DISTRICT, [new] * 4, by=cast.system, now=MONDAY):
        advance(
            (DISTRICT, receipt.case_id),
            Verb.FILE,
            by=cast.system,
            now=MONDAY + timedelta(minutes=1),
            item="010101",
        )
