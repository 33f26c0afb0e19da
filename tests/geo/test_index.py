"""The index answers what a slow look at every outline answers."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from huying.geo.cells import around, cell, cells, middle
from huying.geo.index import OutlineIndex
from huying.geo.measure import METRES_PER_DEGREE, distance

SIDE = 0.01
BOXES = [
    shapely.box(114 + x * SIDE, 22 + y * SIDE, 114 + (x + 1) * SIDE, 22 + (y + 1) * SIDE)
    for y in range(4)
    for x in range(4)
]
INDEX = OutlineIndex(BOXES)
POINT = st.tuples(st.floats(113.99, 114.05), st.floats(21.99, 22.05))


def on_a_border(point):
    """Within a hair of a border, where flattening may fall on either side."""
    steps = ((value - origin) / SIDE for value, origin in zip(point, (114, 22), strict=True))
    return any(abs(step - round(step)) < 1e-6 for step in steps)


@given(st.lists(POINT.filter(lambda point: not on_a_border(point)), min_size=1, max_size=20))
def test_a_point_belongs_to_the_outline_that_covers_it(points):
    lons, lats = np.array(points).T
    slow = [next((i for i, box in enumerate(BOXES) if box.covers(shapely.Point(p))), -1) for p in points]
    assert INDEX.containing(lons, lats).tolist() == slow


def test_a_point_on_a_common_corner_belongs_to_exactly_one():
    corner = np.array([114 + 2 * SIDE]), np.array([22 + 2 * SIDE])
    assert INDEX.containing(*corner)[0] in (5, 6, 9, 10)


@pytest.mark.parametrize(("metres", "found"), [(20, 0), (29, 0), (31, -1), (5000, -1)])
def test_a_point_just_outside_belongs_to_the_nearest_within_the_tolerance(metres, found):
    lat = np.array([22 - metres / METRES_PER_DEGREE])
    lon = np.array([114.005])
    assert INDEX.containing(lon, lat)[0] == -1
    near, far = INDEX.nearest(lon, lat, 30.0)
    assert near[0] == found
    if found >= 0:
        assert far[0] == pytest.approx(metres, rel=0.01)


def test_positions_that_are_not_numbers_lie_nowhere():
    odd = np.array([np.nan, np.inf, 114.005]), np.array([22.005, 22.005, np.nan])
    assert INDEX.containing(*odd).tolist() == [-1, -1, -1]
    assert INDEX.nearest(*odd, 30.0)[0].tolist() == [-1, -1, -1]


def test_no_outlines_and_no_points_are_no_trouble():
    assert OutlineIndex([]).containing(np.array([114.0]), np.array([22.0])).tolist() == [-1]
    assert INDEX.containing(np.array([]), np.array([])).tolist() == []


@given(st.floats(74, 134), st.floats(4, 53))
def test_a_cell_holds_its_position_and_its_neighbours_are_near(lon, lat):
    key = cell(lon, lat)
    assert cells([(lon, lat)]) == [key]
    assert distance(lon, lat, *middle(key)) < 120
    ring = around(key)
    assert key in ring
    assert len(ring) == 7
    assert all(distance(lon, lat, *middle(other)) < 350 for other in ring)
