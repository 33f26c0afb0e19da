"""How found anomalies are counted, and what the command tells."""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from huying.devices.rules.water.anomalies.watching import Watch
from huying.devices.rules.water.measuring import Labelled, Span, measured, three_sigma, watched
from huying.site.cli import main

START = datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=8)))
FILE = Path(__file__).parents[3] / "shared/data/sensors/water_labelled_anomalies.csv"


def labelled(kinds: str) -> list[Labelled]:
    """One reading an hour, a dot where nothing is wrong."""
    return [
        Labelled(START + number * timedelta(hours=1), 1.0, kind.strip("."))
        for number, kind in enumerate(kinds)
    ]


def test_readings_and_events_are_counted_apart() -> None:
    readings = labelled("..AA....D..LLLL.")
    spans = [Span("spike", 2, 2, 3), Span("shift", 7, 12, 11), Span("spike", 15, 15, 15)]
    found = measured(readings, spans, 0, len(readings))
    assert {key: found[key] for key in ("labelled", "marked", "precision", "recall")} == {
        "labelled": 7,
        "marked": 8,
        "precision": 0.5,
        "recall": 0.571,
    }
    assert (found["events"], found["events_found"]) == (3, 3)
    assert (found["verdicts"], found["verdicts_right"], found["late"]) == (3, 2, 1)
    assert found["by_type"] == {
        "A": {"readings": 2, "recall": 0.5, "events": 1, "events_found": 1},
        "D": {"readings": 1, "recall": 1.0, "events": 1, "events_found": 1},
        "L": {"readings": 4, "recall": 0.5, "events": 1, "events_found": 1},
    }
    assert found["by_kind"] == {
        "shift": {"readings": 6, "readings_labelled": 3, "verdicts": 1, "right": 1, "precision": 1.0},
        "spike": {"readings": 2, "readings_labelled": 1, "verdicts": 2, "right": 1, "precision": 0.5},
    }


def test_a_part_counts_only_what_lies_in_it() -> None:
    readings = labelled("AA......AA..")
    spans = [Span("shift", 0, 1, 1), Span("shift", 5, 9, 9)]
    later = measured(readings, spans, 6, 12)
    assert (later["labelled"], later["marked"], later["verdicts"]) == (2, 4, 1)
    assert measured(readings, [], 6, 12)["precision"] is None


def test_a_verdict_that_goes_on_is_one_span_and_keeps_when_it_was_told() -> None:
    readings = [
        Labelled(one.at, 250 + number % 7 + 90 * (number >= 100))
        for number, one in enumerate(labelled("." * 300))
    ]
    assert watched(readings, Watch(0)) == [Span("shift", 100, 268, 104)]


def test_readings_the_plain_rule_marks_one_after_the_other_are_one() -> None:
    values = [10.0 + number % 2 for number in range(100)]
    values[50:52] = [30.0, 30.0]
    readings = [Labelled(one.at, value) for one, value in zip(labelled("." * 100), values, strict=True)]
    assert three_sigma(readings) == [Span("out", 50, 51, 50)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two months of hourly readings with one spike that is labelled, and one empty reading."""
    lines = ["Timestamp,Cond,label_Cond,type_Cond"]
    for number in range(1400):
        at = START + number * timedelta(hours=1)
        value = 600 if number == 1000 else 250 + number % 7
        wrong = number == 1000
        lines.append(
            f"{at:%d/%m/%Y %H:%M},{'' if number == 20 else value},{int(wrong)},{'A' if wrong else 0}"
        )
    path = tmp_path / "water.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_command_tells_both_rules_on_the_later_part_first(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["bench", "water", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told["Cond"]) == ["later_part", "first_part", "all"]
    later = told["Cond"]["later_part"]["watch"]
    assert (later["labelled"], later["precision"], later["recall"]) == (1, 1.0, 1.0)
    assert told["Cond"]["all"]["watch"]["readings"] == 1399
    assert told["Cond"]["all"]["three_sigma"]["recall"] == 1.0
    assert main(["bench", "water", str(file)]) == 0
    assert "by_type" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Timestamp,Cond\n01/01/2026 00:00,3", "label_"),
        ("", "label_"),
        ("Timestamp,Cond,label_Cond\n2026-01-01,3,0", "读不懂"),
        ("Timestamp,Cond,label_Cond\n01/01/2026 00:00,三,0", "读不懂"),
        ("Timestamp,Cond,label_Cond\n01/01/2026 00:00,,0", "没有读数"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_reason(
    text: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    assert main(["bench", "water", str(path)]) == 1
    assert why in capsys.readouterr().err


@pytest.mark.realdata
@pytest.mark.skipif(not FILE.exists(), reason=f"public series not beside the checkout: {FILE}")
def test_on_the_public_series_more_is_found_with_fewer_false_verdicts(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """On the later part, on which nothing was chosen: every labelled event, at four times the plain rule's precision."""
    assert main(["bench", "water", str(FILE), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    parts = [told[name]["later_part"] for name in ("Level", "Cond", "Tur")]

    def whole(way: str, key: str) -> int:
        return sum(part[way][key] for part in parts)

    assert whole("watch", "events_found") == whole("watch", "events") == 11
    assert whole("three_sigma", "events_found") <= 5
    shares = [whole(way, "verdicts_right") / whole(way, "verdicts") for way in ("watch", "three_sigma")]
    assert shares[0] > 4 * shares[1]
    assert told["seconds"] < 30
