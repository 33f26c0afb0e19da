"""What a home's sensors tell: where the person is, what was heard at all, and what is wrong with the devices."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from huying.devices.rules.home.events import NOWHERE, Event, Sign, Where, in_order, moved
from huying.devices.rules.home.faults import Broken, Fault, broken
from huying.devices.rules.home.habits.learning import UNKNOWN
from huying.devices.rules.home.silences import silences
from huying.devices.rules.home.standard import Standard
from huying.devices.rules.home.watching import due, look
from tests.devices.homes import START

HOUR = timedelta(hours=1)
STANDARD = Standard(first=4 * HOUR)


def event(hours: float, sign: Sign, place: str = "客厅") -> Event:
    return Event(START + 8 * HOUR + hours * HOUR, sign, place)


def alive(first: int, last: int, name: str = "网关") -> list[Event]:
    return [event(hour, Sign.ALIVE, name) for hour in range(first, last + 1)]


events = st.builds(event, st.integers(0, 48), st.sampled_from(Sign), st.sampled_from(("客厅", "卧室")))


@given(st.lists(events))
def test_silences_join_without_gap_and_only_the_person_ends_one(told: list[Event]) -> None:
    found = silences(in_order(told), 2 * HOUR)
    persons = [one for one in in_order(told) if one.sign not in {Sign.ALIVE, Sign.BATTERY}]
    assert [silence.since for silence in found] == [one.at for one in persons]
    assert [silence.until for silence in found] == [*(one.at for one in persons[1:]), *[None] * bool(persons)]


def test_each_sign_counts_once() -> None:
    one, other = event(1, Sign.MOTION), event(0, Sign.DOOR)
    assert in_order([one, other, one]) == [other, one]


def test_the_last_sign_says_where_the_person_is() -> None:
    down, kitchen = event(0, Sign.DOWN, "卧室"), event(1, Sign.MOTION, "厨房")
    assert moved(NOWHERE, down) == Where("卧室", down=True)
    assert moved(Where("卧室", down=True), event(1, Sign.MOTION, "卧室")) == Where("卧室", down=True)
    # Whoever is heard in the kitchen does not lie in bed, though the bed did not say so.
    assert moved(Where("卧室", down=True), kitchen) == Where("厨房")
    assert moved(Where("卧室", down=True), event(1, Sign.UP, "卧室")) == Where("卧室")
    assert moved(Where("厨房"), event(1, Sign.DOOR, "大门")) == Where("大门", out=True)
    assert moved(Where("大门", out=True), kitchen) == Where("厨房")
    assert moved(Where("厨房"), event(1, Sign.ALIVE, "网关")) == Where("厨房")


def test_a_gateway_without_signal_is_a_repair_and_no_alarm_of_the_person() -> None:
    told = [event(0, Sign.MOTION), *alive(0, 3)]
    now = START + 20 * HOUR
    assert look([*told, *alive(4, 12)], now, UNKNOWN, STANDARD) is not None
    # Heard until two hours after the last sign, an hour after the four.
    late = Standard(first=6 * HOUR)
    assert look(told, now, UNKNOWN, late) is None
    assert broken(in_order(told), now, 2 * HOUR) == [Broken("网关", Fault.MUTE, START + 11 * HOUR)]


def test_what_was_not_heard_is_not_held_against_the_person() -> None:
    told = in_order([event(0, Sign.MOTION), *alive(0, 1), *alive(6, 20)])
    (silence,) = silences(told, 2 * HOUR)
    assert not silence.whole
    assert due(silence, UNKNOWN, STANDARD) == START + 14 * HOUR + 4 * HOUR
    assert look(told, START + 17.9 * HOUR, UNKNOWN, STANDARD) is None
    assert look(told, START + 18 * HOUR, UNKNOWN, STANDARD) is not None


def test_where_no_device_ever_told_that_it_is_alive_silence_is_silence() -> None:
    told = [event(0, Sign.MOTION)]
    assert look(told, START + 12 * HOUR, UNKNOWN, STANDARD) is not None
    assert broken(told, START + 12 * HOUR, 2 * HOUR) == []


def test_a_bed_that_loses_signs_is_told_of_after_the_second() -> None:
    nights = [
        event(hour, Sign.DOWN if hour % 24 == 14 else Sign.UP, "卧室") for hour in (14, 23, 38, 47, 62, 71)
    ]
    now = START + timedelta(days=4)
    assert broken(nights, now, 2 * HOUR) == []
    assert broken([*nights[:2], *nights[3:]], now, 2 * HOUR) == []
    assert broken([nights[0], nights[1], nights[3], nights[5]], now, 2 * HOUR) == [
        Broken("卧室", Fault.LOSES, nights[3].at)
    ]
    assert broken([nights[1], nights[3], nights[5]], now + timedelta(days=30), 2 * HOUR) == []


def test_a_low_battery_is_told_once_from_when_it_began() -> None:
    told = [event(0, Sign.BATTERY, "卫生间人体"), event(5, Sign.BATTERY, "卫生间人体"), *alive(0, 9)]
    now = START + 17 * HOUR
    assert broken(in_order(told), now, 2 * HOUR) == [Broken("卫生间人体", Fault.BATTERY, START + 8 * HOUR)]
    assert broken(in_order(told), now + timedelta(days=3), timedelta(days=9)) == []
