"""Positions typed or pasted in any usual dress."""

import json

import pytest

from huying.kernel.errors import Invalid
from huying.places.rules.redrawing import read_points

PAIRS = ((114.3, 22.7), (114.31, 22.71))
RING = [[0, 0], [1, 0], [1, 1], [0, 0]]


@pytest.mark.parametrize(
    "text",
    [
        "114.3,22.7\n114.31,22.71",
        " 114.3 , 22.7 ;114.31，22.71；",
        "114.3 22.7\r\n\r\n114.31\t22.71",
        json.dumps({"type": "LineString", "coordinates": PAIRS}),
        json.dumps(
            {
                "type": "Feature",
                "geometry": {"type": "LineString", "coordinates": [[*PAIRS[0], 3.5], PAIRS[1]]},
            }
        ),
        json.dumps(PAIRS),
    ],
)
def test_positions_are_read_in_their_order(text):
    assert read_points(text) == PAIRS


@pytest.mark.parametrize(
    "geometry",
    [{"type": "Polygon", "coordinates": [RING]}, {"type": "MultiPolygon", "coordinates": [[RING]]}],
)
def test_of_a_shape_its_ring_is_taken(geometry):
    text = json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": geometry}]})
    assert read_points(text) == tuple(tuple(map(float, pair)) for pair in RING)


def test_nothing_typed_is_no_positions():
    assert read_points(" \n ") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("114.3,22.7\n不知道", "第 2 行"),
        ("114.3", "第 1 行"),
        ("1,2,3", "第 1 行"),
        ("{", "GeoJSON"),
        ("[]", "GeoJSON"),
        ("{}", "GeoJSON"),
        ("[[[]]]", "GeoJSON"),
        ('{"type": "Point", "coordinates": [1, 2]}', "GeoJSON"),
        ('{"coordinates": [["a", "b"]]}', "GeoJSON"),
        ('{"features": []}', "GeoJSON"),
        ('{"coordinates": 5}', "GeoJSON"),
        ("[" * 100000, "GeoJSON"),
        ("1,2\n" * 2001, "最多 2000 个"),
        (json.dumps([[1, 2]] * 2001), "最多 2000 个"),
    ],
)
def test_what_is_no_position_is_refused_in_words(text, words):
    with pytest.raises(Invalid, match=words):
        read_points(text)
