"""Distances, bearings and displacements agree with one another and with known figures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.geo.measure import (
    COMPASS,
    Plane,
    around,
    bearing,
    compass_bearing,
    compass_word,
    distance,
    distances,
    moved,
)

LON, LAT = st.floats(-179, 179), st.floats(-80, 80)


def test_one_degree_of_latitude_is_about_111_kilometres():
    assert distance(114, 22, 114, 23) == pytest.approx(111_195, abs=1)


def test_beijing_to_shenzhen_is_about_1944_kilometres():
    assert distance(116.4074, 39.9042, 114.0579, 22.5431) == pytest.approx(1_944_000, rel=0.005)


@given(LON, LAT, st.floats(0, 359.9), st.floats(1, 50_000))
def test_going_somewhere_takes_one_as_far_and_in_the_direction_asked(lon, lat, angle, metres):
    there = moved(lon, lat, angle, metres)
    assert distance(lon, lat, *there) == pytest.approx(metres, rel=1e-5, abs=1e-3)
    turn = (bearing(lon, lat, *there) - angle + 180) % 360 - 180
    assert abs(turn) < 0.01


@given(LON, LAT, LON, LAT)
def test_distance_is_the_same_both_ways(lon1, lat1, lon2, lat2):
    assert distance(lon1, lat1, lon2, lat2) == pytest.approx(distance(lon2, lat2, lon1, lat1), abs=1e-6)


@given(LON, LAT, st.lists(st.tuples(LON, LAT), min_size=1, max_size=5))
def test_many_distances_are_what_each_is_alone(lon, lat, points):
    lons, lats = np.array(points).T
    alone = [distance(lon, lat, *point) for point in points]
    assert distances(lon, lat, lons, lats) == pytest.approx(alone, abs=1e-3)


def test_every_compass_word_is_its_own_bearings_word():
    assert [compass_word(compass_bearing(word)) for word in COMPASS] == list(COMPASS)
    assert compass_bearing("北东") == compass_bearing("东北") == 45
    assert compass_word(359) == "北"
    with pytest.raises(ValueError, match="上"):
        compass_bearing("上")


@given(st.floats(-0.2, 0.2), st.floats(-0.2, 0.2))
def test_the_flat_map_keeps_distances_near_its_centre(east, north):
    plane = Plane(114.3, 22.7)
    there = 114.3 + east, 22.7 + north
    assert plane.span(114.3, 22.7, *there) == pytest.approx(distance(114.3, 22.7, *there), rel=0.01, abs=0.1)
    x, y = plane.flatten(np.array([there[0]]), np.array([there[1]]))
    back = plane.unflatten(x, y)
    assert (back[0][0], back[1][0]) == pytest.approx(there, abs=1e-9)


@given(lon=st.floats(73, 135), lat=st.floats(3, 54), angle=st.floats(0, 359), metres=st.floats(0, 5000))
def test_the_box_around_a_position_holds_what_is_near(
    lon: float, lat: float, angle: float, metres: float
) -> None:
    west, south, east, north = around(lon, lat, metres + 0.1)
    there = moved(lon, lat, angle, metres)
    assert west <= there[0] <= east
    assert south <= there[1] <= north
