"""R109 on public orders of two cities: every row of the file is accounted for, a second run adds none."""

import csv
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from huying.cases.models import Case, Entry
from huying.geo.datums import Datum
from huying.loop.collect.channels.orders import import_orders, read_map
from huying.loop.collect.channels.orders.reading import Reason
from huying.loop.collect.channels.orders.report import Remark
from huying.places.actions import put_district
from huying.places.rules.levels import Level
from huying.places.tasks import import_areas
from huying.site.cli import main

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
pytestmark = [
    pytest.mark.realdata,
    pytest.mark.slow,
    pytest.mark.database,
    pytest.mark.django_db,
    pytest.mark.skipif(not DATA.exists(), reason="no public orders beside the checkout"),
]


def beginning(path: Path, rows: int, to: Path) -> Path:
    with path.open("rb") as file:
        to.write_bytes(b"".join(islice(file, rows + 1)))
    return to


def test_orders_of_pingshan(tmp_path: Path) -> None:
    put_district(440310, "坪山区", city="深圳市")
    import_areas(DATA / "boundaries" / "shenzhen_streets.geojson", 440310, Level.STREET, Datum.WGS84, NOW)
    path = beginning(DATA / "workorders" / "pingshan_2018.csv", 2000, tmp_path / "orders.csv")
    order_map = read_map(ROOT / "examples" / "pingshan_2018.toml")
    report = import_orders(path, order_map, 440310, NOW)
    assert (report.rows, report.accepted, report.refused) == (2000, 2000, [])
    assert report.remarks[Remark.NO_STREET] == Case.objects.filter(area="440310").count()
    assert set(Case.objects.values_list("state", flat=True)) == {"closed"}
    assert len(report.new_bodies) < 120  # written in 145 ways in the whole file
    again = import_orders(path, order_map, 440310, NOW)
    assert (again.known, again.accepted, again.new_bodies) == (2000, 0, [])


def test_orders_of_los_angeles_and_the_file_they_leave_in(tmp_path: Path) -> None:
    put_district(900001, "Los Angeles", zone="America/Los_Angeles")
    import_areas(DATA / "la311" / "neighbourhood_councils.geojson", 900001, Level.STREET, Datum.WGS84, NOW)
    path = beginning(DATA / "la311" / "requests.csv", 2000, tmp_path / "requests.csv")
    report = import_orders(path, read_map(ROOT / "examples" / "la311.toml"), 900001, NOW)
    assert report.rows == report.accepted + len(report.refused) == 2000
    assert set(report.reasons) == {Reason.OUTSIDE, Reason.ENDS_BEFORE}
    assert Case.objects.count() == report.accepted
    assert Entry.objects.filter(verb="archive").count() == Case.objects.filter(state="closed").count()
    assert main(["export", "orders", str(tmp_path / "out.csv"), "--district", "900001"]) == 0
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == report.accepted
    assert rows[0]["来源编号"].startswith("1-")
