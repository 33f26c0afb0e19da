"""Lists of closed cases and of words are found by what narrows them most, and say the same however they are found."""

from datetime import timedelta

import pytest

from huying.access.actor import Actor
from huying.cases.actions import NewAppeal, Receipt, advance, receive
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import CaseSearch, Entry, Order
from huying.cases.queries.lists import closed
from huying.cases.queries.lists.points import points_for
from huying.cases.queries.lists.queue import CaseFilter, count_for, queue_for
from huying.cases.queries.lists.searching import Frequency
from huying.cases.tasks import index_words
from tests.cast import DISTRICT, GRID, MONDAY, Cast

LATER = MONDAY + timedelta(days=1)
CLOSED = CaseFilter(closed=True)


def indexed() -> None:
    index_words(DISTRICT, list(Entry.objects.order_by("case_id", "seq")), LATER)  # type: ignore[arg-type]


def opened(cast: Cast, text: str, minutes: int) -> Receipt:
    new = NewAppeal(text=text, channel="web", kind="complaint", area=GRID)
    return receive(DISTRICT, [new], by=cast.system, now=MONDAY + timedelta(minutes=minutes))[0]


def closed_by(cast: Cast, text: str, minutes: int, body: int) -> int:
    """A case that this body reported, closed after the caller said it was solved."""
    receipt = opened(cast, text, minutes)
    ref, at = (DISTRICT, receipt.case_id), MONDAY + timedelta(minutes=minutes + 1)
    by = cast.handler if body == cast.urban else cast.helper
    advance(ref, Verb.FILE, by=cast.dispatcher, now=at, item="X1")
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=at, body=body)
    advance(ref, Verb.SIGN, by=by, now=at)
    advance(ref, Verb.CONTACT, by=by, now=at, reached=True)
    advance(
        ref, Verb.REPORT, by=by, now=at, result="已清运。", solved=True,
        reply="您好，接到反映后已到现场核查，垃圾已清运，并加派保洁。",
    )  # fmt: skip
    advance(ref, Verb.CHECK, outcome=Outcome.PASSED, by=cast.dispatcher, now=at)
    advance(
        ref, Verb.RATE, outcome=Outcome.SOLVED, by=cast.resident(receipt.appeal_id), now=at,
        appeal=receipt.appeal_id, satisfaction="satisfied", speed=5,
    )  # fmt: skip
    advance(ref, Verb.CLOSE, by=cast.evaluator, now=at)
    return receipt.case_id


def listed(by: Actor, wanted: CaseFilter, limit: int = 50) -> list[int]:
    """All pages, one after the other."""
    found, after = [], ""
    while True:
        page = queue_for(by, wanted, LATER, after, limit)
        found += [line.id for line in page.lines]
        if not page.after:
            return found
        after = page.after


@pytest.fixture
def lives(cast: Cast) -> dict[str, int]:
    found = {f"urban {at}": closed_by(cast, f"春风路垃圾第{at}堆", at * 10, cast.urban) for at in range(1, 5)}
    found["water"] = closed_by(cast, "春风路垃圾堵了水沟", 60, cast.water)
    found["open"] = opened(cast, "春风路垃圾又来了", 70).case_id
    indexed()
    return found


def test_a_body_pages_through_its_own_closed_cases_newest_first(cast: Cast, lives: dict[str, int]) -> None:
    mine = [lives[f"urban {at}"] for at in (4, 3, 2, 1)]
    assert listed(cast.handler, CLOSED) == mine
    assert listed(cast.handler, CLOSED, limit=2) == mine
    assert listed(cast.helper, CLOSED) == [lives["water"]]
    assert count_for(cast.handler, CLOSED, LATER) == 4
    assert count_for(cast.handler, CLOSED, LATER, most=3) == 3


def test_a_body_given_one_case_twice_has_it_once_in_the_list(cast: Cast, lives: dict[str, int]) -> None:
    first = Order.objects.filter(case_id=lives["urban 1"])[0]
    Order.objects.create(
        district=DISTRICT, id=first.id + 10_000, case_id=first.case_id, body_id=first.body_id, role="assist",
        state="ended", opened_at=first.opened_at, sent_at=first.sent_at, ended_at=first.ended_at,
    )  # fmt: skip
    assert listed(cast.handler, CLOSED, limit=3) == [lives[f"urban {at}"] for at in (4, 3, 2, 1)]


def test_what_was_taken_back_from_a_body_is_not_in_its_closed_list(cast: Cast, lives: dict[str, int]) -> None:
    Order.objects.filter(case_id=lives["urban 2"]).update(state="recalled")
    assert lives["urban 2"] not in listed(cast.handler, CLOSED)


@pytest.mark.parametrize("frequency", Frequency)
def test_closed_cases_of_a_word_are_the_same_however_they_are_found(
    cast: Cast, lives: dict[str, int], frequency: Frequency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closed, "frequency_of_closed", lambda words: frequency)
    wanted = CaseFilter(closed=True, text="垃圾")
    everywhere = [lives["water"], *(lives[f"urban {at}"] for at in (4, 3, 2, 1))]
    assert listed(cast.supervisor, wanted) == everywhere
    assert listed(cast.supervisor, wanted, limit=2) == everywhere
    assert listed(cast.handler, wanted, limit=2) == everywhere[1:]
    assert listed(cast.other_dispatcher, wanted) == []
    assert listed(cast.supervisor, CaseFilter(closed=True, text="水沟")) == [lives["water"]]
    for nothing in (CaseFilter(text="，。"), CaseFilter(closed=True, text="，。")):
        assert listed(cast.supervisor, nothing) == []
        assert count_for(cast.supervisor, nothing, LATER) == 0
        assert b'"id" : []' in points_for(cast.supervisor, (114.0, 22.0, 115.0, 23.0), nothing, LATER)


def test_a_body_beyond_all_numbers_leads_nothing(cast: Cast, lives: dict[str, int]) -> None:
    for is_closed in (False, True):
        wanted = CaseFilter(body_id=2**63, closed=is_closed)
        assert listed(cast.dispatcher, wanted) == []
        assert count_for(cast.dispatcher, wanted, LATER) == 0


def test_words_of_open_and_closed_cases_are_told_apart(cast: Cast, lives: dict[str, int]) -> None:
    wanted = CaseFilter(text="垃圾")
    assert listed(cast.supervisor, wanted) == [lives["open"]]
    advance((DISTRICT, lives["water"]), Verb.REOPEN, by=cast.supervisor, now=LATER, reason="又堵了。")
    assert lives["water"] not in listed(cast.supervisor, CLOSED)
    indexed()
    assert sorted(listed(cast.supervisor, wanted)) == sorted([lives["open"], lives["water"]])
    assert set(CaseSearch.objects.filter(open=True).values_list("case_id", flat=True)) == {
        lives["open"],
        lives["water"],
    }
