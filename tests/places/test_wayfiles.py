"""Roads, rivers, water and places out of GeoJSON as others write it."""

import json

import pytest
from shapely.geometry import shape

from huying.geo.datums import Datum, convert
from huying.kernel.errors import Invalid
from huying.places.rules.levels import PlaceKind
from huying.places.rules.wayfiles import read_ways


def _file(*features: tuple[dict, dict]) -> bytes:
    made = [{"type": "Feature", "properties": said, "geometry": drawn} for said, drawn in features]
    return json.dumps({"type": "FeatureCollection", "features": made}, ensure_ascii=False).encode()


def _line(*points: tuple[float, float]) -> dict:
    return {"type": "LineString", "coordinates": points}


SQUARE = {
    "type": "Polygon",
    "coordinates": [[(114, 22), (114.01, 22), (114.01, 22.01), (114, 22.01), (114, 22)]],
}
POINT = {"type": "Point", "coordinates": (114.005, 22.005)}


def test_the_pieces_of_a_road_become_one_road_with_its_whole_course() -> None:
    west, east = _line((114, 22), (114.01, 22)), _line((114.01, 22), (114.02, 22))
    drafts, problems = read_ways(
        _file(
            ({"name": "创业路", "highway": "primary"}, west), ({"name": "创业路", "highway": "primary"}, east)
        ),
        Datum.CGCS2000,
    )
    (road,) = drafts
    assert problems == []
    assert (road.name, road.kind, round(road.lon, 4), road.lat) == ("创业路", PlaceKind.ROAD, 114.01, 22)
    assert road.geometry is not None
    assert shape(road.geometry).geom_type == "LineString"
    assert round(shape(road.geometry).length, 6) == 0.02


@pytest.mark.parametrize(
    ("said", "drawn", "kind"),
    [
        ({"类型": "河流"}, _line((114, 22), (114.1, 22)), PlaceKind.RIVER),
        ({"waterway": "river"}, _line((114, 22), (114.1, 22)), PlaceKind.RIVER),
        ({"waterway": "riverbank"}, SQUARE, PlaceKind.WATER),
        ({"natural": "water"}, SQUARE, PlaceKind.WATER),
        ({"kind": "landmark"}, POINT, PlaceKind.LANDMARK),
        ({}, POINT, PlaceKind.POI),
        ({}, _line((114, 22), (114.1, 22)), PlaceKind.ROAD),
    ],
)
def test_a_kind_is_told_by_what_is_said_or_drawn(said: dict, drawn: dict, kind: PlaceKind) -> None:
    (draft,), problems = read_ways(_file(({"名称": "甲", **said}, drawn)), Datum.CGCS2000)
    assert (draft.kind, problems) == (kind, [])
    assert (draft.geometry is None) == (drawn is POINT)


def test_what_cannot_be_used_is_named_and_the_rest_is_kept() -> None:
    file = _file(
        ({}, _line((114, 22), (114.1, 22))),
        ({"name": "厂房", "building": "yes"}, SQUARE),
        ({"name": "投影路"}, _line((385000, 2490000), (385100, 2490000))),
        ({"name": "平安路"}, _line((114, 22), (114.1, 22))),
    )
    drafts, problems = read_ways(file, Datum.CGCS2000)
    assert [draft.name for draft in drafts] == ["平安路"]
    assert len(problems) == 3
    assert problems[0].startswith("第 2 个要素：面只收水域")
    assert "投影坐标" in problems[1]
    assert problems[2] == "1 个要素没有名称，没有导入。"


def test_what_is_no_geojson_is_refused() -> None:
    with pytest.raises(Invalid):
        read_ways(b"name,lon,lat", Datum.CGCS2000)


def test_a_course_is_put_right_with_its_datum() -> None:
    (draft,), _problems = read_ways(_file(({"name": "甲路"}, _line((114, 22), (114.1, 22)))), Datum.GCJ02)
    assert draft.geometry is not None
    start = shape(draft.geometry).coords[0]
    assert start == pytest.approx(convert(114, 22, Datum.GCJ02), abs=1e-6)
