"""What is sure goes to its body by itself and says why; what is not waits for a person; people are learned from."""

from datetime import datetime, timedelta

import pytest

from huying.cases.actions import Move, NewAppeal, advance, advance_many, receive
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Case, Entry
from huying.catalogue.actions import go_live, load_starter
from huying.loop.allocate.actions import deciding
from huying.loop.allocate.actions.deciding import allocate, decide_new
from huying.loop.allocate.models import Precedent
from huying.loop.allocate.queries.held import forget
from huying.loop.allocate.tasks import remember
from huying.places.rules.reading.guesses import Guess
from tests.cast import DISTRICT, GRID, MONDAY, STREET, Cast, gather

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def cast(db: None) -> Cast:
    cast = gather()
    edition = load_starter(cast.system, DISTRICT, MONDAY)
    go_live(cast.system, edition, MONDAY)
    forget(DISTRICT)
    return cast


def given(cast: Cast, text: str, at: datetime = MONDAY) -> int:
    new = NewAppeal(text=text, channel="web", kind="complaint", area=GRID)
    return receive(DISTRICT, [new], by=cast.system, now=at)[0].case_id


def case(number: int) -> Case:
    return Case.objects.get(district=DISTRICT, id=number)


def test_a_plain_matter_is_filed_and_dispatched_with_its_reasons(cast: Cast) -> None:
    number = given(cast, "小区门口垃圾桶满了没人清运，垃圾堆得到处都是，臭气熏天")
    allocate(DISTRICT, [number], LATER)
    found = case(number)
    assert found.item
    verbs = list(Entry.objects.filter(case_id=number).order_by("seq").values_list("verb", flat=True))
    assert verbs[:2] == ["receive", "file"]
    if found.state == "dispatched":
        assert Entry.objects.get(case_id=number, verb="dispatch").facts["reasons"]


def test_what_is_not_clear_waits_for_a_person(cast: Cast) -> None:
    number = given(cast, "嗯嗯啊这个那个")
    allocate(DISTRICT, [number], LATER)
    assert case(number).state == "received"


def test_allocating_twice_changes_nothing(cast: Cast) -> None:
    number = given(cast, "井盖不见了，很危险")
    allocate(DISTRICT, [number], LATER)
    before = Entry.objects.count()
    allocate(DISTRICT, [number], LATER)
    assert Entry.objects.count() == before


def test_what_the_platform_filed_unsure_is_not_weighed_again_what_a_person_filed_is(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    weighed: list[int] = []

    def unsure(district: int, asked: list[object], now: datetime) -> list[list[object]]:
        weighed.append(len(asked))
        return [[] for _ in asked]

    monkeypatch.setattr(deciding, "suggest_bodies", unsure)
    plain, unclear = given(cast, "井盖不见了，很危险"), given(cast, "嗯嗯啊这个那个")
    decide_new(DISTRICT, links(plain) + links(unclear), LATER)
    assert (case(plain).state, case(unclear).state) == ("filed", "received")
    decide_new(DISTRICT, links(plain)[1:], LATER)
    item = case(plain).item
    advance((DISTRICT, unclear), Verb.FILE, by=cast.dispatcher, now=LATER, item=item)
    decide_new(DISTRICT, links(unclear)[1:], LATER)
    assert weighed == [1, 0, 1]


def test_a_case_that_somebody_ends_meanwhile_holds_up_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended, other = given(cast, "小区门口垃圾桶满了没人清运"), given(cast, "井盖不见了，很危险")

    def after_somebody_else(moves: list[Move], now: datetime) -> list[Case]:
        if case(ended).state == "received":
            reply = "您反映的问题已有人登记并在处理，不再重复受理。"
            advance(
                (DISTRICT, ended), Verb.REJECT, by=cast.dispatcher, now=now, ground="repeated", reply=reply
            )
        return advance_many(moves, now)

    monkeypatch.setattr(deciding, "advance_many", after_somebody_else)
    allocate(DISTRICT, [ended, other], LATER)
    assert (case(ended).state, case(ended).item) == ("rejected", "")
    assert case(other).item


def test_after_one_ruling_the_next_like_case_goes_straight_there(cast: Cast) -> None:
    """R206: the ruling becomes a precedent that dispatch uses at once, and says so."""
    text = "河边有一股臭味，河水发黑"
    first = given(cast, text)
    ref = (DISTRICT, first)
    allocate(DISTRICT, [first], LATER)
    if case(first).state == "received":
        item = "1"
        advance(ref, Verb.FILE, by=cast.dispatcher, now=LATER, item=item)
    if case(first).state == "filed":
        advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=LATER, body=cast.urban)
    holder = case(first).body_id
    handler = cast.handler if holder == cast.urban else cast.helper
    target = cast.housing
    if holder == cast.street_body:
        pytest.skip("the list gives this item to the street, whose handler is not in the cast")
    advance(ref, Verb.DISPUTE, by=handler, now=LATER, grounds="不属本单位")
    advance(
        ref, Verb.RULE, outcome=Outcome.UPHELD, by=cast.ruling_officer, now=LATER, ruling="由住建局办理",
        body=target, reach="street",
    )  # fmt: skip
    remember(DISTRICT, links(first), LATER)
    assert Precedent.objects.get().area == STREET
    second = given(cast, text, LATER)
    allocate(DISTRICT, [second], LATER)
    found = case(second)
    assert (found.state, found.body_id) == ("dispatched", target)
    reasons = Entry.objects.get(case_id=second, verb="dispatch").facts["reasons"]
    assert any("先例" in reason for reason in reasons)


def links(number: int) -> list:
    from huying.cases.ledger import Link

    names = Link.__dataclass_fields__
    return [
        Link(**{name: getattr(entry, name) for name in names})
        for entry in Entry.objects.filter(case_id=number).order_by("seq")
    ]


def test_what_is_not_clear_waits_in_the_street_it_speaks_of(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Guess(114.3, 22.7, STREET, confidence=0.9, metres=100.0)
    monkeypatch.setattr(deciding, "locate_texts", lambda _district, texts: [[told] for _ in texts])
    new = NewAppeal(text="嗯嗯啊这个那个", channel="hotline", place_text="青石街道")
    number = receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0].case_id
    allocate(DISTRICT, [number], LATER)
    allocate(DISTRICT, [number], LATER)
    found = case(number)
    assert (found.state, found.item, found.area) == ("received", "", STREET)
    assert Entry.objects.filter(case_id=number, verb="correct").count() == 1
