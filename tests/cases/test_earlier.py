"""What was closed before at the same place of the same item, for whoever may see it."""

from datetime import timedelta

import pytest

from huying.access.actor import Actor
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.cases.models import Case
from huying.cases.queries.lists.earlier import earlier_here
from huying.cases.queries.lists.queue import lines_of
from tests.cast import DISTRICT, GRID, MONDAY, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LON, LAT = 114.3, 22.7


def closed_before(cast: Cast, days: float, item: str = "090301", metres: float = 0.0) -> int:
    """A case of the item so many metres to the north, opened and closed so many days before."""
    at = MONDAY - timedelta(days=days)
    new = NewAppeal(
        text="下水道堵了", channel="web", kind="complaint", area=GRID, lon=LON, lat=LAT + metres / 111_195
    )
    case_id = receive(DISTRICT, [new], by=cast.system, now=at)[0].case_id
    advance(
        (DISTRICT, case_id),
        Verb.ANSWER,
        by=cast.dispatcher,
        now=at,
        item=item,
        reply="您好，已联系疏通，感谢反映。",
    )
    return case_id


def found(cast: Cast, actor: Actor | None = None) -> list[int]:
    new = NewAppeal(text="下水道又堵了", channel="web", kind="complaint", area=GRID, lon=LON, lat=LAT)
    case_id = receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0].case_id
    Case.objects.filter(id=case_id).update(item="090301")
    line = lines_of(cast.dispatcher, [case_id], MONDAY)[0]
    return [one.id for one in earlier_here(actor or cast.dispatcher, line, MONDAY)]


def test_the_newest_stands_first_and_only_what_is_the_same_and_near(cast: Cast) -> None:
    older, newer = closed_before(cast, 700), closed_before(cast, 360, metres=60)
    closed_before(cast, 30, item="010101")
    closed_before(cast, 30, metres=150)
    closed_before(cast, 3 * 365 + 5)
    assert found(cast) == [newer, older]


def test_another_streets_dispatcher_is_shown_none_of_it(cast: Cast) -> None:
    closed_before(cast, 30)
    assert found(cast, cast.other_dispatcher) == []


def test_a_case_without_item_or_position_has_no_place_to_look_at(cast: Cast) -> None:
    closed_before(cast, 30)
    new = NewAppeal(text="下水道又堵了", channel="web", kind="complaint", area=GRID)
    case_id = receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0].case_id
    assert earlier_here(cast.dispatcher, lines_of(cast.dispatcher, [case_id], MONDAY)[0], MONDAY) == []
