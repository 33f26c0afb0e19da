"""One rule and one device: hysteresis, hold, neighbours, fluttering, light, readings out of order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huying.devices.rules.kinds import Compare, Light
from huying.devices.rules.watching import HOUR, Event, Happening, Seen, State, Watch, step, waited

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HIGH = Watch(Compare.ABOVE, 3.0, 2.5)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def seen(seconds: float, value: float, **more: object) -> Seen:
    return Seen(at(seconds), value, **more)  # type: ignore[arg-type]


def run(rule: Watch, *readings: Seen, state: State | None = None) -> tuple[State, list[Event]]:
    """The state after all of them, and everything they brought about."""
    state, told = state or State(), []
    for reading in readings:
        state, events = step(state, reading, rule, reading.at)
        told += events
    return state, told


def kinds(told: list[Event]) -> list[Happening]:
    return [one.kind for one in told]


def test_a_value_above_the_limit_raises_and_below_the_lower_one_ends() -> None:
    _, told = run(HIGH, seen(0, 2.9), seen(60, 3.2), seen(120, 4.1), seen(180, 2.8), seen(240, 2.4))
    raised, over = told
    assert (raised.kind, raised.since, raised.at) == (Happening.RAISED, at(60), at(60))
    assert (over.kind, over.since, over.at, over.peak) == (Happening.OVER, at(60), at(240), 4.1)


def test_a_value_at_the_limit_is_not_beyond_it() -> None:
    assert run(HIGH, seen(0, 3.0))[1] == []


def test_a_falling_value_is_watched_the_other_way_round() -> None:
    _, told = run(Watch(Compare.BELOW, 5.0, 6.0), seen(0, 4.0), seen(60, 3.0), seen(120, 5.5), seen(180, 6.0))
    assert kinds(told) == [Happening.RAISED, Happening.OVER]
    assert told[1].peak == 3.0


def test_a_contact_is_watched_for_one_value() -> None:
    _, told = run(Watch(Compare.EQUALS, 1.0, 0.0), seen(0, 0), seen(1, 1), seen(2, 1), seen(3, 0))
    assert kinds(told) == [Happening.RAISED, Happening.OVER]


def test_it_must_hold_without_a_pause() -> None:
    rule = Watch(Compare.ABOVE, 3.0, 2.5, hold=120)
    assert run(rule, seen(0, 3.2), seen(60, 2.9), seen(119, 3.2), seen(238, 3.2))[1] == []
    _, told = run(rule, seen(0, 3.2), seen(60, 3.6), seen(120, 3.1))
    assert [(one.since, one.at, one.peak) for one in told] == [(at(0), at(120), 3.6)]


def test_a_hold_begins_anew_after_a_gap() -> None:
    """Nobody knows what was so while nothing was heard: five silent hours are no five hours beyond."""
    rule = replace(HIGH, hold=120)
    for every, gap, since in ((60, 181, 241), (60, 180, 0), (0, 18000, 0)):
        moments = (0, 60, 60 + gap, 120 + gap, 180 + gap)
        readings = [seen(moment, 4.0 if moment else 9.0, every=every) for moment in moments]
        _, told = run(rule, *readings)
        assert [one.since for one in told] == [at(since)]
        assert [one.peak for one in told] == [4.0 if since else 9.0]


def test_what_is_raised_is_one_matter_across_a_gap() -> None:
    _, told = run(HIGH, seen(0, 9.0, every=60), seen(18000, 9.0, every=60), seen(18060, 1.0, every=60))
    assert [(one.kind, one.since) for one in told] == [(Happening.RAISED, at(0)), (Happening.OVER, at(0))]


def test_a_hold_runs_out_between_two_readings_too() -> None:
    rule = Watch(Compare.ABOVE, 3.0, 2.5, hold=120)
    state, _ = run(rule, seen(0, 3.2))
    assert step(state, None, rule, at(119)) == (state, ())
    after, told = step(state, None, rule, at(125))
    assert [(one.kind, one.since, one.at) for one in told] == [(Happening.RAISED, at(0), at(125))]
    assert step(after, None, rule, at(300)) == (after, ())


def test_without_enough_neighbours_nothing_is_raised() -> None:
    rule = Watch(Compare.ABOVE, 3.0, 2.5, quorum=2, metres=500)
    state, told = run(rule, seen(0, 3.2, others=0), seen(60, 3.2, others=1))
    assert told == []
    assert step(state, None, rule, at(90))[1] == ()
    assert waited(state, rule, at(90), lambda: 1)[1] == ()
    assert kinds(list(waited(state, rule, at(90), lambda: 2)[1])) == [Happening.RAISED]
    assert kinds(run(rule, seen(120, 3.2, others=2), state=state)[1]) == [Happening.RAISED]


def test_while_somebody_works_on_it_nothing_is_raised_and_nothing_is_over() -> None:
    assert run(HIGH, seen(0, 9.0, resting=True), seen(60, 9.0, resting=True))[1] == []
    state, told = run(HIGH, seen(0, 4.0), seen(60, 9.0, resting=True), seen(120, 1.0, resting=True))
    assert kinds(told) == [Happening.RAISED]
    assert (state.raised, state.peak, state.last) == (at(0), 4.0, at(120))
    _, told = run(HIGH, seen(180, 5.0), seen(240, 1.0), state=state)
    assert [(one.kind, one.since, one.at, one.peak) for one in told] == [
        (Happening.OVER, at(0), at(240), 5.0)
    ]


def test_a_hold_begins_anew_after_somebody_worked_on_it() -> None:
    rule = replace(HIGH, hold=120)
    state, told = run(rule, seen(0, 9.0), seen(60, 9.0, resting=True), seen(120, 9.0))
    assert (state.since, told) == (at(120), [])


def test_what_flutters_does_not_calm_down_while_somebody_works_on_it() -> None:
    rule = replace(HIGH, flaps=3)
    state, _ = run(rule, *[seen(number, 9.0 if number % 2 == 0 else 1.0) for number in range(4)])
    state, told = run(rule, seen(3700, 1.0, resting=True), state=state)
    assert (told, state.first) == ([], at(0))
    assert kinds(run(rule, seen(3800, 1.0), state=state)[1]) == [Happening.OVER]


@pytest.mark.parametrize(
    ("light", "hour", "raised"),
    [(Light.NIGHT, 14, True), (Light.NIGHT, 4, False), (Light.DAY, 4, True), (Light.DAY, 14, False)],
)
def test_by_the_light_where_it_stands(light: Light, hour: int, raised: bool) -> None:
    """14:00 UTC is ten at night in Shenzhen, 04:00 UTC is noon."""
    rule = Watch(Compare.ABOVE, 3.0, 2.5, light=light)
    reading = Seen(datetime(2026, 3, 2, hour, tzinfo=UTC), 9.0, 114.1, 22.5)
    assert bool(step(State(), reading, rule, reading.at)[1]) is raised


def test_what_changes_too_often_is_said_once_until_it_is_calm() -> None:
    rule = Watch(Compare.ABOVE, 3.0, 2.5, flaps=4)
    shaking = [seen(60 * number, 9.0 if number % 2 == 0 else 1.0) for number in range(20)]
    state, told = run(rule, *shaking)
    assert kinds(told) == [Happening.RAISED, Happening.OVER, Happening.RAISED, Happening.FLUTTERING]
    assert told[3].changes == 4
    after, calm = step(state, seen(60 * 19 + 3600, 1.0), rule, at(60 * 19 + 3600))
    assert kinds(list(calm)) == [Happening.OVER]
    assert (calm[0].since, calm[0].peak) == (at(0), 9.0)
    assert after.first is None
    assert kinds(run(rule, seen(60 * 19 + 3700, 9.0), state=after)[1]) == [Happening.RAISED]


def test_a_fluttering_calms_down_while_nothing_is_heard() -> None:
    rule = Watch(Compare.ABOVE, 3.0, 2.5, flaps=3)
    state, told = run(rule, *[seen(number, 9.0 if number % 2 == 0 else 1.0) for number in range(4)])
    assert kinds(told)[-1] is Happening.FLUTTERING
    assert step(state, None, rule, at(1800))[1] == ()
    assert kinds(list(step(state, None, rule, at(3700))[1])) == [Happening.OVER]


def test_what_is_still_raised_when_a_fluttering_calms_down_is_said_to_be() -> None:
    rule = replace(HIGH, flaps=3)
    readings = [seen(number, 1.0 if number % 2 else 9.0) for number in range(5)]
    state, told = run(rule, *readings, seen(1800, 4.0))
    assert (kinds(told)[-1], state.raised) == (Happening.FLUTTERING, at(4))
    for reading in (seen(3700, 4.0), None):
        after, calm = step(state, reading, rule, at(3700))
        assert [(one.kind, one.since, one.at, one.peak) for one in calm] == [
            (Happening.RAISED, at(4), at(3700), 9.0)
        ]
        assert step(after, None, rule, at(3800)) == (after, ())
        assert kinds(run(rule, seen(3900, 1.0), state=after)[1]) == [Happening.OVER]


def test_what_is_over_with_the_reading_that_calms_is_said_to_be_over_alone() -> None:
    rule = replace(HIGH, flaps=3)
    state, _ = run(rule, *[seen(number, 1.0 if number % 2 else 9.0) for number in range(5)])
    assert kinds(run(rule, seen(3700, 1.0), state=state)[1]) == [Happening.OVER]


values = some.floats(0, 10, allow_nan=False)
rules = some.builds(
    lambda limit, gap, hold, flaps: Watch(Compare.ABOVE, limit, limit - gap, hold=hold, flaps=flaps),
    some.floats(2, 8),
    some.floats(0, 2),
    some.sampled_from([0, 60, 300]),
    some.sampled_from([0, 3, 6]),
)
courses = some.lists(some.tuples(some.integers(1, 1200), values), min_size=1, max_size=60)


def course(steps: list[tuple[int, float]]) -> list[Seen]:
    """Readings so many seconds after each other."""
    found, now = [], 0
    for pause, value in steps:
        now += pause
        found.append(seen(now, value))
    return found


@given(rules, courses)
def test_between_limit_and_end_nothing_ever_happens(rule: Watch, steps: list[tuple[int, float]]) -> None:
    """Hysteresis never chatters: once raised, a value that stays above the end brings nothing about, but that it is
    raised still where a fluttering calmed down."""
    state, _ = run(rule, *course(steps))
    if state.raised is None:
        return
    last = state.last or START
    inside = [
        Seen(last + timedelta(seconds=number + 1), max(value, rule.over + 1e-6))
        for number, (_, value) in enumerate(steps)
    ]
    told = kinds(run(rule, *inside, state=state)[1])
    assert told == [] or (state.first is not None and told == [Happening.RAISED])


@given(rules, courses)
def test_rising_and_ending_take_turns(rule: Watch, steps: list[tuple[int, float]]) -> None:
    told = kinds(run(replace(rule, flaps=0), *course(steps))[1])
    assert told == [Happening.RAISED, Happening.OVER] * (len(told) // 2) + [Happening.RAISED] * (
        len(told) % 2
    )


@given(rules, courses)
def test_what_is_raised_was_beyond_for_the_whole_hold(rule: Watch, steps: list[tuple[int, float]]) -> None:
    readings = course(steps)
    told = run(rule, *readings)[1]
    for before, event in zip([None, *told], told, strict=False):
        # After a fluttering what is still raised is said, wherever its value lies by then.
        if event.kind is Happening.RAISED and not (before and before.kind is Happening.FLUTTERING):
            held = [one for one in readings if event.since <= one.at <= event.at]
            assert all(rule.is_beyond(one.value) for one in held)
            assert event.at - event.since >= timedelta(seconds=rule.hold)
            assert event.peak == max(one.value for one in held)


@given(rules, courses, some.data())
def test_readings_doubled_or_late_change_nothing(
    rule: Watch, steps: list[tuple[int, float]], data: some.DataObject
) -> None:
    """Each reading followed by any of those before it, also itself: the same state and the same events."""
    readings = course(steps)
    mixed: list[Seen] = []
    for number, reading in enumerate(readings):
        mixed += [reading, *data.draw(some.lists(some.sampled_from(readings[: number + 1]), max_size=2))]
    assert run(rule, *mixed) == run(rule, *readings)


@given(rules, courses)
def test_no_hour_holds_more_risings_than_count_as_fluttering(
    rule: Watch, steps: list[tuple[int, float]]
) -> None:
    rule = replace(rule, flaps=rule.flaps or 3)
    told = [one.at for one in run(rule, *course(steps))[1] if one.kind is Happening.RAISED]
    for last in told:
        assert sum(timedelta(0) <= last - other < HOUR for other in told) < rule.flaps
