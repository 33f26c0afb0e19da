"""公开答复 by street and community: counts and times, nobody's point and nothing told in confidence."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from shapely.geometry import box

from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.kernel import clock
from huying.places.actions import put_areas
from huying.places.queries import forget
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import Level
from huying.web.citizen.public.board import board
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, STREET, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def drawn(cast: Cast) -> Iterator[None]:
    here = box(114.2, 22.6, 114.4, 22.8)
    drafts = [
        AreaDraft("呼应区", Level.DISTRICT, here, str(DISTRICT)),
        AreaDraft("青石街道", Level.STREET, here, STREET),
        AreaDraft("桂花社区", Level.COMMUNITY, here, COMMUNITY),
    ]
    put_areas(DISTRICT, drafts, now=MONDAY)
    forget(DISTRICT)
    yield
    forget(DISTRICT)


def _closed(cast: Cast, hours: int, **given: Any) -> None:
    at = clock.now() - timedelta(days=2)
    new = NewAppeal(
        **{"text": "路灯不亮", "channel": "web", "area": GRID, "lon": 114.21, "lat": 22.61, **given}
    )
    kept = receive(DISTRICT, [new], by=cast.system, now=at)[0]
    facts = {"reply": "您好，路灯已经修好，感谢您的反映。"}
    case = (DISTRICT, kept.case_id)
    advance(case, Verb.ANSWER, by=cast.district_dispatcher, now=at + timedelta(hours=hours), **facts)


def test_streets_and_communities_say_how_many_and_how_long(cast: Cast) -> None:
    for hours in (1, 2, 9):
        _closed(cast, hours)
    street = board()[0]
    assert (street.whole.name, street.whole.answered) == ("青石街道", 3)
    assert [(spot.name, spot.answered, spot.took) for spot in street.spots] == [
        ("桂花社区", 3, "2 小时 0 分")
    ]


def test_a_mark_stands_in_the_middle_of_its_community_and_not_where_it_happened(cast: Cast) -> None:
    _closed(cast, 1)
    page = Client().get("/public").text
    assert 'data-spot="1"' in page
    assert "114.21" not in page
    assert "22.61" not in page


def test_what_was_told_in_confidence_is_not_counted(cast: Cast) -> None:
    _closed(cast, 1, kind="report")
    assert board() == []


def test_a_place_of_the_list_shows_what_was_done_there_alone(cast: Cast) -> None:
    _closed(cast, 1)
    page = Client().get(f"/public?area={COMMUNITY}").text
    assert "路灯已经修好" in page
    assert 'aria-current="true"' in page
    assert "路灯已经修好" not in Client().get(f"/public?area={STREET}999").text


def test_the_page_asks_the_same_number_of_questions_however_much_was_answered(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for hours in range(1, 8):
        _closed(cast, hours)
    Client().get("/public")
    with django_assert_max_num_queries(12):
        Client().get("/public")
