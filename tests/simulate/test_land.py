"""The invented ground: areas that fill their parent, borders shared to the last digit, the same for a seed."""

from collections import Counter, defaultdict
from dataclasses import asdict
from itertools import pairwise

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import STRtree
from shapely.geometry import MultiPolygon, Point, Polygon

from huying.simulate.land import Area, Land, Size, city, district

SEEDS = st.integers(0, 10_000)


def shape(area: Area) -> MultiPolygon:
    return MultiPolygon([Polygon(rings[0], rings[1:]) for rings in area.polygons])


def segments(area: Area) -> Counter[tuple[tuple[float, float], ...]]:
    """Every stretch between two neighbouring points of an area's border, whichever way it runs."""
    return Counter(
        tuple(sorted(pair)) for rings in area.polygons for ring in rings for pair in pairwise(ring)
    )


def written(land: Land) -> bytes:
    return orjson.dumps(asdict(land), option=orjson.OPT_SORT_KEYS)


@pytest.fixture(scope="module")
def land() -> Land:
    return district(3, Size(streets=2))


@settings(max_examples=8, deadline=None)
@given(SEEDS)
def test_every_stretch_of_border_belongs_to_two_grids_or_to_the_outline(seed: int) -> None:
    made = district(seed, Size(streets=1))
    used: Counter[tuple[tuple[float, float], ...]] = Counter()
    for grid in made.of("grid"):
        used += segments(grid)
    assert max(used.values()) == 2
    assert {line for line, times in used.items() if times == 1} == set(segments(made.areas[0]))


@settings(max_examples=8, deadline=None)
@given(SEEDS)
def test_outlines_are_valid_and_in_one_piece(seed: int) -> None:
    for area in district(seed, Size(streets=1)).areas:
        assert shape(area).is_valid, area.code
        assert len(area.polygons) == 1, area.code


def test_no_two_areas_of_a_level_overlap(land: Land) -> None:
    for level in ("street", "community", "grid"):
        shapes = [shape(area) for area in land.of(level)]
        tree = STRtree(shapes)
        for number, one in enumerate(shapes):
            for other in tree.query(one):
                if other > number:
                    assert one.intersection(shapes[other]).area == 0


def test_children_fill_their_parent(land: Land) -> None:
    children: dict[str, list[Area]] = defaultdict(list)
    for area in land.areas:
        children[area.parent].append(area)
    for area in land.areas:
        if area.level != "grid":
            inside = sum(shape(child).area for child in children[area.code])
            assert inside == pytest.approx(shape(area).area, rel=1e-9)
            assert sum(child.homes for child in children[area.code]) == area.homes


@settings(max_examples=10, deadline=None)
@given(SEEDS)
def test_every_community_has_8_to_25_grids(seed: int) -> None:
    counts = Counter(grid.parent for grid in district(seed, Size(streets=1)).of("grid"))
    assert all(8 <= count <= 25 for count in counts.values())


def test_codes_begin_with_their_parents(land: Land) -> None:
    sizes = {"district": 6, "street": 9, "community": 12, "grid": 15}
    codes = [area.code for area in land.areas]
    assert len(set(codes)) == len(codes)
    for area in land.areas:
        assert len(area.code) == sizes[area.level]
        assert area.code.startswith(area.parent)


def test_names_of_streets_communities_and_estates_are_not_given_twice(land: Land) -> None:
    names = [area.name for area in land.areas] + [spot.name for spot in land.spots if spot.kind == "estate"]
    assert max(Counter(names).values()) == 1


def test_spots_and_labels_lie_in_their_areas(land: Land) -> None:
    shapes = {area.code: shape(area) for area in land.areas}
    for spot in land.spots:
        assert shapes[spot.area].distance(Point(spot.lon, spot.lat)) < 1e-7, spot
    for area in land.areas:
        assert shapes[area.code].contains(Point(area.lon, area.lat))


def test_there_are_rings_radials_lanes_and_one_river(land: Land) -> None:
    kinds = Counter(road.kind for road in land.roads)
    assert set(kinds) == {"ring", "radial", "avenue", "lane", "river"}
    assert kinds["river"] == 1
    assert len({road.name for road in land.roads}) == len(land.roads)


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert written(district(5, Size(streets=1))) == written(district(5, Size(streets=1)))


def test_another_seed_gives_another_district() -> None:
    assert written(district(5, Size(streets=1))) != written(district(6, Size(streets=1)))


def test_districts_of_a_city_share_their_borders_and_come_one_by_one() -> None:
    first, second, third = city(4, Size(streets=1, districts=3))
    assert [first.code, second.code, third.code] == ["990101", "990102", "990103"]
    borders = [set(segments(land.areas[0])) for land in (first, second, third)]
    assert sum(len(one & other) > 0 for one, other in pairwise(borders)) >= 1
    shapes = [shape(land.areas[0]) for land in (first, second, third)]
    assert all(one.intersection(other).area == 0 for one, other in pairwise(shapes))


def test_a_size_holds_about_the_people_it_is_asked_for() -> None:
    size = Size.for_people(120_000)
    homes = sum(land.areas[0].homes for land in city(1, size))
    assert 84_000 < homes * 2.6 < 168_000
    assert Size.for_people(10_000_000).districts > 10
