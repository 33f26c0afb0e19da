"""Public boundaries of real districts, where they lie beside the checkout."""

import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import shapely

from huying.geo.datums import Datum
from huying.geo.shapes import outline, read_features
from huying.places import queries
from huying.places.actions import put_district
from huying.places.rules.levels import Level
from huying.places.tasks import import_areas

BOUNDARIES = Path(__file__).parents[2].parent / "shared" / "data" / "boundaries"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.database,
    pytest.mark.django_db,
    pytest.mark.skipif(not BOUNDARIES.exists(), reason="no public boundaries beside the checkout"),
]
STREETS = BOUNDARIES / "shenzhen_streets.geojson"


def test_all_74_streets_of_shenzhen_can_be_used():
    features = read_features(STREETS.read_bytes())
    assert len(features) == 74
    assert all(outline(feature.geometry).is_valid for feature in features)


def test_pingshans_six_streets_are_imported_once_and_found_by_the_names_of_its_work_orders():
    put_district(440310, "坪山区", city="深圳市")
    first = import_areas(STREETS, 440310, Level.STREET, Datum.GCJ02, NOW)
    assert (len(first.added), first.skipped, first.problems) == (6, 68, [])
    again = import_areas(STREETS, 440310, Level.STREET, Datum.GCJ02, NOW)
    assert (again.unchanged, again.touched) == (6, False)
    for name in ("龙田街道", "坑梓街道", "坪山街道", "马峦街道", "石井街道", "碧岭街道"):
        assert queries.find_area(440310, name, Level.STREET) is not None


def test_twenty_thousand_points_are_located_in_under_a_third_of_a_second():
    put_district(440310, "坪山区", city="深圳市")
    import_areas(STREETS, 440310, Level.STREET, Datum.GCJ02, NOW)
    shape = shapely.union_all([area.outline for area in queries.areas(440310, Level.STREET)])
    west, south, east, north = shape.bounds
    random = np.random.default_rng(7)
    lons, lats = random.uniform(west, east, 20_000), random.uniform(south, north, 20_000)
    queries.locate_points(440310, lons[:1], lats[:1])
    took = []
    for _ in range(3):  # the best of three: the first also fills the caches
        began = time.process_time()
        codes = queries.locate_points(440310, lons, lats)
        took.append(time.process_time() - began)
    inside = shapely.contains_xy(shape, lons, lats)
    # The tolerance draws in a rim of 30 m; nothing inside may be lost.
    assert all(code is not None for code, within in zip(codes, inside, strict=True) if within)
    assert sum(code is not None for code in codes) < inside.sum() * 1.02
    assert min(took) < 0.3


@pytest.mark.parametrize(
    ("code", "name"),
    [(340111, "包河区"), (430304, "岳塘区"), (440104, "越秀区"), (440112, "黄埔区"), (440304, "福田区")],
)
def test_five_districts_outlines_are_arrays_and_are_read(code, name):
    put_district(code, name)
    report = import_areas(BOUNDARIES / f"district_{code}.json", code, Level.DISTRICT, Datum.GCJ02, NOW)
    assert report.added == [f"{code} {name}"]
    row = queries.district(code)
    assert queries.placed(code, row.lon, row.lat).code == str(code)


def test_the_map_of_six_streets_weighs_little():
    put_district(440310, "坪山区", city="深圳市")
    import_areas(STREETS, 440310, Level.STREET, Datum.GCJ02, NOW)
    fine = queries.area_features(440310, Level.STREET, simplified=False)
    coarse = queries.area_features(440310, Level.STREET)
    weight = {kind: len(str(drawn)) for kind, drawn in (("fine", fine), ("coarse", coarse))}
    assert weight["coarse"] < weight["fine"] * 0.7
