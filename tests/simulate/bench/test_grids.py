"""The invented district on which dividing is measured, and the report of ``huying bench grids``."""

import json
from typing import Any

import numpy as np
import pytest
import shapely

from huying.gridding.rules.given import Asked
from huying.gridding.rules.solving import solve
from huying.simulate.bench.ground import Made, Wanted, made
from huying.site.cli import main
from huying.site.commands.bench import grids as command

SMALL = Wanted(people=60_000, streets=2, communities=5, estates=30, grids=10, cases=500)
AROUND = shapely.buffer(shapely.Point(123.0, 29.0), 0.022)


@pytest.fixture(scope="module")
def district() -> Made:
    return made(3, AROUND, SMALL)


def test_it_is_as_large_as_wanted_and_its_areas_cover_it(district: Made) -> None:
    ground = district.ground
    assert abs(ground.sites.people.sum() - 60_000) < 3_000
    assert len(ground.sites.names) == 30
    assert (len(ground.regions), len(district.communities), len(ground.today)) == (2, 5, 10)
    for level in (ground.regions, district.communities, ground.today):
        outlines = [one.outline for one in level]
        assert shapely.area(outlines).sum() == pytest.approx(shapely.union_all(outlines).area)
        assert shapely.union_all(outlines).area > 0.97 * AROUND.area
    codes = {one.code for one in district.communities}
    assert {one.code[:12] for one in ground.today} == codes
    assert np.isfinite(ground.cases).all()


def test_the_same_seed_makes_the_same_district(district: Made) -> None:
    again = made(3, AROUND, SMALL).ground
    assert again.sites.lons.tolist() == district.ground.sites.lons.tolist()


def test_dividing_it_splits_nothing_and_stays_within_its_regions(district: Made) -> None:
    ground, asked = district.within_communities(), Asked(10, effort=0.1)
    told = command.told(ground, asked, solve(ground, asked))
    assert (told["grids"], told["contiguous"], told["split"]) == (10, True, 0)
    assert told["on_lines"] > 0.7


def test_the_report_says_whether_the_target_was_met(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "Wanted", lambda grids: SMALL)
    monkeypatch.setattr(command, "boundary", lambda path: AROUND)
    code = main(["bench", "grids", "--grids", "10", "--processes", "1", "--json"])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert code == (0 if told["met"] else 1)
    assert {"seconds", "spread", "on_lines", "split", "contiguous", "compact", "moved_share"} <= set(told)
    assert told["met"] == (told["spread"] <= 0.1 and told["seconds"] <= 60)


def test_a_boundary_is_read_from_a_file_and_moved_out_of_the_datum_of_maps(tmp_path: Any) -> None:
    file = tmp_path / "区界.json"
    file.write_text(shapely.to_geojson(shapely.box(117.2, 31.7, 117.4, 31.9)), encoding="utf-8")
    read = command.boundary(file)
    west = read.bounds[0]
    assert 0.002 < 117.2 - west < 0.01
    assert command.boundary(None).area == pytest.approx(np.pi * 0.125 * 0.0803, rel=0.01)
