"""One issue across wordings, several at one place apart, whatever the order; how hot it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.prevent.hot_issues.rules.finding import Message, issues_of
from huying.prevent.hot_issues.rules.grouping import grouped
from huying.prevent.hot_issues.rules.heat import Heat, focus, heat_of
from huying.prevent.hot_issues.rules.lexicon import Lexicon
from huying.prevent.hot_issues.rules.likeness import (
    KEPT,
    OTHER_PLACE,
    SAME_PLACE,
    Counted,
    Signature,
    Spot,
    likeness,
    placing,
    signature,
    taken_apart,
)
from huying.prevent.hot_issues.rules.naming import people_of, placed
from huying.prevent.hot_issues.rules.wording import names, plain, runs

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
MIXING = [
    "丽湖新城小区附近搅拌站噪音扰民", "投诉丽湖新城旁边的搅拌站夜里施工，粉尘很大", "搅拌站建在丽湖新城门口，居民受不了",
    "丽湖新城搅拌站灰尘噪音污染严重",
]  # fmt: skip
HOLES = [
    "丽湖新城门前道路坑坑洼洼没人修",
    "丽湖新城外面的路全是坑，请修路",
    "丽湖新城门前这条路坑洼，电动车摔了人",
]
SMOKE = ["春风苑楼下烧烤店油烟直排熏人", "春风苑一楼烧烤店每晚油烟熏得开不了窗", "春风苑烧烤店油烟扰民"]
OTHER_SMOKE = ["金桂园楼下烧烤店油烟直排熏人", "金桂园一楼烧烤店每晚油烟熏得开不了窗", "金桂园烧烤店油烟扰民"]
ESTATES = "东港西湾南浦北辰明珠阳光翠竹银杏海棠玫瑰青云白鹭长风宏远龙泉凤鸣"
MATTERS = [
    "电梯停运多日没人修",
    "楼道堆满杂物有隐患",
    "自来水水压太小",
    "公交车等不到",
    "快递柜挡住消防通道",
    "路灯整晚不亮",
    "流浪狗追咬孩子",
]
QUIET = [f"{ESTATES[at : at + 2]}里{matter}" for at in range(0, len(ESTATES), 2) for matter in MATTERS]
# What is written below a subject, by what it is about.
DETAILS = {
    "搅拌站": "混凝土搅拌站的罐车整夜进出，粉尘落满阳台，机器轰鸣，老人孩子睡不着，请环保部门查处搬走",
    "路": "路面破损积水，下雨天看不清深浅，骑车的人摔倒好几次，请市政部门尽快修补沥青路面",
}
words = st.text(st.sampled_from("丽湖新城搅拌站噪音路坑烧烤店油烟，。a1 "), max_size=40)


def messages(texts: list[str]) -> list[Message]:
    return [
        Message(str(n), f"u{n}", text, text + detail(text), DAY + timedelta(hours=n))
        for n, text in enumerate(texts)
    ]


def detail(text: str) -> str:
    return next((told for word, told in DETAILS.items() if word in text), "")


def groups(texts: list[str]) -> set[frozenset[str]]:
    return {frozenset(each.subject for each, _ in one.members) for one in issues_of(messages(texts))}


def test_one_issue_across_wordings_and_two_at_one_place_apart() -> None:
    found = groups([*MIXING, *HOLES, *SMOKE, *OTHER_SMOKE, *QUIET])
    assert frozenset(MIXING) in found
    assert frozenset(HOLES) in found


def test_the_same_matter_at_two_places_is_two_issues() -> None:
    found = groups([*MIXING, *HOLES, *SMOKE, *OTHER_SMOKE, *QUIET])
    assert frozenset(SMOKE) in found
    assert frozenset(OTHER_SMOKE) in found


@settings(max_examples=25, deadline=None)
@given(st.permutations([*MIXING, *HOLES, *SMOKE]))
def test_the_order_of_messages_changes_nothing(texts: list[str]) -> None:
    assert groups(texts) == groups([*MIXING, *HOLES, *SMOKE])


@settings(max_examples=50, deadline=None)
@given(st.lists(words, max_size=12))
def test_every_message_belongs_to_one_issue_whatever_it_says(texts: list[str]) -> None:
    found = [each.id for one in issues_of(messages(texts)) for each, _ in one.members]
    assert sorted(found) == sorted(str(n) for n in range(len(texts)))


@pytest.mark.parametrize(
    "text", ["", "啊", "的" * 50_000, "noise at night", "😡😡😡", "zao yin", "ignore all rules", "噪音擾民"]
)
def test_strange_texts_break_nothing(text: str) -> None:
    assert len(issues_of(messages([text, *MIXING]))) >= 1


@settings(deadline=None)
@given(words, words)
def test_likeness_is_the_same_both_ways_and_at_most_one(one: str, other: str) -> None:
    lexicon = Lexicon.empty()
    first, second = (signature(taken_apart(each, each), lexicon) for each in (one, other))
    assert likeness(first, second) == pytest.approx(likeness(second, first))
    assert 0 <= likeness(first, second) <= 1
    assert len(first.marks) <= KEPT


def test_places_known_by_position_count_as_places_said() -> None:
    lexicon = Lexicon.empty()
    here, beside, far, nowhere = (
        signature(taken_apart("路灯不亮", ""), lexicon, spot)
        for spot in (Spot(114.3, 22.7), Spot(114.3005, 22.7), Spot(114.33, 22.7), None)
    )
    assert placing(here, beside) > placing(here, nowhere) > placing(here, far)
    assert placing(here, nowhere) == 1


def test_what_is_known_to_be_elsewhere_is_not_brought_together_by_what_is_nowhere() -> None:
    here, there = Spot(114.0, 22.5), Spot(114.02, 22.5)
    told = ["下水道又堵了，粪水冒出来流了一地", *QUIET]
    lexicon = Lexicon.empty()
    for text in told:
        lexicon.take(taken_apart(text, text).slots)
    kept = [
        signature(taken_apart(told[0], told[0]), lexicon, spot, Counted.ALREADY)
        for spot in (here, here, None, there, there)
    ]
    assert sorted(grouped(kept)) in ([[0, 1, 2], [3, 4]], [[0, 1], [2, 3, 4]])


def test_two_communities_are_two_places_where_no_position_is_known() -> None:
    one, other = (
        Signature({"停电": 1.0}, frozenset(), community=code) for code in ("440310001001", "440310001002")
    )
    assert placing(one, other) == OTHER_PLACE
    assert placing(one, one) == 1.0
    assert (
        placing(replace(one, names=frozenset({"58"})), replace(other, names=frozenset({"58"}))) == SAME_PLACE
    )


def test_a_company_is_one_matter_wherever_its_callers_are() -> None:
    lexicon, texts = Lexicon.empty(), ["58车贷 逾期不还钱 麻烦政府管管", "58车贷 爆雷了 求助"]
    for text in [*texts, *QUIET]:
        lexicon.take(taken_apart(text, text).slots)
    spots = [Spot(114.0, 22.5), Spot(114.02, 22.5)]
    one, other = (
        signature(taken_apart(text, text), lexicon, spot, Counted.ALREADY)
        for text, spot in zip(texts, spots, strict=True)
    )
    assert one.names == {"8车"}
    assert placing(one, other) == SAME_PLACE


def test_a_lexicon_comes_back_as_it_was_kept() -> None:
    lexicon = Lexicon.empty()
    lexicon.take(taken_apart("丽湖新城", "搅拌站").slots)
    again = Lexicon.unpacked(lexicon.packed(), lexicon.messages)
    assert (again.counts == lexicon.counts).all()
    with pytest.raises(ValueError, match="another size"):
        Lexicon.unpacked(b"1234", 1)


def test_letters_and_figures_stay_together_and_codes_of_regions_are_left_out() -> None:
    assert "58车贷" in set(runs(plain("A市58车贷案")))
    assert "a3区" not in plain("A3区５８车贷")
    assert names("A市丽湖新城附近的搅拌站") >= {"丽湖", "搅拌"}


def test_heat_follows_its_formula() -> None:
    assert Heat(4, 3, 25, 0.5).value == pytest.approx((3 + 0.2 + sqrt(25)) * 0.9)
    assert heat_of([], [], 0).value == 0


@given(st.lists(st.integers(0, 2000), min_size=1, max_size=30))
def test_focus_is_the_share_of_the_busiest_thirty_days(days: list[int]) -> None:
    times = [DAY + timedelta(days=day) for day in days]
    slow = max(sum(at <= other <= at + timedelta(days=30) for other in times) for at in times) / len(times)
    assert focus(times) == pytest.approx(slow)


@given(st.integers(1, 50), st.integers(0, 50), st.integers(0, 5000))
def test_more_people_messages_or_likes_never_cool_an_issue(people: int, further: int, votes: int) -> None:
    base = Heat(people + further, people, votes, 0.7).value
    assert Heat(people + further + 1, people + 1, votes, 0.7).value > base
    assert Heat(people + further + 1, people, votes, 0.7).value > base
    assert Heat(people + further, people, votes + 1, 0.7).value > base


def test_an_issue_is_named_by_its_place_and_its_people() -> None:
    subjects = ["A2区丽湖新城小区附近搅拌站扰民", "投诉A2区丽湖新城旁搅拌站", "A2区丽湖新城搅拌站"]
    assert placed(subjects, [names(each) for each in subjects]).startswith("A2区丽湖新城")
    assert people_of(subjects, ["我们业主不同意", "业主反对", ""]) == "业主"
    assert people_of(subjects, ["", "", ""]) == ""
