"""A point is said in words before it is sent, and an uncertain one decides no more than it knows."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from shapely.geometry import box

from huying.cases.models import Appeal
from huying.places.actions import add_places, put_areas
from huying.places.queries import forget
from huying.places.rules.drafts import AreaDraft, PlaceDraft
from huying.places.rules.levels import Level, PlaceKind
from tests.cast import COMMUNITY, DISTRICT, MONDAY, STREET, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
EAST = f"{STREET}002"
AT = {"lon": "114.25", "lat": "22.65"}


@pytest.fixture(autouse=True)
def drawn(cast: Cast) -> Iterator[None]:
    drafts = [
        AreaDraft("呼应区", Level.DISTRICT, box(114.2, 22.6, 114.4, 22.7), str(DISTRICT)),
        AreaDraft("青石街道", Level.STREET, box(114.2, 22.6, 114.4, 22.7), STREET),
        AreaDraft("桂花社区", Level.COMMUNITY, box(114.2, 22.6, 114.3, 22.7), COMMUNITY),
        AreaDraft("东桥社区", Level.COMMUNITY, box(114.3, 22.6, 114.4, 22.7), EAST),
    ]
    put_areas(DISTRICT, drafts, now=MONDAY)
    add_places(DISTRICT, [PlaceDraft("东桥花园", PlaceKind.ESTATE, 114.35, 22.65)])
    forget(DISTRICT)
    yield
    forget(DISTRICT)


def test_street_and_community_are_said_and_how_far_that_may_err() -> None:
    told = Client().post("/report/here", {**AT, "accuracy": "12"}).json()
    assert told == {"ours": True, "words": "位置：青石街道 桂花社区"}
    unsure = Client().post("/report/here", {**AT, "accuracy": "340"}).json()["words"]
    assert "桂花社区" in unsure
    assert "误差约 300 米" in unsure
    coarse = Client().post("/report/here", {**AT, "accuracy": "1800"}).json()["words"]
    assert "大约在青石街道，" in coarse


def test_a_point_elsewhere_is_not_kept() -> None:
    told = Client().post("/report/here", {"lon": "121.4", "lat": "31.2"}).json()
    assert told["ours"] is False
    assert "不在呼应区" in told["words"]
    assert Client().post("/report/here", {"lon": "x"}).status_code == 400


def _sent(**given: str) -> Appeal:
    said = {"key": str(uuid4()), "text": "垃圾没人收，臭得很", **AT, **given}
    assert Client().post("/report", said).status_code == 302
    return Appeal.objects.get()


def test_a_sure_position_places_the_report() -> None:
    sent = _sent(accuracy="15")
    assert (sent.area, sent.lon) == (COMMUNITY, 114.25)


def test_the_position_of_a_mast_gives_way_to_an_address() -> None:
    sent = _sent(accuracy="2500", place="东桥花园 3 栋")
    assert (sent.area, sent.lon) == (EAST, None)


def test_the_position_of_a_mast_alone_says_the_street() -> None:
    sent = _sent(accuracy="2500")
    assert (sent.area, sent.lon) == (STREET, None)
