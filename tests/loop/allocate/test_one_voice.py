"""Nobody teaches the classifier alone what others contradict."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.loop.allocate.rules.words.grams import counted
from huying.loop.allocate.rules.words.item_classifier import ItemClassifier
from huying.loop.allocate.rules.words.voices import ALONE, NOBODY, Mark, Voices, share

LIST = [
    ("lamp", [("路灯不亮", 3.0), ("照明 黑灯 路灯坏了", 2.0)]),
    ("drain", [("污水外溢", 3.0), ("臭水沟 下水道堵塞 污水横流", 2.0)]),
    ("noise", [("施工噪声", 3.0), ("半夜施工 打桩 吵得睡不着", 2.0)]),
]
GOOD = ["小区门口的路灯坏了没人修", "巷子里路灯不亮老人摔跤", "公园路灯一直黑着", "桥头路灯坏了三天"]


def supported() -> ItemClassifier:
    """Three people filed each of the texts as lamps."""
    classifier = ItemClassifier.from_list(LIST)
    for text in GOOD:
        for account in (1, 2, 3):
            classifier.learn_counted(counted([text]), ["lamp"], [Mark(account)])
    return classifier


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(GOOD), st.sampled_from(["drain", "noise", "mine"])), min_size=1, max_size=40
    )
)
def test_no_number_of_corrections_by_one_account_turns_what_others_support(
    lies: list[tuple[str, str]],
) -> None:
    classifier = supported()
    for text, code in lies:
        classifier.learn_counted(counted([text]), [code], [Mark(9)])
    assert [guesses[0].code for guesses in classifier.rank(GOOD, 1)] == ["lamp"] * len(GOOD)


def test_a_correction_that_nobody_contradicts_counts_in_full() -> None:
    classifier = ItemClassifier.from_list(LIST)
    classifier.learn_counted(counted(["塔吊大灯整夜照进卧室"]), ["noise"], [Mark(9)])
    assert classifier.rank(["塔吊大灯整夜照进卧室"], 1)[0][0].code == "noise"


def test_two_against_one_are_heard() -> None:
    classifier = ItemClassifier.from_list(LIST)
    text = counted(["楼下黑灯影响打桩"])
    for account, code in ((1, "noise"), (2, "lamp"), (3, "lamp"), (2, "lamp"), (3, "lamp")):
        classifier.learn_counted(text, [code], [Mark(account)])
    assert classifier.rank(["楼下黑灯影响打桩"], 1)[0][0].code == "lamp"


@given(st.lists(st.floats(0.01, 1.0), max_size=30))
def test_one_account_moves_an_item_only_so_far(steps: list[float]) -> None:
    voices, moved = Voices(), 0.0
    for step in steps:
        far = min(step, voices.room(Mark(1), "lamp"))
        voices.moves(Mark(1), "lamp", far)
        moved += far
    assert moved <= ALONE + 1e-9
    assert voices.room(NOBODY, "lamp") == float("inf")


def test_one_account_has_one_voice_however_often_it_speaks() -> None:
    many = [("lamp", Mark(1))] * 20
    assert share(Mark(9), "drain", "lamp", many) == 0.0
    assert share(Mark(1), "drain", "lamp", many) == 1.0
    assert share(Mark(9), "drain", "lamp", [("lamp", Mark(1)), ("lamp", NOBODY)]) == pytest.approx(-1 / 3)


def test_the_likest_lessons_of_an_item_are_told_by_their_cases() -> None:
    classifier = ItemClassifier.from_list(LIST)
    texts = ["桥头路灯坏了三天", "污水横流臭气熏天", "桥头的路灯坏了"]
    classifier.learn_counted(
        counted(texts), ["lamp", "drain", "lamp"], [Mark(1, 11), Mark(1, 12), Mark(None, 13)]
    )
    found = classifier.like("桥头路灯坏了三天没人", "lamp")
    assert [case_id for case_id, _ in found] == [11, 13]
    assert found[0][1] > found[1][1]
