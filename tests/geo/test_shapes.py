"""Reading, mending, simplifying and writing outlines."""

import json

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from huying.geo.datums import Datum
from huying.geo.shapes import label_point, outline, read_features, shifted, simplified, to_geojson
from huying.kernel.errors import Invalid

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
FEATURE = {"type": "Feature", "properties": {"name": "甲"}, "geometry": SQUARE}


@pytest.mark.parametrize(
    "document",
    [{"type": "FeatureCollection", "features": [FEATURE]}, [FEATURE], FEATURE, SQUARE],
    ids=["collection", "array", "feature", "geometry"],
)
def test_every_dress_of_geojson_is_read(document):
    (feature,) = read_features(json.dumps(document))
    assert feature.number == 1
    assert feature.geometry.area == 1
    assert feature.properties.get("name") == (None if document is SQUARE else "甲")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not json", "JSON"),
        ('{"a": 1}', "没有找到要素"),
        ("[1]", "第 1 个要素"),
        ('[{"geometry": {"type": "Polygon", "coordinates": "x"}}]', "第 1 个要素"),
    ],
)
def test_what_is_no_geojson_is_refused_in_words(text, words):
    with pytest.raises(Invalid, match=words):
        read_features(text)


def test_heights_are_dropped():
    (feature,) = read_features('{"type": "Point", "coordinates": [1, 2, 300]}')
    assert shapely.get_coordinate_dimension(feature.geometry) == 2


def test_a_bow_tie_is_mended_and_keeps_its_ground():
    tie = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    mended = outline(tie)
    assert mended.is_valid
    assert mended.area == pytest.approx(0.5)


def test_what_encloses_nothing_is_refused():
    with pytest.raises(Invalid, match="没有围成区域"):
        outline(shapely.LineString([(0, 0), (1, 1)]))


def test_projected_coordinates_are_refused():
    with pytest.raises(Invalid, match="投影"):
        outline(shapely.box(500000, 2500000, 500100, 2500100))


@given(st.floats(75, 130), st.floats(5, 50), st.sampled_from(Datum))
def test_a_shape_comes_back_from_any_datum(lon, lat, datum):
    there = shapely.box(lon, lat, lon + 0.1, lat + 0.1)
    back = shifted(shifted(there, Datum.CGCS2000, datum), datum)
    assert shapely.equals_exact(there, back, tolerance=1e-8)


def _neighbours():
    """Two neighbours, 10 km high, whose common border is a zigzag of 4 m to either side."""
    border = [(114.0 + (0.00004 if step % 2 else -0.00004), 22.0 + step * 0.0005) for step in range(201)]
    west = shapely.Polygon([(113.9, 22.0), *border, (113.9, 22.1)])
    east = shapely.Polygon([(114.1, 22.0), *border, (114.1, 22.1)])
    return west, east


def test_simplified_neighbours_still_share_their_border():
    before = _neighbours()
    west, east = simplified(before, metres=40)
    assert len(west.exterior.coords) < len(before[0].exterior.coords) / 4
    assert west.intersection(east).area == pytest.approx(0, abs=1e-12)
    both = shapely.union(west, east)
    assert both.geom_type == "Polygon"
    assert not both.interiors
    assert both.area == pytest.approx(before[0].union(before[1]).area, rel=1e-3)


def test_simplifying_nothing_gives_nothing():
    assert simplified([], metres=10) == []


def test_a_label_lies_inside_even_where_the_middle_does_not():
    crescent = shapely.Point(0, 0).buffer(1).difference(shapely.Point(0.4, 0).buffer(0.9))
    assert not crescent.contains(crescent.centroid)
    assert crescent.contains(shapely.Point(label_point(crescent)))


def test_writing_rounds_and_reads_back():
    written = to_geojson(shapely.box(0.123456789, 0, 1, 1), decimals=5)
    assert written["type"] == "Polygon"
    assert {round(x, 5) for ring in written["coordinates"] for x, _ in ring} == {0.12346, 1.0}
