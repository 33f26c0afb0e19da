"""What the grid worker reads."""

from datetime import timedelta

from huying.devices.rules.home.events import Event, Sign
from huying.devices.rules.home.faults import Broken, Fault
from huying.devices.rules.home.habits.learning import UNKNOWN, learned
from huying.devices.rules.home.habits.presence import presence
from huying.devices.rules.home.silences import silences
from huying.devices.rules.home.standard import USUAL, Standard
from huying.devices.rules.home.watching import look
from huying.devices.rules.home.words import reason
from tests.devices.homes import START

HOUR = timedelta(hours=1)
DAYS = 21
TODAY = START + timedelta(days=DAYS)


def mornings() -> list[Event]:
    """Something every ten minutes from seven to nine and from two to ten in the evening, nothing in between."""
    found = []
    for day in range(DAYS):
        for minutes in [*range(420, 540, 10), *range(840, 1321, 10)]:
            place = "卧室" if minutes == 1320 else "厨房"
            found.append(Event(START + timedelta(days=day, minutes=minutes), Sign.MOTION, place))
    return found


def told(
    events: list[Event], hours: float, standard: Standard = USUAL, broken: list[Broken] | None = None
) -> str:
    found = silences(sorted(events), standard.alive_within)
    now = TODAY + hours * HOUR
    finding = look(events, now, learned(found, TODAY), standard)
    assert finding is not None
    return reason(finding, now, presence(found), broken or [])


def test_hours_in_which_something_is_usually_heard_are_named() -> None:
    late = [*mornings()[:-1], Event(TODAY - 1.75 * HOUR, Sign.MOTION, "卧室")]
    assert told(late, 12) == "平时早上 7–9 点都有动静，今天到 12:00 没有，上一次动静是昨天 22:15，在卧室。"


def test_within_an_hour_the_longest_so_far_is_named() -> None:
    now_cooking = [*mornings(), Event(TODAY + 15.5 * HOUR, Sign.MOTION, "厨房")]
    text = told(now_cooking, 16.9, Standard(longest=HOUR))
    assert text == "上一次动静是今天 15:30，在厨房，已经静了 1 小时 24 分，平时这个时候最长 10 分钟。"


def test_lying_too_long_and_not_coming_home_are_said_as_such() -> None:
    lying = [*mornings(), Event(TODAY - 1.5 * HOUR, Sign.DOWN, "卧室")]
    assert told(lying, 23) == "昨天 22:30 躺下或坐下（卧室），24 小时 30 分没有起身，平时这个时候很少这样。"
    out = [*mornings(), Event(TODAY - 48 * HOUR + 9.2 * HOUR, Sign.DOOR, "大门")]
    out = [event for event in out if event.at <= TODAY - 48 * HOUR + 9.2 * HOUR]
    assert (
        told(out, 10)
        == f"{TODAY - 48 * HOUR:%-m} 月 {TODAY - 48 * HOUR:%-d} 日 09:12 出门，到 10:00 没有回来的动静。"
    )


def test_devices_without_signal_are_named_with_it() -> None:
    mute = [Broken("卫生间人体", Fault.MUTE, TODAY), Broken("大门", Fault.BATTERY, TODAY)]
    assert told(mornings(), 12, broken=mute).endswith("。这些设备没有信号：卫生间人体。")


def test_hours_spent_out_do_not_make_an_hour_unusual() -> None:
    events = [event for event in mornings() if event.at.day % 2 or event.at.hour != 8]
    out = [
        Event(START + timedelta(days=day, hours=7.9), Sign.DOOR, "大门")
        for day in range(DAYS)
        if (START + timedelta(days=day)).day % 2 == 0
    ]
    without, beside = presence(silences(events, HOUR)), presence(silences(sorted([*events, *out]), HOUR))
    assert without.heard[8] < 0.6
    assert beside.heard[8] == 1.0


def test_nothing_is_usual_of_somebody_unknown() -> None:
    events = [Event(TODAY, Sign.MOTION, "客厅")]
    finding = look(events, TODAY + 26 * HOUR, UNKNOWN)
    assert finding is not None
    assert finding.sure == 0
    assert "还不了解平时的习惯" in reason(finding, TODAY + 26 * HOUR, presence(silences(events, HOUR)))
