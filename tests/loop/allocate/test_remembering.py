"""What allocation takes from the ledger, through the heart itself."""

from datetime import timedelta

import pytest

from huying.cases.actions import NewAppeal, Receipt, advance, receive
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Entry
from huying.cases.queries.settings.timing import forget_timing
from huying.catalogue.queries.live import forget as forget_list
from huying.loop.allocate.models import BodyLesson, ItemLesson, Precedent
from huying.loop.allocate.tasks import remember
from tests.cast import DISTRICT, GRID, MONDAY, Cast, gather

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def cast(db: None) -> Cast:
    forget_timing()
    forget_list(DISTRICT)
    return gather()


@pytest.fixture
def filed(cast: Cast) -> tuple[int, int]:
    new = NewAppeal(text="垃圾没人收", channel="web", kind="complaint", area=GRID)
    receipt: Receipt = receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0]
    ref = (DISTRICT, receipt.case_id)
    advance(ref, Verb.FILE, by=cast.dispatcher, now=MONDAY, item="X1")
    return ref


def learned() -> list[tuple[str, str, int]]:
    remember(DISTRICT, list(Entry.objects.order_by("case_id", "seq")), LATER)
    return list(BodyLesson.objects.order_by("seq").values_list("item", "area", "body_id"))


def test_a_dispatch_by_a_person_teaches(cast: Cast, filed: tuple[int, int]) -> None:
    advance(filed, Verb.DISPATCH, by=cast.dispatcher, now=MONDAY, body=cast.urban)
    assert learned() == [("X1", GRID, cast.urban)]


def test_an_automatic_dispatch_does_not_prove_itself_right(cast: Cast, filed: tuple[int, int]) -> None:
    advance(filed, Verb.DISPATCH, by=cast.system, now=MONDAY, body=cast.urban)
    assert learned() == []


def test_a_ruling_teaches_and_binds_as_far_as_it_says(cast: Cast, filed: tuple[int, int]) -> None:
    advance(filed, Verb.DISPATCH, by=cast.dispatcher, now=MONDAY, body=cast.urban)
    advance(filed, Verb.SIGN, by=cast.handler, now=MONDAY)
    advance(filed, Verb.DISPUTE, by=cast.handler, now=MONDAY, grounds="不属我局职责")
    advance(
        filed, Verb.RULE, outcome=Outcome.UPHELD, by=cast.ruling_officer, now=LATER,
        ruling="由水务局办理", body=cast.water, reach="street",
    )  # fmt: skip
    assert [body for *_, body in learned()] == [cast.urban, cast.water]
    precedent = Precedent.objects.get()
    assert (precedent.item, precedent.area, precedent.body_id) == ("X1", GRID[:9], cast.water)
    assert len(learned()) == 2
    assert Precedent.objects.count() == 1


@pytest.mark.parametrize(("covers", "bound"), [("", 3), ("condition", 3), ("item", None)])
def test_a_ruling_binds_the_filing_condition_it_was_about_unless_it_means_the_whole_item(
    cast: Cast, filed: tuple[int, int], covers: str, bound: int | None
) -> None:
    advance(filed, Verb.CORRECT, by=cast.dispatcher, now=MONDAY, condition="3")
    advance(filed, Verb.DISPATCH, by=cast.dispatcher, now=MONDAY, body=cast.urban)
    advance(filed, Verb.DISPUTE, by=cast.handler, now=MONDAY, grounds="不属我局职责")
    advance(
        filed, Verb.RULE, outcome=Outcome.UPHELD, by=cast.ruling_officer, now=LATER, ruling="由水务局办理",
        body=cast.water, reach="street", covers=covers,
    )  # fmt: skip
    learned()
    assert Precedent.objects.get().condition == bound


def test_the_item_a_person_chose_teaches(cast: Cast, filed: tuple[int, int]) -> None:
    advance(filed, Verb.CORRECT, by=cast.dispatcher, now=LATER, item="X2")
    learned()
    learned()
    assert list(ItemLesson.objects.order_by("seq").values_list("item", flat=True)) == ["X1", "X2"]
