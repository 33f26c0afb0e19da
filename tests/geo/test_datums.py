"""Datum conversions: published points, exact ways back, and no shift outside China."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.geo.datums import Datum, convert, convert_many
from huying.geo.measure import distance

CHINA_LON = st.floats(73.5, 135.0)
CHINA_LAT = st.floats(3.5, 53.5)


@pytest.mark.parametrize(
    ("source", "target", "given_", "expected"),
    [
        (Datum.WGS84, Datum.GCJ02, (116.404, 39.915), (116.41024449916938, 39.91640428150164)),
        (Datum.GCJ02, Datum.BD09, (116.404, 39.915), (116.41036949371029, 39.92133699351022)),
    ],
)
def test_tiananmen_comes_out_where_the_formula_in_general_use_puts_it(source, target, given_, expected):
    assert convert(*given_, source, target) == pytest.approx(expected, abs=1e-12)


@given(CHINA_LON, CHINA_LAT, st.sampled_from(Datum), st.sampled_from(Datum))
def test_there_and_back_ends_where_it_began(lon, lat, source, target):
    there = convert(lon, lat, source, target)
    back = convert(*there, target, source)
    assert back == pytest.approx((lon, lat), abs=1e-9)


@given(CHINA_LON, CHINA_LAT)
def test_gcj02_shifts_by_tens_to_hundreds_of_metres(lon, lat):
    assert 10 < distance(lon, lat, *convert(lon, lat, Datum.WGS84, Datum.GCJ02)) < 1500


@given(CHINA_LON, CHINA_LAT)
def test_cgcs2000_and_wgs84_are_one_at_this_precision(lon, lat):
    assert convert(lon, lat, Datum.WGS84, Datum.CGCS2000) == (lon, lat)


@given(
    st.one_of(st.tuples(st.floats(-180, 71.9), st.floats(-85, 85)), st.tuples(CHINA_LON, st.floats(56, 85)))
)
def test_nothing_is_shifted_outside_china(point):
    assert convert(*point, Datum.WGS84, Datum.GCJ02) == point
    assert convert(*point, Datum.GCJ02, Datum.WGS84) == point


def test_many_points_give_what_each_gives_alone_and_leave_the_input_untouched():
    lons, lats = np.array([113.9, 2.35, 121.5]), np.array([22.5, 48.85, 31.2])
    before = lons.copy(), lats.copy()
    out = convert_many(lons, lats, Datum.WGS84, Datum.BD09)
    alone = [convert(lon, lat, Datum.WGS84, Datum.BD09) for lon, lat in zip(lons, lats, strict=True)]
    assert np.array_equal(np.column_stack(out), np.array(alone))
    assert np.array_equal(lons, before[0])
    assert np.array_equal(lats, before[1])


def test_no_points_are_no_trouble():
    lons, lats = convert_many(np.array([]), np.array([]), Datum.BD09)
    assert lons.size == lats.size == 0
