"""Ways on foot: the network against a plain search, where points stand, which roads are walked."""

import heapq
import json

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.geo.datums import Datum
from huying.geo.measure import Plane
from huying.kernel.errors import Invalid
from huying.services.rules.walking import Network, Town, Ways, minutes_for, read_roads, ways_of

BASE = (114.0, 22.0)
PLANE = Plane(*BASE)


def spot(east: float, north: float) -> tuple[float, float]:
    lon, lat = PLANE.unflatten(np.array([east]), np.array([north]))
    return float(lon[0]), float(lat[0])


def street(*points: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString([spot(*point) for point in points])


def town(lines: list[shapely.LineString], *points: tuple[float, float]) -> Town:
    lons, lats = np.array([spot(*point) for point in points]).T if points else (np.zeros(0), np.zeros(0))
    return Town(Network(ways_of(lines)), lons, lats)


def test_the_way_follows_the_street_and_not_the_bird() -> None:
    # A river without a bridge: fifty metres across, a kilometre around.
    found = town([street((0, 0), (500, 0), (500, 50), (0, 50))], (0, 50)).ways_from(*spot(0, 0), 3000)
    assert found is not None
    assert found[0] == pytest.approx(1050, rel=0.01)


def test_two_points_on_one_edge_lie_as_far_apart_as_they_do() -> None:
    found = town([street((0, 0), (1000, 0))], (450, 10), (480, 0), (900, 0)).ways_from(*spot(500, 0), 3000)
    assert found is not None
    assert [round(float(one)) for one in found] == [60, 20, 400]


def test_beyond_the_limit_and_beyond_every_road_there_is_no_way() -> None:
    held = town(
        [street((0, 0), (5000, 0)), street((0, 9000), (100, 9000))], (4000, 0), (50, 9000), (50, 5000)
    )
    found = held.ways_from(*spot(0, 0), 3000)
    assert found is not None
    assert np.isinf(found).all()
    assert list(held.snapped.on) == [True, True, False]
    assert held.ways_from(*spot(50, 5000), 3000) is None


def test_the_nearest_of_several_is_reckoned_for_all_at_once() -> None:
    held = town([street((0, 0), (1000, 0))], (0, 0), (1000, 0), (400, 0), (700, 0), (400, 100))
    found = held.nearest_of(np.array([0, 1]), 1000)
    assert [round(float(one)) for one in found] == [0, 0, 400, 300, 500]
    table = held.within(np.array([0]), np.array([2, 3, 4]), 450).toarray()
    assert table.tolist() == [[1.0, 0.0, 0.0]]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(2, 7), st.integers(1, 8))
def test_ways_are_those_of_a_plain_search(seed: int, side: int, places: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = np.meshgrid(np.arange(side) * 100.0, np.arange(side) * 100.0, indexing="ij")
    points = np.stack([x + rng.uniform(-30, 30, x.shape), y + rng.uniform(-30, 30, y.shape)], axis=-1)
    pairs = [((i, j), (i + 1, j)) for i in range(side - 1) for j in range(side)]
    pairs += [((i, j), (i, j + 1)) for i in range(side) for j in range(side - 1)]
    pairs = [pair for pair in pairs if rng.random() < 0.85] or pairs
    ways = ways_of([street(tuple(points[a]), tuple(points[b])) for a, b in pairs])
    where = rng.uniform(0, 100.0 * (side - 1), (places, 2))
    held = Town(Network(ways), *np.array([spot(*one) for one in where]).T)
    origin = spot(*rng.uniform(0, 100.0 * (side - 1), 2))
    found = held.ways_from(*origin, 5000.0)
    start = held.network.snap(np.array([origin[0]]), np.array([origin[1]]))
    if found is None:
        assert not start.on[0]
        return
    for at in range(places):
        assert float(found[at]) == pytest.approx(
            _plain(ways, start.edge[0], start.along[0], held.snapped.edge[at], held.snapped.along[at])
            + float(start.step[0] + held.snapped.step[at]),
            abs=0.2,
        )  # fmt: skip


def _plain(ways: Ways, edge: int, along: float, other: int, there: float) -> float:
    """By a heap and nothing else; inf where there is no way, nan where the point is on no edge."""
    if other < 0:
        return float("inf")
    links: dict[int, list[tuple[int, float]]] = {}
    for a, b, metres in zip(ways.starts, ways.ends, ways.metres, strict=True):
        links.setdefault(int(a), []).append((int(b), float(metres)))
        links.setdefault(int(b), []).append((int(a), float(metres)))
    whole = float(ways.metres[edge])
    queue = [(along * whole, int(ways.starts[edge])), ((1 - along) * whole, int(ways.ends[edge]))]
    heapq.heapify(queue)
    best: dict[int, float] = {}
    while queue:
        far, node = heapq.heappop(queue)
        if node in best:
            continue
        best[node] = far
        for near, metres in links.get(node, ()):
            if near not in best:
                heapq.heappush(queue, (far + metres, near))
    last = float(ways.metres[other])
    ends = (best.get(int(ways.starts[other]), np.inf) + there * last,
            best.get(int(ways.ends[other]), np.inf) + (1 - there) * last)  # fmt: skip
    direct = abs(along - there) * whole if other == edge else np.inf
    return float(min(*ends, direct))


def geojson(*features: tuple[dict[str, str], str, list[object]]) -> bytes:
    return json.dumps({
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": said, "geometry": {"type": kind, "coordinates": points}}
            for said, kind, points in features
        ],
    }).encode()  # fmt: skip


LINE = [list(spot(0, 0)), list(spot(100, 0))]
OTHER = [list(spot(100, 0)), list(spot(100, 100))]


def test_roads_for_cars_alone_and_what_is_no_road_are_left_out_and_told() -> None:
    ways, told = read_roads(
        geojson(
            ({"highway": "footway"}, "LineString", LINE), ({"highway": "motorway"}, "LineString", OTHER),
            ({"highway": "trunk", "foot": "yes"}, "LineString", OTHER), ({"waterway": "river"}, "LineString", OTHER),
            ({"name": "公园"}, "Point", list(spot(0, 0))),
        ),
        Datum.CGCS2000,
    )  # fmt: skip
    assert (len(ways.lons), len(ways.starts), ways.parts, ways.main) == (3, 2, 1, 3)
    assert told == ["2 条不能步行的路没有导入。", "1 个不是线的要素没有导入。"]
    assert float(ways.metres.sum()) == pytest.approx(200, rel=0.01)


def test_lines_that_cross_without_a_corner_meet_where_it_is_asked_for() -> None:
    cross = geojson(
        ({}, "LineString", [list(spot(-100, 0)), list(spot(100, 0))]),
        ({}, "LineString", [list(spot(0, -100)), list(spot(0, 100))]),
    )
    apart, _ = read_roads(cross, Datum.CGCS2000)
    joined, _ = read_roads(cross, Datum.CGCS2000, crossing=True)
    assert (apart.parts, len(apart.starts)) == (2, 2)
    assert (joined.parts, len(joined.starts)) == (1, 4)


NO_ROADS = (
    b"",
    b"{}",
    b'{"type": "FeatureCollection", "features": []}',
    geojson(({}, "Point", [0, 0])),
    geojson(({}, "LineString", [[500000, 2500000], [500100, 2500000]])),
)


@pytest.mark.parametrize("content", NO_ROADS)
def test_what_holds_no_road_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        read_roads(content, Datum.CGCS2000)


def test_the_same_road_drawn_twice_is_one() -> None:
    ways = ways_of([street((0, 0), (100, 0)), street((100, 0), (0, 0)), street((0, 0), (0.01, 0))])
    assert len(ways.starts) == 1


def test_a_thousand_metres_are_fifteen_minutes() -> None:
    assert [minutes_for(metres) for metres in (0, 66, 67, 1000, 1001)] == [1, 1, 2, 15, 16]
