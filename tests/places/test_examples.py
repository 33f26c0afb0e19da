"""The example files do what their description says."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from huying.geo.datums import Datum, convert
from huying.kernel.errors import Invalid
from huying.places import queries
from huying.places.actions import put_district
from huying.places.rules.levels import Level, PlaceKind
from huying.places.rules.placefiles import read_places
from huying.places.tasks import import_areas, import_places

EXAMPLES = Path(__file__).parents[2] / "examples" / "areas"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.mark.database
@pytest.mark.django_db
def test_the_examples_make_a_district_that_can_be_located_in():
    put_district(990101, "云河区", city="海州市")
    counts = []
    for name, level in (
        ("district.json", Level.DISTRICT),
        ("streets.geojson", Level.STREET),
        ("communities.geojson", Level.COMMUNITY),
    ):
        report = import_areas(EXAMPLES / name, 990101, level, Datum.CGCS2000, NOW)
        assert report.problems == []
        counts.append(len(report.added))
    assert counts == [1, 3, 6]
    assert import_places(EXAMPLES / "places.csv", 990101, Datum.CGCS2000, dry_run=True) == (7, [])
    assert queries.locate_text(990101, "金穗小区3栋") == []
    assert import_places(EXAMPLES / "places.csv", 990101, Datum.CGCS2000) == (7, [])
    (guess, *_) = queries.locate_text(990101, "白塔街道金穗小区3栋楼道堆物")
    assert guess.name == "金穗花园3栋"
    assert queries.area_path(990101, guess.area) == ("云河区", "白塔", "钟楼社区")
    assert queries.find_area(990101, "钟楼", Level.COMMUNITY).code == guess.area
    queries.forget(990101)


def test_a_table_is_read_in_either_encoding_and_its_datum_put_right():
    table = "名称,类型,经度,纬度,别名\n钟楼,地标,114.0,22.0,老钟楼; 钟塔\n某店,奶茶店,114.1,22.1,\n"
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        drafts, problems = read_places(table.encode(encoding), Datum.GCJ02)
        assert problems == []
        assert [draft.kind for draft in drafts] == [PlaceKind.LANDMARK, PlaceKind.POI]
        assert drafts[0].aliases == ("老钟楼", "钟塔")
        assert (drafts[0].lon, drafts[0].lat) == convert(114.0, 22.0, Datum.GCJ02)


def test_bad_lines_are_named_and_the_rest_is_read():
    table = "name,lon,lat\n甲,114,22\n乙,x,22\n,114,22\n丙,500,22\n"
    drafts, problems = read_places(table.encode(), Datum.WGS84)
    assert [draft.name for draft in drafts] == ["甲"]
    assert [problem[:6] for problem in problems] == ["第 3 行：", "第 4 行：", "第 5 行："]


def test_a_table_without_positions_is_refused():
    with pytest.raises(Invalid, match="经度、纬度"):
        read_places("名称\n甲\n".encode(), Datum.WGS84)
