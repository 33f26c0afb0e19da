"""What is one alarm and what is another; how kinds are called; what pages show of a picture."""

import io
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from huying.cases.rules.photos import clean_photo
from huying.video.rules.checking import words_of, wrong_in
from huying.video.rules.joining import Joining, Past, joining
from huying.video.rules.kinds import AlarmFollow, AlarmKind
from huying.video.rules.naming import named_kind
from huying.video.rules.pictures import FIELDS, coarse, enlarged
from huying.video.rules.plain import Pushed, sighting_of
from huying.video.rules.standing import STANDARD, Standing
from tests.video.said import picture, shades

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
E, A, R = AlarmFollow.EMERGENCY, AlarmFollow.APPEAL, AlarmFollow.RECORD
MINUTES = st.integers(0, 10_000).map(lambda n: timedelta(minutes=n))


def past(
    follow: AlarmFollow, heard: int, told: int = 0, going: bool = False, false: int | None = None
) -> Past:
    ago = [NOW - timedelta(minutes=n) for n in (heard, max(told, heard))]
    return Past(follow, *ago, going, None if false is None else NOW - timedelta(minutes=false))


@pytest.mark.parametrize(("last", "follow", "step"), [
    (None, A, Joining.NEW),
    (past(A, 5, 5, going=True), A, Joining.QUIET),
    (past(A, 5, 31, going=True), A, Joining.TOLD),
    (past(A, 600, going=True), A, Joining.TOLD),
    (past(A, 5), A, Joining.QUIET),
    (past(A, 31), A, Joining.NEW),
    (past(R, 29), R, Joining.QUIET),
    (past(R, 30), R, Joining.NEW),
    (past(E, 1, going=True), E, Joining.QUIET),
    (past(E, 1), E, Joining.NEW),
    (past(E, 1, false=1), E, Joining.QUIET),
    (past(E, 1, false=31), E, Joining.NEW),
    (past(R, 1), E, Joining.NEW),
    (past(A, 1, going=True), E, Joining.NEW),
])  # fmt: skip
def test_joining_with_a_window_of_half_an_hour(last: Past | None, follow: AlarmFollow, step: Joining) -> None:
    assert joining(last, follow, 30, NOW) is step


@given(st.sampled_from(AlarmFollow), MINUTES, st.booleans(), st.integers(1, 10_080))
def test_a_fire_is_never_swallowed_by_what_was_only_recorded(
    follow: AlarmFollow, ago: timedelta, going: bool, window: int
) -> None:
    last = Past(follow, NOW - ago, NOW - ago, going)
    if follow is not E or not going:
        assert joining(last, E, window, NOW) is Joining.NEW


@given(st.lists(st.integers(0, 90), min_size=2, max_size=40), st.integers(1, 60))
def test_what_goes_on_is_told_at_most_once_a_window(gaps: list[int], window: int) -> None:
    at, told_at, heard_at, moments = NOW, NOW, NOW, [NOW]
    for gap in gaps:
        at += timedelta(minutes=gap)
        step = joining(Past(A, heard_at, told_at, going=True), A, window, at)
        heard_at = at
        if step is Joining.TOLD:
            moments.append(at)
            told_at = at
    apart = [later - earlier for earlier, later in pairwise(moments)]
    assert all(span >= timedelta(minutes=window) for span in apart)


@pytest.mark.parametrize(("text", "kind"), [
    ("SmokeDetection", AlarmKind.FIRE), ("违停车辆起火", AlarmKind.FIRE), ("消防通道占用", AlarmKind.PARKING),
    ("电动车进电梯", AlarmKind.EBIKE), ("人员跌倒", AlarmKind.FALL), ("道路积水", AlarmKind.WATER),
    ("流动摊贩", AlarmKind.VENDING), ("暴露垃圾", AlarmKind.RUBBISH), ("高空抛物", AlarmKind.THROWN),
    ("未知算法 7", None),
])  # fmt: skip
def test_usual_names_have_their_kind(text: str, kind: AlarmKind | None) -> None:
    assert named_kind(text, {}) is kind


def test_the_longest_of_the_districts_words_decides() -> None:
    own = {"通道": AlarmKind.OTHER, "通道堆物": AlarmKind.RUBBISH}
    assert named_kind("楼道通道堆物", own) is AlarmKind.RUBBISH


def test_every_kind_has_a_rule_that_may_stand() -> None:
    assert set(STANDARD) == set(AlarmKind)
    assert [kind for kind, rule in STANDARD.items() if wrong_in(rule)] == []
    assert STANDARD[AlarmKind.FIRE].follow is E
    assert STANDARD[AlarmKind.MOTION].follow is R


def test_an_unsure_camera_is_only_recorded() -> None:
    rule = Standing(kind=AlarmKind.FIRE, follow=E, emergency="fire", least=80)
    assert [rule.follows(score) for score in (79, 80, None)] == [R, E, E]


def test_what_may_not_stand_in_a_rule_is_named() -> None:
    rule = Standing(
        kind=AlarmKind.FIRE, follow=E, urgency=4, window=0, least=101, keep_days=0, words=("x" * 41,)
    )
    assert set(wrong_in(rule)) == {"emergency", "urgency", "window", "least", "keep_days", "words"}
    assert words_of("烟火检测, Fire；fire\n\n 5-36") == ("烟火检测", "fire", "5-36")


def test_a_pushed_alarm_keeps_how_its_maker_calls_it_and_knows_itself_again() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    known = sighting_of(Pushed(device="C", kind="fire", words="楼顶", ref="7", score=92.6), NOW, zone, {})
    assert (known.kind, known.words, known.score) == (AlarmKind.FIRE, "楼顶", 93)
    named = sighting_of(Pushed(device="C", kind="FireDetectEvent", words="楼顶", ref="7"), NOW, zone, {})
    assert (named.kind, named.words, named.key) == (AlarmKind.FIRE, "FireDetectEvent 楼顶", known.key)
    strange = sighting_of(Pushed(device="C", kind="x\0y"), NOW, zone, {})
    assert (strange.kind, strange.words, strange.key) == (AlarmKind.OTHER, "xy", "")
    dated = sighting_of(Pushed(device="C", kind="fire", at=1772413200), NOW, zone, {})
    assert dated.key


@pytest.mark.parametrize("size", [(320, 180), (180, 320), (3840, 2160), (5, 900), (1, 1)])
def test_the_coarse_picture_holds_no_more_than_its_fields(size: tuple[int, int]) -> None:
    fields = coarse(clean_photo(picture(*size)).content)
    with Image.open(io.BytesIO(fields)) as small, Image.open(io.BytesIO(enlarged(fields))) as large:
        assert max(small.size) <= FIELDS
        assert large.size == (small.width * 20, small.height * 20)
        assert shades(large) <= small.width * small.height


def test_letters_as_wide_as_those_of_a_number_plate_cannot_be_told_apart() -> None:
    """Two pictures that differ in strokes narrower than a field look the same to a reader."""

    def plate(mark: int) -> bytes:
        made = Image.new("RGB", (960, 540), (20, 40, 160))
        for x in range(400, 560):
            for y in range(250, 290):
                if (x // 4 + mark) % 2 == 0:
                    made.putpixel((x, y), (250, 250, 250))
        out = io.BytesIO()
        made.save(out, "PNG")
        return out.getvalue()

    one, other = (
        Image.open(io.BytesIO(coarse(clean_photo(plate(n)).content))).convert("RGB") for n in (0, 1)
    )
    differ = int(np.abs(np.asarray(one, int) - np.asarray(other, int)).max())
    assert differ <= 8
