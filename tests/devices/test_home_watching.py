"""Somebody who lives alone: when a silence becomes unusual, and when it does not."""

from datetime import datetime, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.devices.rules.home.events import Event, Sign, Where
from huying.devices.rules.home.habits.learning import UNKNOWN, Habits, learned
from huying.devices.rules.home.silences import Silence, silences
from huying.devices.rules.home.standard import USUAL, Level, Standard
from huying.devices.rules.home.watching import Matter, due, judged, look
from huying.kernel.errors import Invalid
from tests.devices.homes import START, lived

HOUR = timedelta(hours=1)
DAYS = 28
NOW = START + timedelta(days=DAYS)
PLACES = ("卧室", "厨房", "卫生间", "客厅")


def regular(days: int = DAYS) -> list[Event]:
    """Up at seven, something every half hour or so until ten at night, out from nine to ten, a bed that feels it."""
    found = []
    for day in range(days):
        midnight = START + timedelta(days=day)
        found.append(Event(midnight + 7 * HOUR, Sign.UP, "卧室"))
        for half in range(1, 30):
            at = midnight + 7 * HOUR + half * timedelta(minutes=30 + (day + half) % 3 / 3)
            if not 9 <= at.hour < 10:
                found.append(Event(at, Sign.MOTION, PLACES[half % 4]))
        found += [Event(midnight + h * HOUR, Sign.DOOR, "大门") for h in (9, 10)]
        found.append(Event(midnight + 22.5 * HOUR, Sign.DOWN, "卧室"))
    return sorted(found)


@cache
def habits(seed: int | None = None) -> Habits:
    events = regular() if seed is None else lived(seed, DAYS).events
    return learned(silences(events, USUAL.alive_within), NOW)


def quiet(where: Where, since: datetime) -> Silence:
    return Silence(where, since, None, since)


wheres = st.builds(Where, st.sampled_from((*PLACES, "阁楼")), down=st.booleans())
moments = st.integers(0, 7 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))
spans = st.integers(0, 40 * 60).map(lambda minutes: timedelta(minutes=minutes))
known = st.sampled_from((None, 1, 2, 5)).map(habits) | st.just(UNKNOWN)


@given(known, wheres, moments, spans, spans)
def test_a_longer_silence_is_never_less_sure_nor_less_urgent(
    habit: Habits, where: Where, since: datetime, first: timedelta, more: timedelta
) -> None:
    silence = quiet(where, since)
    sooner, later = judged(silence, since + first, habit), judged(silence, since + first + more, habit)
    if sooner is not None:
        assert later is not None
        assert later.sure >= sooner.sure
        assert list(Level).index(later.level) >= list(Level).index(sooner.level)
        assert later.due == sooner.due


@given(known, wheres, moments)
def test_what_is_put_on_the_clock_is_what_is_found(habit: Habits, where: Where, since: datetime) -> None:
    silence = quiet(where, since)
    begins = due(silence, habit, USUAL)
    assert since + timedelta(minutes=15) <= begins <= since + USUAL.longest
    assert judged(silence, begins - timedelta(seconds=1), habit) is None
    found = judged(silence, begins, habit)
    assert found is not None
    assert found.level is Level.REMIND


@given(st.randoms(use_true_random=False), st.integers(0, 60 * 24))
@settings(max_examples=50)
def test_late_and_doubled_events_change_nothing(random: object, minutes: int) -> None:
    day = [event for event in regular() if event.at >= NOW - timedelta(days=2)]
    now = NOW - timedelta(days=1) + timedelta(minutes=minutes)
    mixed = [*day, *random.choices(day, k=20)]  # type: ignore[attr-defined]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert look(mixed, now, habits()) == look(day, now, habits())


def test_habits_do_not_depend_on_the_order_of_arrival() -> None:
    events = regular()
    again = learned(silences(sorted({*reversed(events), *events}), USUAL.alive_within), NOW)
    assert again.bars == habits().bars
    assert all((again.rates[where] == rates).all() for where, rates in habits().rates.items())


@given(st.integers(0, 7 * 24 * 4 - 1))
def test_nothing_is_found_while_life_goes_on_as_usual(quarter: int) -> None:
    now = NOW + quarter * timedelta(minutes=15)
    assert look(regular(DAYS + 8), now, habits()) is None


def test_whoever_stays_out_of_bed_is_missed_in_hours_by_day_and_by_night() -> None:
    for hour, place in ((15, "客厅"), (3, "卧室"), (3, "卫生间")):
        since = NOW + hour * HOUR
        assert due(quiet(Where(place), since), habits(), USUAL) - since < 4 * HOUR


def test_lying_in_bed_at_night_is_not_silence_and_not_getting_up_is() -> None:
    night = quiet(Where("卧室", down=True), NOW - 1.5 * HOUR)
    assert judged(night, NOW + 7 * HOUR, habits()) is None
    found = judged(night, NOW + 15 * HOUR, habits())
    assert found is not None
    assert found.matter is Matter.LYING


def test_who_is_out_is_only_asked_after_when_they_stay_away() -> None:
    events = [Event(NOW, Sign.MOTION, "门厅"), Event(NOW + timedelta(minutes=1), Sign.DOOR, "大门")]
    assert look(events, NOW + 20 * HOUR, habits()) is None
    found = look(events, NOW + 60 * HOUR, habits())
    assert found is not None
    assert (found.matter, found.level) == (Matter.OUT, Level.REMIND)


def test_activity_that_returns_closes_it_and_a_late_sign_too() -> None:
    events = [Event(NOW + 10 * HOUR, Sign.MOTION, "客厅")]
    assert look(events, NOW + 20 * HOUR, habits()) is not None
    assert look([*events, Event(NOW + 19.9 * HOUR, Sign.USE, "厨房")], NOW + 20 * HOUR, habits()) is None


def test_the_ladder_climbs_by_the_streets_own_times() -> None:
    silence = quiet(Where("客厅"), NOW + 10 * HOUR)
    begins = due(silence, habits(), USUAL)
    levels = [judged(silence, begins + timedelta(minutes=m), habits()) for m in (0, 29, 30, 59, 60, 600)]
    assert [found and found.level.value for found in levels] == [
        "remind", "remind", "call", "call", "visit", "visit",
    ]  # fmt: skip


def test_while_nothing_is_known_the_streets_hours_hold_and_they_fade() -> None:
    at_eight, at_night = quiet(Where("客厅"), NOW + 8 * HOUR), quiet(Where("客厅"), NOW + 22 * HOUR)
    assert due(at_eight, UNKNOWN, USUAL) - at_eight.since == 12 * HOUR
    # Nine night hours count a quarter each.
    patient = Standard(longest=24 * HOUR)
    assert due(at_night, UNKNOWN, patient) - at_night.since == 9 * HOUR + (12 - 9 / 4) * HOUR
    assert due(at_night, UNKNOWN, USUAL) - at_night.since == USUAL.longest
    spans = []
    for days in range(1, 8):
        events = [event for event in regular() if event.at < START + timedelta(days=days)]
        known_so_far = learned(silences(events, USUAL.alive_within), START + timedelta(days=days))
        spans.append(due(at_eight, known_so_far, USUAL) - at_eight.since)
    assert all(span >= 12 * HOUR * (1 - days / 7) for days, span in enumerate(spans, 1))
    assert spans[:5] == sorted(spans[:5], reverse=True)
    assert spans[-1] < 4 * HOUR


def test_at_home_the_longest_silence_holds_whatever_the_habits() -> None:
    seldom = [Event(START + timedelta(days=day), Sign.MOTION, "客厅") for day in range(DAYS)]
    habit = learned(silences(seldom, USUAL.alive_within), NOW)
    silence = quiet(Where("客厅"), NOW)
    assert due(silence, habit, Standard(longest=10 * HOUR)) == NOW + 10 * HOUR


@given(known, wheres, moments)
def test_a_stricter_promise_and_an_alarm_for_nothing_wait_longer(
    habit: Habits, where: Where, since: datetime
) -> None:
    silence = quiet(where, since)
    times = [due(silence, habit, Standard(promise=promise)) for promise in (4, 2, 1, 0.5)]
    assert times == sorted(times)
    assert due(silence, habit, USUAL) <= due(silence, habit, USUAL, unsettled=1)


def test_nobody_gets_used_to_a_silence_in_which_something_had_happened() -> None:
    fell = START + timedelta(days=20, hours=12)
    events = [event for event in regular() if not fell < event.at < fell + 9 * HOUR]
    found = silences(events, USUAL.alive_within)
    begun = max(silence.since for silence in found if silence.since <= fell)
    where = next(silence.where for silence in found if silence.since == begun)
    untaught, taught = learned(found, NOW, frozenset({begun})), learned(found, NOW)
    assert untaught.rate(where, fell + 3 * HOUR) > taught.rate(where, fell + 3 * HOUR)


def test_weekends_are_told_apart_once_they_are_known() -> None:
    def day(number: int) -> list[Event]:
        # START is a Monday; on weekends nothing before eleven.
        first = 11 if number % 7 >= 5 else 6
        midnight = START + timedelta(days=number)
        return [
            Event(midnight + timedelta(minutes=m), Sign.MOTION, "卧室") for m in range(first * 60, 1320, 20)
        ]

    events = [event for number in range(56) for event in day(number)]
    habit = learned(silences(events, USUAL.alive_within), START + timedelta(days=56))
    eve = 22 * HOUR
    friday = due(quiet(Where("卧室"), START + timedelta(days=60) + eve), habit, USUAL)
    tuesday = due(quiet(Where("卧室"), START + timedelta(days=57) + eve), habit, USUAL)
    assert friday - timedelta(days=3) > tuesday + 2 * HOUR


@pytest.mark.parametrize(
    "wrong",
    [{"promise": 0}, {"fade_days": 0}, {"longest": timedelta()}, {"night_weight": 2}, {"rungs": ()}],
)
def test_a_standard_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        Standard(**wrong)  # type: ignore[arg-type]


def test_an_alarm_for_nothing_makes_the_next_one_dearer_and_a_months_rest_cheap_again() -> None:
    silence = quiet(Where("客厅"), NOW + 12 * HOUR)
    assert due(silence, habits(), USUAL, unsettled=1) > due(silence, habits(), USUAL) + timedelta(minutes=10)
    assert due(silence, habits(), USUAL, unsettled=2) == due(silence, habits(), USUAL, unsettled=1)


def test_at_the_bar_it_is_sure_for_all_but_the_promised_days_and_surer_later() -> None:
    """Three fifths of one a month, half of it for who is up: one day in a hundred."""
    silence = quiet(Where("客厅"), NOW + 12 * HOUR)
    begins = due(silence, habits(), USUAL)
    first, later = (judged(silence, begins + hours * HOUR, habits()) for hours in (0, 2))
    assert first is not None
    assert later is not None
    assert first.sure == pytest.approx(0.99, abs=0.001)
    assert first.sure < later.sure < 1


def test_what_could_not_be_heard_and_hours_out_teach_nothing() -> None:
    assert all(not where.out for where in habits().rates)
    assert Where("大门") not in habits().rates
    lost = START + timedelta(days=20, hours=12)
    alive = [Event(START + timedelta(minutes=30 * n), Sign.ALIVE, "网关") for n in range(48 * DAYS)]
    told = [*regular(), *alive]
    heard = learned(silences(sorted(told), USUAL.alive_within), NOW)
    deaf = [event for event in told if not lost < event.at < lost + 7 * HOUR]
    without = learned(silences(sorted(deaf), USUAL.alive_within), NOW)
    without_knowing = learned(
        silences(sorted(event for event in deaf if event.sign is not Sign.ALIVE), USUAL.alive_within), NOW
    )
    where = Where(max(event for event in regular() if event.at <= lost).place)
    at = lost + 4 * HOUR
    assert without.rate(where, at) == pytest.approx(heard.rate(where, at), rel=0.05)
    assert without_knowing.rate(where, at) < without.rate(where, at)
