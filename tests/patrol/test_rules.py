"""When it happened, what a find must be, where somebody walked; without a database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.geo.measure import moved
from huying.patrol.rules.kinds import ANSWERS, CheckKind, FileKind, FindKind
from huying.patrol.rules.planning import NewPlan, week_of
from huying.patrol.rules.planning import wrong_in as wrong_plan
from huying.patrol.rules.reporting import FAR, NewFile, NewFind, Spot, apart, widest_gap, wrong_in
from huying.patrol.rules.times import OLDEST, TRUSTED, own_time, too_old
from huying.patrol.rules.walking import SURE, Step, kept, length, on_foot, passed
from huying.patrol.rules.words import fixed

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SPOT = Spot(114.005, 22.005, 5.0)


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def shot(name: str, kind: FileKind, at: float = 0.0, spot: Spot | None = SPOT) -> NewFile:
    return NewFile(name, kind, "0" * 64, minutes(at), spot)


FIX = NewFind(
    key="k", kind=FindKind.FIXED, text="占道纸箱", found_at=NOW, sent_at=NOW, item="X1", done="已搬走", spot=SPOT,
    files=[shot("a", FileKind.BEFORE, 0), shot("b", FileKind.AFTER, 5)],
)  # fmt: skip


def test_a_right_clock_is_believed_however_long_the_report_waited() -> None:
    own = own_time(minutes(-480), minutes(-0.5), NOW)
    assert (own.at, own.off) == (minutes(-480), 0)


def test_a_wrong_clock_is_set_right_by_as_much() -> None:
    own = own_time(minutes(-60 - 480), minutes(-60), NOW)
    assert (own.at, own.off) == (minutes(-480), 3600)
    own = own_time(minutes(90), minutes(120), NOW)
    assert (own.at, own.off) == (minutes(-30), -7200)


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_nothing_happened_after_it_was_told(said: int, sent: int) -> None:
    own = own_time(NOW + timedelta(seconds=said), NOW + timedelta(seconds=sent), NOW)
    assert own.at <= NOW
    assert (own.off == 0) is (abs(sent) <= TRUSTED.total_seconds())


def test_what_waited_for_more_than_a_month_is_too_old() -> None:
    assert too_old(NOW - OLDEST - timedelta(seconds=1), NOW)
    assert not too_old(NOW - OLDEST, NOW)


def test_what_was_put_right_has_a_before_and_an_after_in_this_order() -> None:
    assert wrong_in(FIX) == {}
    assert "files" in wrong_in(replace(FIX, files=FIX.files[:1]))
    assert "files" in wrong_in(
        replace(FIX, files=[shot("a", FileKind.BEFORE, 5), shot("b", FileKind.AFTER, 5)])
    )
    assert set(wrong_in(replace(FIX, done=" ", item=""))) == {"done", "item"}
    assert wrong_in(replace(FIX, kind=FindKind.REPORT, done="", item="", files=[])) == {}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": " 。"}, "text"),
        ({"text": "长" * 2001}, "text"),
        ({"place_text": "长" * 301}, "place_text"),
        ({"spot": Spot(214.0, 22.0)}, "spot"),
        ({"spot": Spot(float("nan"), 22.0)}, "spot"),
        ({"files": [shot("a", FileKind.SCENE, spot=Spot(0.0, 91.0))]}, "files"),
        ({"files": [replace(shot("a", FileKind.SCENE), sha256="x")]}, "files"),
        ({"files": [shot("a", FileKind.SCENE)] * 2}, "files"),
        ({"files": [shot(str(n), FileKind.SCENE) for n in range(7)]}, "files"),
        ({"files": [shot(str(n), FileKind.VOICE) for n in range(2)]}, "files"),
    ],
)
def test_what_is_wrong_is_named(wrong: dict[str, object], field: str) -> None:
    report = replace(FIX, kind=FindKind.REPORT, files=[])
    assert set(wrong_in(replace(report, **wrong))) == {field}


def test_photos_of_one_spot_that_lie_apart_are_seen_beyond_what_the_phone_was_unsure_of() -> None:
    there = Spot(*moved(SPOT.lon, SPOT.lat, 90, 200), 5.0)
    gap = widest_gap(replace(FIX, files=[FIX.files[0], shot("b", FileKind.AFTER, 5, there)]))
    assert gap is not None
    assert 185 < gap < 195
    assert gap > FAR
    assert apart(SPOT, replace(there, accuracy=500.0)) == 0.0
    assert widest_gap(replace(FIX, spot=None, files=[shot("a", FileKind.BEFORE, spot=None)])) is None


def test_each_kind_of_task_has_answers_of_its_own() -> None:
    assert set(ANSWERS) == set(CheckKind)
    assert not set(ANSWERS[CheckKind.VERIFY]) & set(ANSWERS[CheckKind.INSPECT]) - {"unfound"}


def test_the_reply_of_what_was_put_right_says_what_was_found_and_done() -> None:
    assert fixed("纸箱占道", "搬走了。") == "网格员巡查现场核实：纸箱占道。已当场处置：搬走了。"


def step(second: float, metres: float = 0.0, accuracy: float = 5.0) -> Step:
    lon, lat = moved(SPOT.lon, SPOT.lat, 90, metres)
    return Step(NOW + timedelta(seconds=second), lon, lat, accuracy)


def test_steps_beyond_the_time_on_duty_unsure_or_impossible_are_dropped() -> None:
    inside = [step(0), step(30, 40), step(60, 80)]
    others = [step(-120), step(900), step(20, accuracy=SURE + 1), Step(minutes(0.4), 200.0, 22.0, 5.0)]
    assert kept([*others, *reversed(inside), inside[0]], NOW, minutes(1)) == inside


def test_nobody_flies() -> None:
    walked = [step(0), step(10, 15), step(20, 2000), step(30, 45)]
    assert on_foot(walked) == [walked[0], walked[1], walked[3]]


@given(st.lists(st.floats(0, 3000), min_size=2, max_size=20))
def test_the_way_is_at_least_as_long_as_the_distance_and_passes_its_ends(ways: list[float]) -> None:
    steps = [step(60 * number, metres) for number, metres in enumerate(ways)]
    assert length(steps) >= abs(ways[-1] - ways[0]) * 0.999 - 1e-6
    assert passed(steps[:1]) | passed(steps[-1:]) <= passed(steps)


def test_a_plan_says_how_often_and_how_long() -> None:
    plan = NewPlan(area="990101001", name="日巡", times=5, minutes=60)
    assert wrong_plan(plan) == {}
    assert set(wrong_plan(replace(plan, name=" ", times=0, minutes=601))) == {"name", "times", "minutes"}
    first, until = week_of(NOW.date())
    assert (first.isoformat(), until.isoformat()) == ("2026-03-02", "2026-03-09")
