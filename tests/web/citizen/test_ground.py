"""Our own roads, water and names under every map: one file while a district is small, tiles when it is large."""

import json
from collections.abc import Iterator
from gc import collect
from pathlib import Path
from weakref import ref

import mapbox_vector_tile
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from shapely.geometry import box

from huying.geo.datums import Datum
from huying.places.actions import add_places, put_areas, put_district
from huying.places.queries import find_places, forget, ground
from huying.places.queries.held import book
from huying.places.rules.drafts import AreaDraft, PlaceDraft
from huying.places.rules.levels import Level, PlaceKind
from huying.places.tasks import import_places
from tests.cast import DISTRICT, MONDAY, STREET

pytestmark = [pytest.mark.django_db, pytest.mark.database]
# The tile at zoom 14 on which 114.3, 22.7 lies.
TILE = (14, 13393, 7130)


@pytest.fixture(autouse=True)
def _district() -> Iterator[None]:
    put_district(DISTRICT, "云河区")
    put_areas(
        DISTRICT, [AreaDraft("青石街道", Level.STREET, box(114.2, 22.6, 114.4, 22.8), STREET)], now=MONDAY
    )
    forget(DISTRICT)
    yield
    forget(DISTRICT)


def _roads(count: int) -> list[PlaceDraft]:
    ways = [
        {"type": "LineString", "coordinates": [[114.29 + n * 1e-4, 22.69], [114.29 + n * 1e-4, 22.71]]}
        for n in range(count)
    ]
    return [
        PlaceDraft(f"纵{n}路", PlaceKind.ROAD, 114.29, 22.7, geometry=way, key=f"{n}")
        for n, way in enumerate(ways)
    ]


def _tile(zoom: int, column: int, row: int) -> set[str]:
    answer = Client().get(f"/ground/{zoom}/{column}/{row}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/vnd.mapbox-vector-tile")
    return {
        one["properties"]["name"] for one in mapbox_vector_tile.decode(answer.content)["ways"]["features"]
    }


def test_a_small_district_is_one_file_and_a_large_one_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    add_places(DISTRICT, _roads(5))
    assert 'data-ground="/ground.geojson"' in Client().get("/report").text
    monkeypatch.setattr(ground, "_MOST_WAYS", 4)
    forget(DISTRICT)
    assert 'data-ground="/ground/{z}/{x}/{y}"' in Client().get("/report").text


def test_a_tile_holds_what_lies_on_it_and_nothing_else() -> None:
    add_places(DISTRICT, _roads(3))
    forget(DISTRICT)
    assert _tile(*TILE) == {"纵0路", "纵1路", "纵2路"}
    assert Client().get("/ground/14/0/0").status_code == 204
    assert Client().get("/ground/14/99999/0").status_code == 404
    assert [Client().get(f"/ground/{zoom}/0/0").status_code for zoom in (7, 16, 99)] == [404] * 3


def test_a_tile_is_drawn_once_and_anew_when_the_places_changed() -> None:
    add_places(DISTRICT, _roads(1))
    forget(DISTRICT)
    _tile(*TILE)
    with CaptureQueriesContext(connection) as asked:
        _tile(*TILE)
    assert not [one for one in asked if "places_place" in one["sql"]]
    add_places(DISTRICT, _roads(2))
    assert _tile(*TILE) == {"纵0路", "纵1路"}


def test_the_whole_is_drawn_once_and_what_was_drawn_before_a_change_is_let_go() -> None:
    add_places(DISTRICT, _roads(1))
    forget(DISTRICT)
    assert ground.ground_features(DISTRICT) is ground.ground_features(DISTRICT)
    _tile(*TILE)
    former = ref(ground._ground(book(DISTRICT), DISTRICT))
    add_places(DISTRICT, _roads(2))
    _tile(*TILE)
    collect()
    assert former() is None


def test_what_a_file_brings_in_is_drawn_and_found_by_name(tmp_path: Path) -> None:
    shore = [[114.3, 22.7], [114.305, 22.7], [114.305, 22.705], [114.3, 22.705], [114.3, 22.7]]
    lake = {"type": "Polygon", "coordinates": [shore]}
    road = {"type": "LineString", "coordinates": [[114.29, 22.7], [114.31, 22.7]]}
    features = [
        {"type": "Feature", "properties": {"name": "镜湖", "natural": "water"}, "geometry": lake},
        {"type": "Feature", "properties": {"name": "创业路", "highway": "primary"}, "geometry": road},
    ]
    file = tmp_path / "道路水系.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    for _time in range(2):
        assert import_places(file, DISTRICT, Datum.CGCS2000) == (2, [])
    forget(DISTRICT)
    drawn = Client().get("/ground.geojson").json()["features"]
    assert {(one["properties"]["name"], one["geometry"]["type"]) for one in drawn} == {
        ("镜湖", "Polygon"), ("创业路", "LineString"),
    }  # fmt: skip
    assert _tile(*TILE) == {"镜湖", "创业路"}
    assert find_places(DISTRICT, "镜湖")[0].lon == pytest.approx(114.3025, abs=1e-3)
