"""The commands that bring in facilities, roads and people, and the one that measures."""

import json
from pathlib import Path

import pytest

from huying.services.models import Facility, PeopleSpot, Surroundings, WalkEdge
from huying.site.cli import main
from huying.site.commands.bench.services import measured
from tests.cast import DISTRICT
from tests.services.conftest import SPOT, Town
from tests.services.test_importing import MAP, ROW, table


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    out: dict[str, object] = json.loads(capsys.readouterr().out)
    return out


@pytest.mark.django_db
@pytest.mark.database
def test_facilities_roads_and_people_are_brought_in(
    town: Town, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    (tmp_path / "rows.csv").write_bytes(table(ROW, ("9", "没有类", "庙", *SPOT, "", "")))
    given = ["import", "facilities", str(tmp_path / "rows.csv"), "--map", str(tmp_path / "map.toml")]
    given += ["--district", str(DISTRICT), "--json"]
    assert main([*given, "--dry-run"]) == 1
    assert not Facility.objects.exists()
    capsys.readouterr()
    assert main(given) == 1
    assert told(capsys)["made"] == 1
    line = [[SPOT[0], SPOT[1]], [SPOT[0] + 0.001, SPOT[1]], [SPOT[0] + 0.002, SPOT[1]]]
    roads = {"type": "LineString", "coordinates": line}
    (tmp_path / "roads.geojson").write_text(json.dumps(roads))
    assert (
        main(["import", "roads", str(tmp_path / "roads.geojson"), "--district", str(DISTRICT), "--json"]) == 0
    )
    assert (told(capsys)["edges"], WalkEdge.objects.count(), Surroundings.objects.get().edges) == (2, 2, 2)
    (tmp_path / "people.csv").write_text(f"经度,纬度,人口\n{SPOT[0]},{SPOT[1]},120\n", encoding="utf-8")
    assert (
        main(["import", "people", str(tmp_path / "people.csv"), "--district", str(DISTRICT), "--json"]) == 0
    )
    assert (told(capsys)["people"], PeopleSpot.objects.count()) == (120, 1)
    assert main(["import", "roads", str(tmp_path / "none"), "--district", str(DISTRICT)]) == 1


def test_the_bench_measures_what_it_says() -> None:
    found = measured(facilities=200, edges=800, homes=60, asked=5, seed=1)
    assert (found["facilities"], found["homes"], found["kinds"]) == (200, 60, 12)
    assert 600 <= found["edges"] <= 1000
    assert found["nearest_ms_median"] > 0
