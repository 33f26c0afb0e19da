"""Vector tiles: what lies on a tile is on it, where it lies; what is too small or too much is not."""

from math import asinh, atan, degrees, pi, radians, sinh, tan

import mapbox_vector_tile
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as some

from huying.places.rules.levels import PlaceKind
from huying.places.rules.tiles import FAR, NEAR, Mark, box_of, encode, reach_of

ROAD = PlaceKind.ROAD
HERE = (114.1, 22.6)


def tile_at(lon: float, lat: float, zoom: int) -> tuple[int, int, int]:
    """The tile that a point lies on, by the usual formula of the web Mercator square."""
    across = 2**zoom
    return zoom, int((lon + 180) / 360 * across), int((1 - asinh(tan(radians(lat))) / pi) / 2 * across)


def _read(tile: bytes) -> list[dict]:
    return mapbox_vector_tile.decode(tile, default_options={"y_coord_down": True})["ways"]["features"]


def _lonlat(place: tuple[int, int], zoom: int, column: int, row: int) -> tuple[float, float]:
    across = 2**zoom
    lon = (column + place[0] / 4096) / across * 360 - 180
    return lon, degrees(atan(sinh(pi * (1 - 2 * (row + place[1] / 4096) / across))))


def test_a_box_holds_the_point_it_was_asked_for() -> None:
    for zoom in range(FAR, NEAR + 1):
        west, south, east, north = box_of(*tile_at(*HERE, zoom))
        assert west <= HERE[0] < east
        assert south < HERE[1] <= north


@given(
    some.floats(-0.004, 0.004), some.floats(-0.004, 0.004), some.floats(0.003, 0.006),
    some.integers(13, NEAR),
)  # fmt: skip
def test_a_road_is_drawn_where_it_runs(east: float, north: float, long: float, zoom: int) -> None:
    lon, lat = HERE[0] + east, HERE[1] + north
    tile = tile_at(lon, lat, zoom)
    # Through the middle of the tile, so that rounding cannot leave it out.
    west, south, right, top = box_of(*tile)
    road = shapely.LineString(
        [((west + right) / 2, (south + top) / 2), ((west + right) / 2 + long, (south + top) / 2)]
    )
    (found,) = _read(encode(*tile, [Mark(ROAD, "创业路", road)]))
    assert found["properties"] == {"kind": "road", "name": "创业路"}
    for place in found["geometry"]["coordinates"]:
        at = shapely.Point(_lonlat(place, *tile))
        assert road.distance(at) < (right - west) / 512


@pytest.mark.parametrize("zoom", [FAR, 11, NEAR])
def test_a_line_that_would_be_a_dot_is_left_out_and_shown_from_nearer(zoom: int) -> None:
    alley = shapely.LineString([HERE, (HERE[0] + 0.002, HERE[1])])
    drawn = encode(*tile_at(*HERE, zoom), [Mark(ROAD, "小巷", alley)])
    assert bool(drawn) == (zoom == NEAR)


def test_names_wait_for_nearer_tiles_and_landmarks_come_before_estates() -> None:
    spots = [Mark(PlaceKind.ESTATE, f"小区{n:03}", shapely.Point(HERE)) for n in range(200)]
    spots += [Mark(PlaceKind.LANDMARK, "钟楼", shapely.Point(HERE))]
    assert encode(*tile_at(*HERE, 12), spots) == b""
    names = [one["properties"]["name"] for one in _read(encode(*tile_at(*HERE, 15), spots))]
    assert len(names) == 120
    assert names[0] == "钟楼"


def test_a_lake_keeps_its_shore_and_its_island() -> None:
    lon, lat = HERE
    shore = [(lon, lat), (lon + 0.01, lat), (lon + 0.01, lat + 0.01), (lon, lat + 0.01)]
    island = [
        (lon + 0.004, lat + 0.004),
        (lon + 0.006, lat + 0.004),
        (lon + 0.006, lat + 0.006),
        (lon + 0.004, lat + 0.006),
    ]
    tile = tile_at(lon + 0.005, lat + 0.005, 14)
    (lake,) = _read(encode(*tile, [Mark(PlaceKind.WATER, "镜湖", shapely.Polygon(shore, [island]))]))
    assert lake["geometry"]["type"] == "Polygon"
    assert len(lake["geometry"]["coordinates"]) == 2


def test_nothing_to_be_seen_is_an_empty_tile() -> None:
    assert encode(*tile_at(*HERE, 14), []) == b""
    far = shapely.LineString([(100.0, 30.0), (100.1, 30.0)])
    assert encode(*tile_at(*HERE, 14), [Mark(ROAD, "远路", far)]) == b""


def test_a_tile_reaches_a_little_beyond_its_edges() -> None:
    tile = tile_at(*HERE, 14)
    box, reach = shapely.box(*box_of(*tile)), shapely.box(*reach_of(*tile))
    assert reach.contains_properly(box)
    assert reach.area < 1.2 * box.area
