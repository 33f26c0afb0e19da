"""Whether two calls speak of one matter: rules that must hold whatever is said."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.loop.allocate.rules.sameness.again import new_facts
from huying.loop.allocate.rules.sameness.likeness import LIKELY, Spoken, likeness
from huying.loop.allocate.rules.sameness.wording import MOST_TOKENS, wording, words_alike

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
KNOWN = {"有人": 0.2, "请处": 0.1, "处理": 0.2, "小区": 0.15, "路口": 0.1, "井盖": 0.01, "油烟": 0.01}
METRE = 1 / 111_195

texts = st.text(alphabet="井盖没了丢路口油烟扰民噪音大请处理小区123 ab，。！😀龙田", max_size=60)
items = st.dictionaries(st.sampled_from(["0101", "0102", "0203"]), st.floats(0, 1), max_size=3).map(
    lambda chances: {code: one / max(1.0, sum(chances.values())) for code, one in chances.items()}
)
positions = st.one_of(st.none(), st.tuples(st.floats(114.2, 114.4), st.floats(22.6, 22.8)))


@st.composite
def calls(draw: st.DrawFn) -> Spoken:
    lon, lat = draw(positions) or (None, None)
    at = NOW - timedelta(minutes=draw(st.integers(0, 90 * 1440)))
    area = draw(st.sampled_from(["", "440310001", "440310001001", "440310001001001", "440310002001"]))
    return Spoken(wording(draw(texts), KNOWN), at, lon, lat, area, draw(items))


def said(text: str, north: float = 0.0, hours: float = 0.0, item: str = "") -> Spoken:
    chances = {item: 1.0} if item else {}
    return Spoken(
        wording(text, KNOWN), NOW - timedelta(hours=hours), 114.3, 22.7 + north * METRE, "", chances
    )


@given(calls(), calls())
def test_likeness_is_the_same_from_both_sides_and_a_share(a: Spoken, b: Spoken) -> None:
    there, back = likeness(a, b), likeness(b, a)
    assert there.score == pytest.approx(back.score)
    assert (there.metres, there.apart, there.same_item) == (back.metres, back.apart, back.same_item)
    assert 0.0 <= there.score <= 1.0


@given(calls(), calls())
def test_nothing_is_more_like_a_call_than_itself(a: Spoken, b: Spoken) -> None:
    assert likeness(a, a).score >= likeness(a, b).score - 1e-9


def test_further_away_and_longer_ago_is_less_alike() -> None:
    here = said("龙田路口井盖没了")
    by_metres = [
        likeness(here, said("路口井盖丢了", north=metres)).score for metres in (0, 50, 150, 600, 5000)
    ]
    assert by_metres == sorted(by_metres, reverse=True)
    by_hours = [likeness(here, said("路口井盖丢了", hours=hours)).score for hours in (0, 5, 50, 500)]
    assert by_hours == sorted(by_hours, reverse=True)
    assert by_metres[0] > by_metres[-1]
    assert by_hours[0] > by_hours[-1]


def test_another_matter_at_the_same_place_is_not_the_same() -> None:
    here = said("路口井盖没了，晚上很危险", item="0101")
    assert likeness(here, said("路口有人摆烧烤，油烟很大", item="0203")).score < LIKELY
    assert likeness(here, said("井盖丢了没人管", item="0101")).score >= LIKELY


def test_the_same_item_at_another_place_is_not_the_same() -> None:
    assert likeness(said("井盖没了", item="0101"), said("井盖丢了", north=3000, item="0101")).score < LIKELY


def test_it_says_which_words_both_say() -> None:
    found = likeness(said("龙田路口的井盖没了"), said("有人把龙田路口井盖偷了"))
    assert "龙田路口" in found.words
    assert any("井盖" in words for words in found.words)


@pytest.mark.parametrize("text", ["", " ", "啊", "😀😀😀", "的的的", "ok", "\u200b", "1"])
def test_what_says_nothing_is_like_nothing(text: str) -> None:
    assert likeness(said(text), said("路口井盖没了")).score < 0.01


def test_fifty_thousand_characters_weigh_no_more_than_others() -> None:
    long = wording("".join(chr(0x4E00 + n % 9000) for n in range(50_000)), KNOWN)
    assert len(long.weights) == MOST_TOKENS
    alike, _words = words_alike(long, long)
    assert alike == pytest.approx(1.0)


def test_new_facts_are_what_was_not_said_before() -> None:
    before = wording("龙田路口井盖没了，请处理", KNOWN)
    assert new_facts(wording("龙田路口井盖没了，请处理", KNOWN), before) == ()
    assert new_facts(wording("又来问，龙田路口的井盖没了", KNOWN), before) == ()
    fresh = new_facts(wording("龙田路口井盖没了，昨晚一位老人掉下去摔断了腿", KNOWN), before)
    assert any("老人" in words for words in fresh)
    assert new_facts(wording("龙田路口井盖没了，3天了", KNOWN), before)
