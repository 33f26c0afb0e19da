"""Twenty thousand real requests against 99 real outlines: the area found is the one the city wrote down."""

import csv
import time
from pathlib import Path

import numpy as np
import pytest

from huying.geo.index import OutlineIndex
from huying.geo.shapes import outline, read_features

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "la311"
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.skipif(not FOLDER.exists(), reason="no public requests beside the checkout"),
]


def _requests():
    with (FOLDER / "requests.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["longitude"] and row["latitude"] and row["nc"]:
                yield float(row["longitude"]), float(row["latitude"]), row["nc"].removesuffix(".0")


def test_the_area_found_is_the_one_the_city_wrote_down():
    features = read_features((FOLDER / "neighbourhood_councils.geojson").read_bytes())
    index = OutlineIndex([outline(feature.geometry) for feature in features])
    ids = np.array([feature.properties["nc_id"] for feature in features] + [""])
    lons, lats, written = zip(*_requests(), strict=True)
    began = time.process_time()
    found = ids[index.containing(np.array(lons), np.array(lats))]
    took = time.process_time() - began
    placed = found != ""
    right = float(np.mean(found[placed] == np.array(written)[placed]))
    assert placed.mean() > 0.99
    # The rest lies along borders that were redrawn after the requests were made, or that overlap.
    assert right > 0.98
    assert took < 1.0
