"""The stream of calls: its rhythm, its bursts, and that it can be repeated."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from shapely.geometry import MultiPolygon, Point, Polygon

from huying.catalogue.rules.kinds import AppealKind
from huying.catalogue.rules.starter import starter
from huying.simulate.days import Call, Calls, Rhythm
from huying.simulate.land import Size, district
from huying.simulate.speech import matter_of

ZONE = ZoneInfo("Asia/Shanghai")
LAND = district(1, Size(streets=1))
MATTERS = [matter_of(1, line) for line in starter().items]
START = datetime(2026, 5, 1, tzinfo=ZONE)


def calls_of(seed: int, days: int = 30, count: int = 1500) -> list[Call]:
    return list(Calls(seed, LAND, MATTERS, Rhythm(seed, START, days, count, ZONE)))


@pytest.fixture(scope="module")
def calls() -> list[Call]:
    return calls_of(1)


def test_calls_come_in_the_order_of_time_and_can_be_repeated(calls: list[Call]) -> None:
    assert all(one.at <= other.at for one, other in pairwise(calls))
    assert calls == calls_of(1)
    assert calls != calls_of(2)


def test_there_are_about_as_many_matters_as_asked_for() -> None:
    counts = [len({call.series for call in calls_of(seed)}) for seed in range(4)]
    assert sum(counts) == pytest.approx(6000, abs=400)


def test_nights_are_quiet_and_mornings_busy(calls: list[Call]) -> None:
    hours = Counter(call.at.hour for call in calls if call.first)
    assert sum(hours[hour] for hour in (1, 2, 3, 4)) * 8 < sum(hours[hour] for hour in (9, 10, 15, 16))


def test_storms_double_the_calls() -> None:
    rhythm = Rhythm(1, START, 120, 6000, ZONE)
    rates: dict[bool, list[int]] = defaultdict(list)
    for hour in rhythm.hours():
        rates[hour.storm].append(hour.count)
    assert rates[True], "no storm in 120 days of the rainy season"
    mean = {storm: sum(counts) / len(counts) for storm, counts in rates.items()}
    assert mean[True] > 1.6 * mean[False]


def test_bursts_tell_one_matter_by_many_callers_in_different_words(calls: list[Call]) -> None:
    groups: dict[int, list[Call]] = defaultdict(list)
    for call in calls:
        groups[call.series].append(call)
    bursts = [group for group in groups.values() if len(group) > 3]
    assert bursts
    for group in bursts:
        assert len({call.matter.code for call in group}) == 1
        assert len({call.area for call in group}) == 1
        assert len({call.text for call in group}) > 0.8 * len(group)
        assert [call.first for call in sorted(group, key=lambda one: one.number)].count(True) == 1


def test_some_troubles_come_back_to_the_same_place() -> None:
    sores = Counter(call.sore for call in calls_of(1, days=90, count=4000) if call.first and call.sore)
    assert sores
    assert max(sores.values()) >= 2


def test_half_of_what_is_asked_are_inquiries_and_complaints_need_a_place(calls: list[Call]) -> None:
    kinds = Counter(call.kind for call in calls if call.first)
    assert 0.3 < kinds[AppealKind.INQUIRY] / sum(kinds.values()) < 0.5
    assert all(len(call.area) >= 12 for call in calls)


def test_a_position_that_is_given_lies_in_or_beside_the_area(calls: list[Call]) -> None:
    shapes = {
        area.code: MultiPolygon([Polygon(rings[0], rings[1:]) for rings in area.polygons])
        for area in LAND.areas
    }
    placed = [call for call in calls if call.lon is not None and call.lat is not None]
    assert len(placed) > 300
    for call in placed:
        assert shapes[call.area].distance(Point(call.lon, call.lat)) < 0.001, call.place


def test_a_rhythm_needs_no_more_than_its_days() -> None:
    hours = list(Rhythm(1, START, 2, 100, ZONE).hours())
    assert len(hours) == 48
    assert hours[-1].start == START + timedelta(hours=47)
