"""Districts, areas and places in the database: versions, repetitions, and what every process sees."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from huying.geo.datums import Datum
from huying.kernel.errors import Invalid, NotFound, OutsideDistrict
from huying.places import queries
from huying.places.actions import add_places, put_areas, put_district
from huying.places.models import Area, District, Place
from huying.places.queries import held
from huying.places.rules.drafts import AreaDraft, PlaceDraft
from huying.places.rules.levels import Level, PlaceKind
from huying.places.tasks import import_areas
from tests.places.conftest import SIDE, SOUTH, WEST, box

pytestmark = [pytest.mark.database, pytest.mark.django_db]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HERE = 990101
STREETS = [
    AreaDraft("青石街道", Level.STREET, box(0, 0, 1, 1)),
    AreaDraft("白塔街道", Level.STREET, box(1, 0, 1, 1)),
]
MARKET = PlaceDraft("钟楼市场", PlaceKind.POI, WEST + 1.5 * SIDE, SOUTH + 0.5 * SIDE, aliases=("钟楼菜场",))


@pytest.fixture(autouse=True)
def district():
    put_district(HERE, "云河区", city="海州市")
    yield
    queries.forget(HERE)


def test_areas_are_kept_and_a_second_time_changes_nothing():
    first = put_areas(HERE, STREETS, now=NOW, source="测绘")
    assert first.added == ["990101001 青石街道", "990101002 白塔街道"]
    revision = District.objects.get(code=HERE).revision
    again = put_areas(HERE, STREETS, now=NOW + timedelta(days=1))
    assert (again.unchanged, again.touched) == (2, False)
    assert Area.objects.count() == 2
    assert District.objects.get(code=HERE).revision == revision


def test_a_dry_run_says_what_would_be_and_writes_nothing():
    report = put_areas(HERE, STREETS, now=NOW, dry_run=True)
    assert len(report.added) == 2
    assert report.as_dict()["dry_run"] is True
    assert not Area.objects.exists()


def test_a_redrawn_area_begins_a_version_and_ends_the_last():
    put_areas(HERE, STREETS, now=NOW)
    later = NOW + timedelta(days=30)
    report = put_areas(HERE, [AreaDraft("青石街道", Level.STREET, box(0, 0, 0.8, 1))], now=later)
    assert report.changed == ["990101001 青石街道"]
    history = queries.area_history(HERE, "990101001")
    assert [(v.valid_from, v.valid_to) for v in history] == [(NOW, later), (later, None)]
    assert queries.area_at(HERE, "990101001", NOW).valid_to == later
    assert queries.area_at(HERE, "990101001", later).valid_to is None
    with pytest.raises(NotFound):
        queries.area_at(HERE, "990101001", NOW - timedelta(seconds=1))


def test_redrawing_twice_in_one_moment_leaves_one_version():
    put_areas(HERE, STREETS, now=NOW)
    put_areas(HERE, [AreaDraft("青石街道", Level.STREET, box(0, 0, 0.8, 1))], now=NOW)
    assert len(queries.area_history(HERE, "990101001")) == 1


def test_a_retired_area_is_gone_from_lists_and_stays_in_history():
    put_areas(HERE, STREETS, now=NOW)
    report = put_areas(HERE, STREETS[:1], now=NOW + timedelta(days=1), retire_missing=True)
    assert report.retired == ["990101002 白塔街道"]
    assert [area.name for area in queries.areas(HERE, Level.STREET)] == ["青石街道"]
    assert queries.area_history(HERE, "990101002")[0].valid_to is not None


def test_points_are_located_as_soon_as_areas_stand():
    with pytest.raises(NotFound):
        queries.area(HERE, "990101001")
    assert queries.locate_point(HERE, WEST + 0.01, SOUTH + 0.01) is None
    assert queries.placed(HERE, WEST + 0.01, SOUTH + 0.01).confidence == 0
    put_areas(HERE, STREETS, now=NOW)
    assert queries.placed(HERE, WEST + 0.01, SOUTH + 0.01).street == "990101001"
    assert queries.locate_points(HERE, [WEST + 0.01, WEST + 0.03, 100.0], [SOUTH + 0.01] * 3) == [
        "990101001",
        "990101002",
        None,
    ]
    with pytest.raises(OutsideDistrict):
        queries.placed(HERE, 100.0, 22.0)
    assert queries.area_path(HERE, "990101002") == ("云河区", "白塔街道")
    assert queries.find_area(HERE, "白塔", Level.STREET) == queries.area(HERE, "990101002")
    assert [area.code for area in queries.children(HERE, "990101")] == ["990101001", "990101002"]


def test_another_process_sees_a_change_after_a_few_seconds(monkeypatch, django_assert_num_queries):
    put_areas(HERE, STREETS, now=NOW)
    clock = [1000.0]
    monkeypatch.setattr(held.time, "monotonic", lambda: clock[0])
    queries.forget(HERE)
    assert len(queries.areas(HERE, Level.STREET)) == 2
    Area.objects.filter(code="990101002").update(valid_to=NOW)
    District.objects.update(revision="00000000-0000-0000-0000-000000000001")
    with django_assert_num_queries(0):
        assert len(queries.areas(HERE, Level.STREET)) == 2
    clock[0] += held.FRESH + 0.1
    assert len(queries.areas(HERE, Level.STREET)) == 1
    clock[0] += held.FRESH + 0.1
    with django_assert_num_queries(1):
        queries.areas(HERE, Level.STREET)


def test_places_are_kept_once_and_read_in_texts():
    put_areas(HERE, STREETS, now=NOW)
    assert queries.locate_text(HERE, "钟楼市场") == []
    assert add_places(HERE, [MARKET, MARKET]) == 2
    add_places(HERE, [MARKET])
    row = Place.objects.get()
    assert (row.area_code, row.aliases) == ("990101002", ["钟楼菜场"])
    one, two = queries.locate_texts(HERE, ["钟楼菜场太脏了", "没有地名"])
    assert (one[0].area, one[0].because, two) == ("990101002", ("钟楼市场",), [])


def test_a_place_with_a_key_of_its_own_may_be_renamed_and_moved():
    add_places(HERE, [PlaceDraft("旧名市场", PlaceKind.POI, WEST, SOUTH, key="17")])
    add_places(HERE, [PlaceDraft("新名市场", PlaceKind.POI, WEST + 0.1, SOUTH, key="17")])
    assert Place.objects.get().name == "新名市场"


def test_one_bad_place_keeps_all_out():
    with pytest.raises(Invalid, match="坐标"):
        add_places(HERE, [MARKET, PlaceDraft("天外", PlaceKind.POI, 500.0, 22.0)])
    assert not Place.objects.exists()


def test_the_map_gets_compact_features():
    put_areas(HERE, STREETS, now=NOW)
    drawn = queries.area_features(HERE, Level.STREET)
    assert [feature["properties"]["name"] for feature in drawn["features"]] == ["青石街道", "白塔街道"]
    assert drawn["features"][0]["id"] == 990101001
    assert queries.area_features(HERE, Level.STREET) is drawn
    within = queries.area_features(HERE, Level.STREET, scope="990101002")
    assert within["features"] == drawn["features"][1:]
    put_areas(HERE, STREETS[:1], now=NOW + timedelta(days=1), retire_missing=True)
    assert len(queries.area_features(HERE, Level.STREET)["features"]) == 1
    assert queries.area_features(HERE, Level.GRID)["features"] == []


def test_a_file_is_imported_with_its_datum_put_right(tmp_path):
    path = tmp_path / "streets.geojson"
    ring = [[114.0, 22.0], [114.02, 22.0], [114.02, 22.02], [114.0, 22.02], [114.0, 22.0]]
    feature = {"properties": {"NAME": "青石"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    path.write_text(json.dumps([feature]), encoding="utf-8")
    report = import_areas(path, HERE, Level.STREET, Datum.GCJ02, NOW)
    assert report.added == ["990101001 青石"]
    area = queries.area(HERE, "990101001")
    assert 0.001 < 114.0 - area.outline.bounds[0] < 0.01
    assert import_areas(path, HERE, Level.STREET, Datum.GCJ02, NOW).unchanged == 1


def test_a_file_that_cannot_be_read_is_refused_in_words(tmp_path):
    with pytest.raises(Invalid, match="读不了文件"):
        import_areas(tmp_path / "none.geojson", HERE, Level.STREET, Datum.GCJ02, NOW)


def test_a_district_is_opened_once_and_checked():
    put_district(HERE, "云河区", city="海州市", lon=114.0, lat=22.0)
    assert [(row.code, row.lon) for row in queries.districts()] == [(HERE, 114.0)]
    assert queries.district(HERE).datum is Datum.CGCS2000
    for code, name in ((1, "某区"), (990102, " ")):
        with pytest.raises(Invalid):
            put_district(code, name)
    with pytest.raises(NotFound):
        queries.district(111111)
    with pytest.raises(NotFound):
        put_areas(111111, STREETS, now=NOW)
