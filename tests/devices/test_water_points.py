"""Sections of water: their class hour by hour, a matter of whoever answers for the water, and series not believed."""

from datetime import timedelta
from typing import Any

import pytest

from huying.access.actor import system
from huying.devices.actions import Given, deliver, put_case_rule
from huying.devices.actions.water import Doubting, grade_water, put_point
from huying.devices.models import Anomaly, Matter, WaterState
from huying.devices.queries import anomalies_for, water_for, water_of
from huying.devices.rules.kinds import DeviceKind, MatterKind
from huying.devices.rules.water.anomalies.kinds import AnomalyKind
from huying.devices.rules.water.classes import WaterBody, WaterClass
from huying.devices.rules.water.points import NewPoint, PointSort
from huying.kernel.errors import Denied, Invalid
from tests.cast import DISTRICT, MONDAY
from tests.devices.conftest import Site, listed_item, notes

pytestmark = [pytest.mark.django_db, pytest.mark.database]
GOOD = {"w01001": 7.2, "w01009": 8.0, "w01019": 1.5, "w21003": 0.1, "w21011": 0.01}


def section(site: Site, **more: object) -> int:
    number = site.stand("WQ-1", kind=DeviceKind.WATER_QUALITY, name="春风桥断面", body_id=site.cast.water)
    given = {"sort": PointSort.SECTION, "water": "春风河", "answerable_id": site.cast.water} | more
    put_point(site.cast.administrator, number, NewPoint(**given), MONDAY)  # type: ignore[arg-type]
    return number


def hour(number: float, **values: float) -> None:
    at = MONDAY + timedelta(hours=number)
    message = {"device": "WQ-1", "at": at.isoformat(), "values": GOOD | values}
    deliver(system(DISTRICT, "HJ 212"), [Given(message)], at)
    grade_water(DISTRICT, at)


def water_matters(kind: MatterKind = MatterKind.WATER) -> list[Matter]:
    return list(Matter.objects.filter(kind=kind.value).order_by("id"))


def test_a_section_has_the_class_of_its_worst_factor(site: Site) -> None:
    number = section(site)
    hour(0, w21003=0.8)
    found = water_of(site.cast.administrator, number)
    assert found.grade is not None
    assert (found.grade.grade, found.grade.worst, found.grade.missing) == (WaterClass.III, ["w21003"], [])
    assert found.grade.below_since is None


def test_worse_than_its_target_for_its_hours_it_is_a_matter_of_who_answers_and_ends_with_it(
    site: Site,
) -> None:
    put_case_rule(site.cast.administrator, MatterKind.WATER, listed_item(), 2, "", MONDAY)
    section(site)
    hour(0)
    hour(1, w21003=1.8)
    hour(2, w21003=1.8)
    assert water_matters() == []
    hour(3, w21003=1.8)
    (matter,) = water_matters()
    assert (matter.since, matter.factor) == (MONDAY + timedelta(hours=1), "w21003")
    case = site.case(matter)
    assert (case.state, case.body_id) == ("dispatched", site.cast.water)
    hour(4, w21003=2.5)
    assert "劣Ⅴ类" in notes(matter.case_id)
    hour(5)
    assert water_matters()[0].until == MONDAY + timedelta(hours=5)
    assert "已恢复到" in notes(matter.case_id)
    hour(6, w21003=1.8)
    assert len(water_matters()) == 1


def test_judged_again_nothing_follows_twice(site: Site) -> None:
    section(site, hold=0)
    hour(0, w21003=1.8)
    assert len(water_matters()) == 1
    assert grade_water(DISTRICT, MONDAY + timedelta(hours=1)) == 0
    assert len(water_matters()) == 1


def test_an_outfall_is_not_judged_by_class_and_names_who_discharges(site: Site) -> None:
    number = site.stand("WQ-1", kind=DeviceKind.WATER_QUALITY)
    with pytest.raises(Invalid) as wrong:
        put_point(site.cast.administrator, number, NewPoint(sort=PointSort.OUTFALL), MONDAY)
    assert set(wrong.value.fields) == {"source"}
    put_point(site.cast.administrator, number, NewPoint(sort=PointSort.OUTFALL, source="某厂"), MONDAY)
    hour(0, w21003=9)
    assert WaterState.objects.count() == 0


def test_only_water_stands_for_water_and_only_administrators_say_so(site: Site) -> None:
    number = site.stand("WL-1")
    with pytest.raises(Invalid):
        put_point(site.cast.administrator, number, NewPoint(sort=PointSort.SECTION), MONDAY)
    with pytest.raises(Denied):
        put_point(site.cast.seat, number, NewPoint(sort=PointSort.SECTION), MONDAY)


def test_a_lake_is_judged_by_its_own_limits(site: Site) -> None:
    number = section(site, body=WaterBody.LAKE)
    hour(0, w21011=0.09)
    found = water_of(site.cast.administrator, number).grade
    assert found is not None
    assert found.grade is WaterClass.IV


def series(values: list[float], factor: str = "w01003") -> None:
    batch = [
        Given({"device": "WQ-1", "at": (MONDAY + timedelta(hours=n)).isoformat(), "values": {factor: value}})
        for n, value in enumerate(values)
    ]
    deliver(system(DISTRICT, "HJ 212"), batch, MONDAY + timedelta(hours=len(values)))


def usual(count: int) -> list[float]:
    return [10 + (n * 7 % 5) / 10 for n in range(count)]


def test_a_stuck_sensor_is_a_matter_of_its_owner_and_its_values_count_no_more(site: Site) -> None:
    number = section(site)
    series([*usual(60), *[10.2] * 20])
    now = MONDAY + timedelta(hours=80)
    watching = Doubting()
    assert watching.look(DISTRICT, now) >= 1
    stuck = Anomaly.objects.get(kind=AnomalyKind.STUCK.value)
    assert stuck.until == MONDAY + timedelta(hours=79)
    (matter,) = water_matters(MatterKind.DOUBT)
    assert matter.factor == "w01003"
    assert watching.look(DISTRICT, now) == 0
    # Another worker, which begins anew, finds the same and says it once.
    Doubting().look(DISTRICT, now)
    assert (Anomaly.objects.count(), len(water_matters(MatterKind.DOUBT))) == (1, 1)
    assert anomalies_for(site.cast.administrator, number)[0].kind is AnomalyKind.STUCK


def test_moving_again_the_doubt_is_over(site: Site) -> None:
    section(site)
    values = [*usual(60), *[10.2] * 20]
    series(values)
    watching = Doubting()
    watching.look(DISTRICT, MONDAY + timedelta(hours=80))
    series([*values, 10.4, 10.1, 10.3, 10.0])
    watching.look(DISTRICT, MONDAY + timedelta(hours=84))
    assert water_matters(MatterKind.DOUBT)[0].until == MONDAY + timedelta(hours=83)


def test_a_factor_that_is_not_believed_is_left_out_of_the_class_and_named(site: Site) -> None:
    number = section(site)
    Anomaly.objects.create(
        district=DISTRICT, device_id=number, factor="w21003", kind="stuck", since=MONDAY - timedelta(hours=9),
        until=MONDAY, told=MONDAY, sure=0.9, low=9, high=9, value=9,
    )  # fmt: skip
    hour(0, w21003=9)
    found = water_of(site.cast.administrator, number).grade
    assert found is not None
    assert (found.grade, found.doubted, found.missing) == (WaterClass.I, ["w21003"], ["w21003"])


def test_the_list_of_water_takes_as_many_queries_for_one_as_for_many(
    site: Site, django_assert_num_queries: Any
) -> None:
    section(site)
    for number in range(2, 6):
        site.stand(f"WQ-{number}", 10 * number, DeviceKind.WATER_QUALITY)
    with django_assert_num_queries(4):
        assert len(water_for(site.cast.administrator)) == 5
