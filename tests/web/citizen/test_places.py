"""Where it happened: by the name of a place of ours, or by an area chosen from the list."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.test import Client
from shapely.geometry import box

from huying.cases.models import Appeal
from huying.places.actions import add_places, put_areas
from huying.places.queries import find_places, forget
from huying.places.rules.drafts import AreaDraft, PlaceDraft
from huying.places.rules.levels import Level, PlaceKind
from tests.cast import COMMUNITY, DISTRICT, MONDAY, STREET, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture(autouse=True)
def estate(cast: Cast) -> Iterator[None]:
    drafts = [
        AreaDraft("呼应区", Level.DISTRICT, box(114.2, 22.6, 114.4, 22.8), str(DISTRICT)),
        AreaDraft("青石街道", Level.STREET, box(114.2, 22.6, 114.4, 22.8), STREET),
        AreaDraft("桂花社区", Level.COMMUNITY, box(114.2, 22.6, 114.4, 22.8), COMMUNITY),
    ]
    put_areas(DISTRICT, drafts, now=MONDAY)
    add_places(DISTRICT, [PlaceDraft("春风花园", PlaceKind.ESTATE, 114.31, 22.71)])
    forget(DISTRICT)
    yield
    forget(DISTRICT)


def test_a_part_of_a_name_finds_the_place_and_where_it_lies() -> None:
    found = find_places(DISTRICT, "风花")
    assert [(one.name, one.around) for one in found] == [("春风花园", ("青石街道", "桂花社区"))]


def test_one_letter_or_an_unknown_name_finds_nothing() -> None:
    assert find_places(DISTRICT, "春") == []
    assert find_places(DISTRICT, "百分%") == []


def test_the_page_offers_it_with_its_position() -> None:
    page = Client().post("/report/places", {"place": "春风花"}).text
    assert 'data-place="春风花园" data-lon="114.310000" data-lat="22.710000"' in page


def test_the_list_of_communities_is_there_without_scripts_and_places_the_report() -> None:
    client = Client()
    assert f'<option value="{COMMUNITY}">桂花社区</option>' in client.get("/report").text
    said = {"key": str(uuid4()), "text": "垃圾没人收，臭得很"}
    client.post("/report", {**said, "area": COMMUNITY})
    assert Appeal.objects.get().area == COMMUNITY


def test_an_area_that_is_none_of_ours_is_passed_over() -> None:
    said = {"key": str(uuid4()), "text": "垃圾没人收，臭得很"}
    assert Client().post("/report", {**said, "area": "110101001001"}).status_code == 302
    assert Appeal.objects.get().area == str(DISTRICT)


def test_an_open_page_asks_only_for_the_version_and_only_as_its_holder() -> None:
    client = Client()
    said = {"key": str(uuid4()), "text": "垃圾没人收，臭得很", "phone": "13812346677"}
    number = client.post("/report", said)["Location"].rsplit("/", 1)[1]
    told = client.get(f"/track/{number}", headers={"accept": "application/json"})
    assert f'data-follow="{told.json()["version"]}"' in client.get(f"/track/{number}").text
    assert Client().get(f"/track/{number}", headers={"accept": "application/json"}).status_code == 404


def test_words_changed_and_sent_again_with_the_same_form_are_not_lost() -> None:
    client, key = Client(), str(uuid4())
    for text in ("垃圾没人收", "垃圾没人收，臭得很", "垃圾没人收"):
        client.post("/report", {"key": key, "text": text})
    assert sorted(Appeal.objects.values_list("text", flat=True)) == ["垃圾没人收", "垃圾没人收，臭得很"]


def test_a_road_is_offered_by_its_name_alone() -> None:
    add_places(DISTRICT, [PlaceDraft("春风路", PlaceKind.ROAD, 114.3, 22.7)])
    forget(DISTRICT)
    page = Client().post("/report/places", {"place": "春风路"}).text
    assert 'data-place="春风路">' in page


def test_the_map_of_the_ground_has_roads_as_lines_and_estates_as_names() -> None:
    way = {"type": "LineString", "coordinates": [[114.3, 22.7], [114.31, 22.7]]}
    add_places(DISTRICT, [PlaceDraft("春风路", PlaceKind.ROAD, 114.3, 22.7, geometry=way)])
    forget(DISTRICT)
    found = Client().get("/ground.geojson").json()["features"]
    told = {(one["properties"]["name"], one["geometry"]["type"]) for one in found}
    assert ("春风花园", "Point") in told
    assert {kind for name, kind in told if name == "春风路"} <= {"LineString", "MultiLineString"} != set()
