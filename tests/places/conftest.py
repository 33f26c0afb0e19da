"""A small invented district: two streets side by side, two communities each, four grids in one of them."""

import pytest
import shapely

from huying.places.rules.book import AreaBook, AreaRow
from huying.places.rules.levels import Level

WEST, SOUTH, SIDE = 114.0, 22.0, 0.02


def box(x, y, width, height):
    """A rectangle in units of the streets' side."""
    west, south = WEST + x * SIDE, SOUTH + y * SIDE
    return shapely.box(west, south, west + width * SIDE, south + height * SIDE)


def row(code, level, name, parent, shape):
    lon, lat = shape.centroid.coords[0]
    return AreaRow(code, level, name, parent, lon, lat, shape)


def areas():
    grids = [
        row(f"99010100100100{n + 1}", Level.GRID, f"第{n + 1}网格", "990101001001", box(0, n / 8, 1, 1 / 8))
        for n in range(4)
    ]
    return [
        row("990101", Level.DISTRICT, "云河区", "", box(0, 0, 2, 1)),
        row("990101001", Level.STREET, "青石街道", "990101", box(0, 0, 1, 1)),
        row("990101002", Level.STREET, "白塔街道", "990101", box(1, 0, 1, 1)),
        row("990101001001", Level.COMMUNITY, "老渡社区", "990101001", box(0, 0, 1, 0.5)),
        row("990101001002", Level.COMMUNITY, "柳湾社区", "990101001", box(0, 0.5, 1, 0.5)),
        row("990101002001", Level.COMMUNITY, "钟楼社区", "990101002", box(1, 0, 1, 0.5)),
        row("990101002002", Level.COMMUNITY, "和平社区", "990101002", box(1, 0.5, 1, 0.5)),
        *grids,
    ]


@pytest.fixture
def book():
    return AreaBook(990101, "云河区", areas(), "海州市")
