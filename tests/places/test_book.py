"""Which area a point lies in, and what the areas are called."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.geo.measure import moved
from huying.places.rules.book import AreaBook, AreaRow
from huying.places.rules.levels import Level


def test_a_point_lies_in_the_finest_area_drawn_there(book):
    in_grid = book.locate(114.01, 22.003)
    assert (in_grid.code, in_grid.confidence) == ("990101001001002", 1.0)
    assert in_grid.names == ("云河区", "青石街道", "老渡社区", "第2网格")
    assert (in_grid.street, in_grid.community, in_grid.grid) == (
        "990101001",
        "990101001001",
        "990101001001002",
    )
    no_grid = book.locate(114.01, 22.015)
    assert (no_grid.code, no_grid.level, no_grid.grid) == ("990101001002", Level.COMMUNITY, "")


def test_twenty_metres_outside_is_the_nearest_grid_with_less_confidence(book):
    near = book.locate(*moved(114.01, 22.0, 180, 20))
    assert near.code == "990101001001001"
    assert near.metres == pytest.approx(20, rel=0.01)
    assert 0.4 <= near.confidence < 0.9
    assert book.locate(*moved(114.01, 22.0, 180, 60)) is None


@given(st.lists(st.tuples(st.floats(113.99, 114.05), st.floats(21.99, 22.03)), max_size=30))
def test_many_points_are_what_each_is_alone(points):
    from tests.places.conftest import areas

    book = AreaBook(990101, "云河区", areas())
    lons, lats = (np.array([p[axis] for p in points]) for axis in (0, 1))
    codes, metres = book.locate_many(lons, lats)
    for (lon, lat), code, away in zip(points, codes, metres, strict=True):
        alone = book.locate(lon, lat)
        assert code == (alone.code if alone else None)
        assert np.isnan(away) if alone is None else away == pytest.approx(alone.metres)


@pytest.mark.parametrize("name", ["青石", "青石街道", "云河区青石街道办事处", "海州市云河区青石街道"])
def test_a_street_is_found_in_any_spelling(book, name):
    assert book.find(name, Level.STREET).code == "990101001"


def test_a_name_borne_twice_is_found_only_within_a_scope():
    twice = [
        AreaRow("990101001001", Level.COMMUNITY, "新村社区", "990101001"),
        AreaRow("990101002001", Level.COMMUNITY, "新村社区", "990101002"),
    ]
    book = AreaBook(990101, "云河区", twice)
    assert book.find("新村社区", Level.COMMUNITY) is None
    assert book.find("新村社区", Level.COMMUNITY, "990101002").code == "990101002001"


def test_kin_and_path(book):
    assert [area.name for area in book.children("990101002")] == ["钟楼社区", "和平社区"]
    assert [area.code for area in book.of_level(Level.STREET)] == ["990101001", "990101002"]
    assert book.path("990101002001") == ("云河区", "白塔街道", "钟楼社区")
    assert AreaBook(990101, "云河区", []).path("990101") == ("云河区",)


def test_a_district_nobody_has_drawn_says_so():
    bare = AreaBook(990101, "云河区", [AreaRow("990101001", Level.STREET, "青石街道", "990101")])
    assert not bare.drawn
    assert bare.locate(114.01, 22.01) is None
    assert bare.whole().confidence == 0


def test_where_an_area_lies_is_read_out_without_saying_a_name_twice():
    rows = [
        AreaRow("990101001", Level.STREET, "福坞街道"),
        AreaRow("990101001001", Level.COMMUNITY, "霞岗社区", "990101001"),
        AreaRow("990101001001004", Level.GRID, "霞岗社区第04网格", "990101001001"),
    ]
    book = AreaBook(990101, "砚湖区", rows)
    assert book.words("990101001001004") == "福坞街道 霞岗社区 第04网格"
    assert book.words("990101001") == "福坞街道"
    assert book.words("990101") == book.words("") == ""
