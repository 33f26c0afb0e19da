"""Homes of those who live alone: learned from their own readings, a case when quiet too long, over with any sign."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from huying.access.actor import system
from huying.devices.actions import Given, deliver, maintain, retire
from huying.devices.actions.homes import learn_homes, look_at_homes
from huying.devices.models import HomeState, Matter
from huying.devices.rules.kinds import DeviceKind
from huying.emergency.models import Emergency
from tests.cast import DISTRICT, MONDAY
from tests.devices.conftest import Site, notes

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DAYS = 10
HOUR = timedelta(hours=1)
#: 07:00 of the day after ten days of habits.
MORNING = MONDAY - timedelta(hours=2) + timedelta(days=DAYS)


def lived(site: Site, days: int = DAYS) -> None:
    """Somebody who gets up at seven, is about all day, and goes to bed at ten."""
    site.stand("PIR-1", kind=DeviceKind.MOTION, name="客厅", home="H-1")
    site.stand("PIR-2", kind=DeviceKind.MOTION, name="卧室", home="H-1")
    for day in range(days):
        wakes = MONDAY - timedelta(hours=2) + timedelta(days=day)
        batch = [say("PIR-2", wakes)] + [
            say("PIR-1", wakes + timedelta(minutes=10 + 25 * n)) for n in range(35)
        ]
        batch.append(say("PIR-2", wakes + timedelta(hours=15)))
        deliver(system(DISTRICT, "MQTT"), batch, wakes + timedelta(hours=15, minutes=1))


def say(code: str, at: datetime, value: float = 1.0, factor: str = "motion") -> Given:
    return Given({"device": code, "at": at.isoformat(), "values": {factor: value}})


def hear(code: str, at: datetime) -> None:
    deliver(system(DISTRICT, "MQTT"), [say(code, at)], at)


def looked(since: datetime, until: datetime, step: timedelta = timedelta(minutes=10)) -> None:
    at = since
    while at <= until:
        look_at_homes(DISTRICT, at)
        at += step


def home_matters() -> list[Matter]:
    return list(Matter.objects.filter(kind="home").order_by("id"))


def test_an_ordinary_day_says_nothing(site: Site) -> None:
    lived(site)
    assert learn_homes(DISTRICT, MORNING) == 1
    hear("PIR-2", MORNING)
    for number in range(20):
        at = MORNING + timedelta(minutes=25 * number)
        hear("PIR-1", at)
        looked(at, at + timedelta(minutes=20))
    assert home_matters() == []


def test_a_quiet_day_becomes_a_case_then_a_card_and_a_sign_ends_it(site: Site) -> None:
    lived(site)
    learn_homes(DISTRICT, MORNING)
    hear("PIR-2", MORNING)
    hear("PIR-1", MORNING + timedelta(minutes=10))
    looked(MORNING, MORNING + 10 * HOUR, timedelta(minutes=5))
    first, second = home_matters()
    assert first.since == MORNING + timedelta(minutes=10)
    assert first.made_at < MORNING + 8 * HOUR
    assert "家中无动静" in site.case(first).title
    assert second.emergency_id == Emergency.objects.get().id
    assert second.made_at - first.made_at >= HOUR
    told = notes(first.case_id)
    for word in ("电话联系", "上门查看", "客厅"):
        assert word in told
    end = MORNING + 10 * HOUR + timedelta(minutes=3)
    hear("PIR-2", end)
    looked(end, end + timedelta(minutes=2), timedelta(minutes=1))
    assert [one.until for one in home_matters()] == [end, end]
    assert site.case(first).state == "closed"
    assert "又有了动静" in notes(second.case_id)
    state = HomeState.objects.get()
    assert (state.matter_id, state.level) == (None, "")


def test_while_somebody_works_on_a_device_silence_says_nothing(site: Site) -> None:
    lived(site)
    learn_homes(DISTRICT, MORNING)
    hear("PIR-1", MORNING)
    maintain(site.cast.administrator, site.ids["PIR-1"], MORNING, MORNING + 30 * HOUR, "换电池", MORNING)
    looked(MORNING, MORNING + 20 * HOUR, HOUR)
    assert home_matters() == []


def test_a_home_nobody_knows_waits_for_the_street_s_first_hours(site: Site) -> None:
    lived(site, days=0)
    learn_homes(DISTRICT, MONDAY)
    hear("PIR-1", MONDAY)
    looked(MONDAY, MONDAY + 11 * HOUR, HOUR)
    assert home_matters() == []
    looked(MONDAY + 12 * HOUR, MONDAY + 17 * HOUR, HOUR)
    assert len(home_matters()) >= 1


def test_a_home_without_devices_is_forgotten_with_its_habits(site: Site) -> None:
    lived(site, days=2)
    learn_homes(DISTRICT, MONDAY + timedelta(days=2))
    for code in ("PIR-1", "PIR-2"):
        retire(site.cast.administrator, site.ids[code], "搬走", MONDAY)
    look_at_homes(DISTRICT, MONDAY + timedelta(days=5))
    assert HomeState.objects.count() == 0


def test_homes_whose_time_has_not_come_cost_two_queries(site: Site, django_assert_num_queries: Any) -> None:
    lived(site, days=1)
    learn_homes(DISTRICT, MORNING)
    hear("PIR-1", MORNING)
    look_at_homes(DISTRICT, MORNING)
    with django_assert_num_queries(2):
        look_at_homes(DISTRICT, MORNING + timedelta(minutes=1))


def test_habits_are_learned_once_a_night(site: Site) -> None:
    lived(site, days=2)
    night = MONDAY + timedelta(days=2)
    assert learn_homes(DISTRICT, night) == 1
    assert learn_homes(DISTRICT, night + HOUR) == 0
    assert learn_homes(DISTRICT, night + timedelta(days=1)) == 1
