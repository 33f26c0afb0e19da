"""The promise of false alarms, and what a fall costs, on homes the rule was not built on."""

import json
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

from huying.devices.rules.home.adl import read_adl
from huying.devices.rules.home.events import Event, Sign
from huying.devices.rules.home.silences import silences
from huying.devices.rules.home.standard import USUAL, Standard
from huying.devices.rules.home.trying.falls import NIGHT_UP, PARTS, STAYS, falls
from huying.devices.rules.home.trying.measuring import Fall, by_habit, by_hours, measured
from huying.kernel.errors import Invalid
from huying.site.cli import main
from tests.devices.homes import START, lived

REAL = Path(__file__).parents[2].parent / "shared/data/sensors/home_motion_a.txt"
HOUR = timedelta(hours=1)
LINES = """Start time          \tEnd time            \tLocation\tType\tPlace
--------------------\t--------------------\t--------\t--------\t-----
2026-03-02 07:00:00\t2026-03-02 07:00:05\t\tMaindoor\tMagnetic\tEntrance
2026-03-02 08:00:00\t2026-03-02 08:10:00\t\tSeat\t\tPressure\tLiving
2026-03-02 09:00:00\t2026-03-02 09:00:10\t\tToilet\t\tFlush\tBathroom
"""


@pytest.mark.slow
def test_the_promise_holds_in_a_hundred_months_of_ordinary_homes() -> None:
    """One hundred months of 25 people who were not looked at while the rule was built; from the first week on."""
    rules = {promise: by_habit(Standard(promise=promise)) for promise in (1.0, 2.0)}
    months: dict[float, list[int]] = {promise: [] for promise in rules}
    for seed in range(8000, 8025):
        kept = measured(lived(seed, 127).events, {str(p): rule for p, rule in rules.items()}, [], 7, USUAL)
        for promise, of in months.items():
            asked = kept[str(promise)].asked
            for month in range(4):
                first = START + timedelta(days=7 + 30 * month)
                of.append(sum(first <= at < first + timedelta(days=30) for at in asked))
    for promise, of in months.items():
        assert len(of) == 100
        assert sum(of) / len(of) <= promise
        assert sum(count > promise for count in of) <= 8
        # A rule that never asks would keep every promise.
        assert sum(of) > 10


def test_falls_are_noticed_in_a_fraction_of_twelve_hours() -> None:
    home = next(home for home in (lived(seed, 30) for seed in range(7100, 7150)) if home.who.bed)
    found = silences(home.events, USUAL.alive_within)
    of = measured(
        home.events, {"habit": by_habit(USUAL), "12": by_hours(12, up_only=False)}, falls(found, 1), 7, USUAL
    )
    for name in ("morning", "afternoon", "evening", NIGHT_UP):
        assert len(of["habit"].hours[name]) > 10
        assert median(of["habit"].hours[name]) < median(of["12"].hours[name])
    # Whoever stays in bed is noticed by the afternoon; twelve hours from lying down may be sooner.
    assert median(of["habit"].hours[STAYS]) < 8
    awake = [hours for part in PARTS.values() for hours in of["habit"].hours[part]]
    assert median(awake) < 4


def test_a_fall_is_tried_by_what_was_known_then_and_forgotten() -> None:
    """Neither the fall nor what comes after it in the file may help to find it."""
    events = lived(3, 12).events
    at = START + timedelta(days=10, hours=15)
    rules = {"habit": by_habit(USUAL)}
    whole = measured(events, rules, [Fall(at, "x")], 7, USUAL)["habit"]
    cut = measured([event for event in events if event.at <= at], rules, [Fall(at, "x")], 7, USUAL)["habit"]
    assert whole.hours == cut.hours
    assert whole.asked == measured(events, rules, [], 7, USUAL)["habit"].asked


def test_plain_rules_count_hours_and_nothing_else() -> None:
    events = [Event(START + timedelta(days=day), Sign.MOTION, "客厅") for day in range(10)]
    falls_at = [Fall(START + timedelta(days=8, hours=5), "x")]
    of = measured(
        events, {"12": by_hours(12, up_only=True), "30": by_hours(30, up_only=True)}, falls_at, 7, USUAL
    )
    assert of["12"].hours == {"x": [7.0]}
    assert of["30"].hours == {"x": [25.0]}
    # Two whole silences begin on the days judged; the third goes on.
    assert (len(of["12"].asked), len(of["30"].asked)) == (2, 0)
    assert of["12"].a_month == pytest.approx(20.0)


def test_who_is_out_is_counted_apart_and_a_fall_from_bed_begins_when_it_happens() -> None:
    events = []
    for day in range(10):
        midnight = START + timedelta(days=day)
        events += [Event(midnight, Sign.DOWN, "卧室"), Event(midnight + 8 * HOUR, Sign.UP, "卧室")]
        events.append(Event(midnight + 9 * HOUR, Sign.DOOR, "大门"))
    at = START + timedelta(days=8, hours=5)
    tried = [Fall(at, "falls"), Fall(at, "stays", rises=False)]
    of = measured(events, {"6": by_hours(6, up_only=False)}, tried, 7, USUAL)["6"]
    assert of.hours == {"falls": [6.0], "stays": [1.0]}
    # Three nights of eight hours in bed; two times out until midnight, the third goes on.
    assert (len(of.asked), of.out) == (3, 2)


def test_the_files_lines_become_signs(tmp_path: Path) -> None:
    path = tmp_path / "home.txt"
    path.write_text(LINES, "utf-8")
    assert [(event.at.hour * 60 + event.at.minute, event.sign, event.place) for event in read_adl(path)] == [
        (420, Sign.DOOR, "Entrance"), (420, Sign.DOOR, "Entrance"), (480, Sign.DOWN, "Living"),
        (490, Sign.UP, "Living"), (540, Sign.USE, "Bathroom"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"), [("2026-03-02 07:00:00 x", "第 1 行缺列"), ("2026-33-02 07:00 a b c d e", "时间")]
)
def test_a_bad_line_is_told_with_its_number(tmp_path: Path, line: str, said: str) -> None:
    path = tmp_path / "home.txt"
    path.write_text(line, "utf-8")
    with pytest.raises(Invalid, match=said):
        read_adl(path)
    path.write_text("nothing", "utf-8")
    with pytest.raises(Invalid, match="没有一行"):
        read_adl(path)


def test_the_command_compares_rules_on_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = []
    for day in range(9):
        midnight = START + timedelta(days=day)
        for minutes in range(450, 1300, 25):
            at = midnight + timedelta(minutes=minutes)
            lines.append(f"{at:%F %T} {at + timedelta(minutes=1):%F %T} Sink PIR Kitchen")
        lines.append(f"{midnight + 22 * HOUR:%F %T} {midnight + 31 * HOUR:%F %T} Bed Pressure Bedroom")
    path = tmp_path / "home.txt"
    path.write_text("\n".join(lines), "utf-8")
    assert main(["bench", "home", str(path), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["rules"]["习惯，每月 1 次"]["false_alarms"] == 0
    assert report["rules"]["12 小时无动静"]["awake"]["within_12_h"] == 1.0
    assert report["rules"]["12 小时，不算卧床外出"][STAYS]["median"] is None
    assert main(["bench", "home", str(path)]) == 0
    assert "从不" in capsys.readouterr().out


@pytest.mark.realdata
def test_the_command_on_a_real_home(capsys: pytest.CaptureFixture[str]) -> None:
    if not REAL.exists():
        pytest.skip("the public record of a home is not beside the checkout")
    assert main(["bench", "home", str(REAL), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    rules = report["rules"]
    assert report["days"] >= 14
    assert rules["习惯，每月 1 次"]["awake"]["median"] < rules["12 小时无动静"]["awake"]["median"] / 2
    assert main(["bench", "home", str(REAL)]) == 0
    assert "习惯，每月 1 次" in capsys.readouterr().out
