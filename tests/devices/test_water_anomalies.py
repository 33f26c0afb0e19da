"""What is wrong with a series is found in series of every kind, and what the water does itself is left alone."""

import math
import random
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.devices.rules.water.anomalies.kinds import AnomalyKind, Verdict
from huying.devices.rules.water.anomalies.rolling import ThreeSigma
from huying.devices.rules.water.anomalies.scale import Scale
from huying.devices.rules.water.anomalies.settings import Settings
from huying.devices.rules.water.anomalies.watching import Watch

START = datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=8)))
HOUR = timedelta(hours=1)
AT, LENGTH = 600, 1000
Values = list[float]


def daily(number: int) -> float:
    return math.sin(2 * math.pi * number / 24)


# What sensors of several factors say when all is well: (value of a reading, typical noise, least possible value).
QUIET: dict[str, tuple[Callable[[int, random.Random], float], float, float]] = {
    "电导率": (lambda _n, rng: 250 + rng.gauss(0, 1), 1.0, 0),
    "水温": (lambda n, rng: 18 + 3 * daily(n) + rng.gauss(0, 0.1), 1.0, -2),
    "冬天的水温": (lambda n, rng: 1 + 2 * daily(n) + rng.gauss(0, 0.1), 0.6, -2),
    "溶解氧": (lambda n, rng: round(8 + 1.5 * daily(n) + rng.gauss(0, 0.15), 1), 0.5, 0),
    "浑浊度": (lambda _n, rng: 4 * math.exp(rng.gauss(0, 0.3)), 4.0, 0),
}


def quiet(name: str, seed: int) -> Values:
    rng = random.Random(seed)
    return [QUIET[name][0](number, rng) for number in range(LENGTH)]


def told(values: Values, step: timedelta = HOUR, low: float = 0) -> dict[tuple[str, int], Verdict]:
    """The newest verdict of each anomaly, by kind and the number of its first reading."""
    watch = Watch(low)
    found = {}
    for number, value in enumerate(values):
        for verdict in watch.add(START + number * step, value):
            found[verdict.kind.value, round((verdict.since - START) / step)] = verdict
    return found


def spoiled(values: Values, size: float, which: range) -> Values:
    return [value + size * (number in which) for number, value in enumerate(values)]


series = pytest.mark.parametrize("name", QUIET)
seeds = pytest.mark.parametrize("seed", [1, 2])


@series
@seeds
def test_of_quiet_series_nothing_is_told(name: str, seed: int) -> None:
    assert told(quiet(name, seed), low=QUIET[name][2]) == {}


@series
@seeds
@pytest.mark.parametrize("sign", [1, -1])
def test_a_single_reading_far_off_is_a_spike_and_told_with_the_next_one(
    name: str, seed: int, sign: int
) -> None:
    values = quiet(name, seed)
    values[AT] = values[AT] * 20 if name == "浑浊度" else values[AT] + sign * 15 * QUIET[name][1]
    [((kind, since), verdict)] = told(values, low=-1000).items()
    assert (kind, since, verdict.told) == ("spike", AT, START + (AT + 1) * HOUR)
    assert not verdict.low <= values[AT] <= verdict.high
    assert verdict.low < values[AT - 1] < verdict.high


@series
def test_three_spikes_within_a_day_are_a_cluster(name: str) -> None:
    values = quiet(name, 3)
    for number in (AT, AT + 6, AT + 13):
        values[number] = values[number - 1] * 20 if name == "浑浊度" else values[number] + 15 * QUIET[name][1]
    assert [key for key in told(values, low=QUIET[name][2]) if key[0] == "cluster"] == [("cluster", AT)]


@series
@seeds
def test_a_step_to_another_level_is_a_shift_and_doubted_for_a_week(name: str, seed: int) -> None:
    values = quiet(name, seed)
    values = (
        [*values[:AT], *(20 * value for value in values[AT:])]
        if name == "浑浊度"
        else spoiled(values, 15 * QUIET[name][1], range(AT, LENGTH))
    )
    [((kind, since), verdict)] = told(values, low=QUIET[name][2]).items()
    assert (kind, since) == ("shift", AT)
    assert verdict.until == START + AT * HOUR + timedelta(days=7)


def test_a_shift_that_goes_back_is_doubted_no_longer() -> None:
    values = spoiled(quiet("电导率", 1), 40, range(AT, AT + 30))
    [((kind, since), verdict)] = told(values).items()
    assert (kind, since, verdict.until) == ("shift", AT, START + (AT + 29) * HOUR)


@series
def test_a_value_that_no_longer_moves_is_stuck(name: str) -> None:
    values = quiet(name, 4)
    found = told([*values[:AT], *[values[AT]] * 60], low=QUIET[name][2])
    assert [key for key in found if key[0] == "stuck"] == [("stuck", AT)]


def test_a_gauge_that_rests_for_days_is_not_stuck() -> None:
    values = [2 + 0.01 * (number // 40) for number in range(LENGTH)]
    assert told(values) == {}


@pytest.mark.parametrize("name", ["电导率", "水温", "冬天的水温", "溶解氧"])
def test_creeping_out_of_its_range_is_a_drift(name: str) -> None:
    """A tenth of the usual range a day, without any step."""
    values = quiet(name, 5)
    slope = (max(values) - min(values)) / 240
    found = told(
        [value + slope * max(0, number - AT) for number, value in enumerate(values)], low=QUIET[name][2]
    )
    assert {kind for kind, _ in found} == {"drift"}
    assert min(since for _, since in found) in range(AT, AT + 240)


@series
@seeds
def test_a_flood_is_no_anomaly(name: str, seed: int) -> None:
    """It rises within some hours and goes back over days; the first reading is not all of it."""
    rise = 3 * (max(quiet(name, seed)) - min(quiet(name, seed)))
    shape = [
        *(rise * (hour + 1) / 6 for hour in range(6)),
        *(rise * math.exp(-hour / 40) for hour in range(300)),
    ]
    values = quiet(name, seed)
    for number, more in enumerate(shape, AT):
        values[number] += more
    assert told(values, low=QUIET[name][2]) == {}


def test_an_impossible_value_is_told_at_once_and_teaches_nothing() -> None:
    values = quiet("电导率", 1)
    values[5] = values[AT] = -0.02
    values[AT + 1] = math.nan
    assert [*told(values)] == [("impossible", 5), ("impossible", AT), ("impossible", AT + 1)]


def test_a_gap_is_told_and_what_comes_after_a_long_one_is_not_compared() -> None:
    watch, found = Watch(0), []
    for number, value in enumerate(spoiled(quiet("电导率", 1), 40, range(AT, LENGTH))):
        found += watch.add(START + number * HOUR + (number >= AT) * timedelta(days=30), value)
    assert [verdict.kind for verdict in found] == [AnomalyKind.GAP]


@series
def test_four_hours_between_readings_are_as_good_as_one(name: str) -> None:
    values = quiet(name, 6)
    values[AT] = values[AT] * 20 if name == "浑浊度" else values[AT] + 15 * QUIET[name][1]
    slow = told(values, 4 * HOUR, QUIET[name][2])
    assert [*slow] == [*told(values, HOUR, QUIET[name][2])] == [("spike", AT)]


@given(st.integers(0, 100), st.sampled_from(["电导率", "浑浊度", "溶解氧"]), st.floats(1e-4, 1e4))
@settings(max_examples=15, deadline=None)
def test_the_unit_does_not_matter(seed: int, name: str, unit: float) -> None:
    values = quiet(name, seed)
    values[AT] *= 60
    values[AT + 100 :] = [60 * value for value in values[AT + 100 :]]
    assert [*told([unit * value for value in values])] == [*told(values)] != []


@given(st.lists(st.floats(-1e300, 1e300), min_size=60, max_size=120))
@settings(max_examples=60, deadline=None)
def test_whatever_comes_verdicts_make_sense(values: Values) -> None:
    for verdict in told(values, low=-math.inf).values():
        assert 0.5 <= verdict.sure <= 1
        assert verdict.since <= verdict.until <= verdict.told
        assert not math.isnan(verdict.low + verdict.high) or math.isinf(verdict.low)
        assert verdict.kind.zh in verdict.reason


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.sampled_from([-1.0, 0.0]))
def test_the_scale_goes_there_and_back(value: float, usual: float, low: float) -> None:
    scale = Scale.of([usual], low)
    assert scale.back(scale.to(value)) == pytest.approx(value, rel=1e-6, abs=1e-9)


def test_a_reason_says_what_when_and_what_was_expected() -> None:
    values = quiet("电导率", 1)
    values[AT] = 300
    [verdict] = told(values).values()
    assert verdict.reason.startswith("孤立突变：01-26 00:00 起读数 300，预期 24")
    assert "把握" in verdict.reason


def test_learning_takes_as_long_as_it_says() -> None:
    first = Settings().learning
    values = [250.0 + number % 7 for number in range(first + 3)]
    early, late = list(values), list(values)
    early[first - 2], late[first] = 900.0, 900.0
    assert [*told(early)] == []
    assert [*told(late)] == [("spike", first)]


def test_the_plain_rule_marks_what_lies_beyond_three_deviations() -> None:
    rule = ThreeSigma()
    assert not any(rule.add(10 + number % 2) for number in range(100))
    assert rule.add(13)


@pytest.mark.parametrize("phase", range(7))
def test_a_spike_right_after_a_small_step_of_its_own_is_seen_too(phase: int) -> None:
    values = [250.0 + number % 7 for number in range(200)]
    values[140 + phase] = 420.0
    assert [*told(values)] == [("spike", 140 + phase)]


def test_a_rise_in_two_steps_that_stays_is_the_water() -> None:
    values = spoiled(quiet("电导率", 1), 40, range(AT, LENGTH))
    assert told(spoiled(values, 40, range(AT + 1, LENGTH))) == {}


def test_an_excursion_of_four_readings_is_weather() -> None:
    assert told(spoiled(quiet("电导率", 1), 40, range(AT, AT + 4))) == {}


def test_single_readings_on_the_old_level_do_not_end_a_doubt() -> None:
    values = spoiled(quiet("电导率", 1), 40, range(AT, LENGTH))
    for number in (AT + 20, AT + 40, AT + 60, AT + 80):
        values[number] -= 40
    [((kind, since), verdict)] = told(values).items()
    assert (kind, since, verdict.until) == ("shift", AT, START + (AT + 168) * HOUR)


def test_a_new_level_is_no_drift_once_it_is_taken_as_it_is() -> None:
    values = [value + 0.01 * number for number, value in enumerate(quiet("电导率", 1))]
    assert [*told(spoiled(values, 60, range(AT, LENGTH)))] == [("shift", AT)]


def test_a_drift_is_told_for_about_a_week_and_then_taken_as_it_is() -> None:
    values = [value + 0.05 * min(200, max(0, number - AT)) for number, value in enumerate(quiet("电导率", 1))]
    [((kind, _), verdict)] = told(values).items()
    assert kind == "drift"
    assert timedelta(days=7) < verdict.until - verdict.since < timedelta(days=9)


def test_of_small_steps_in_a_series_of_wide_range_nobody_would_hear() -> None:
    """It went down slowly from 250 to 150 with hardly any noise; then a single reading is off by a hundredth."""
    rng = random.Random(1)
    values = [max(150.0, 250 - 0.25 * number) + rng.gauss(0, 0.02) for number in range(LENGTH)]
    values[AT] += 1.5
    assert told(values) == {}
    values[AT] += 10
    assert [*told(values)] == [("spike", AT)]


def test_after_a_burst_of_readings_an_hour_is_soon_no_gap_again() -> None:
    watch, found, at = Watch(0), [], START
    for number, value in enumerate(quiet("电导率", 1)):
        at += timedelta(minutes=5) if AT <= number < AT + 120 else HOUR
        found += [(number, verdict.kind) for verdict in watch.add(at, value)]
    assert {kind for _, kind in found} <= {AnomalyKind.GAP}
    assert max((number for number, _ in found), default=0) < AT + 240
