"""Nets beside the machines: what they add, and that nothing of what the classifier promises is lost by them."""

import random
from functools import cache
from typing import Any

import numpy as np
import pytest

from huying.loop.allocate.rules.words import item_classifier
from huying.loop.allocate.rules.words.grams import counted, rarity, weighted
from huying.loop.allocate.rules.words.item_classifier import ItemClassifier
from huying.loop.allocate.rules.words.judges import net_teaching
from huying.loop.allocate.rules.words.judges.judge import ENOUGH_FOR_NETS, nets_help, taught
from huying.loop.allocate.rules.words.judges.machines import MOST_MACHINES
from huying.loop.allocate.rules.words.judges.net_teaching import nets
from huying.loop.allocate.rules.words.packing import packed, unpacked

SAID = {
    "lamp": "路灯不亮 路灯坏了 照明黑灯",
    "drain": "污水外溢 臭水沟 下水道堵塞",
    "noise": "半夜施工 工地打桩 噪声扰民",
}
ASKED = ["南门路灯坏了三天", "楼下臭水沟味道很大", "工地半夜还在打桩", "电梯困人"]


def cases(count: int) -> tuple[list[str], list[str]]:
    chance = random.Random(5)
    codes = [chance.choice(sorted(SAID)) for _ in range(count)]
    places = ["南门", "东街", "河边", "学校", "市场"]
    return [f"{chance.choice(places)}{chance.choice(SAID[code].split())}三天" for code in codes], codes


@cache
def content() -> bytes:
    return packed(ItemClassifier.fitted(*cases(ENOUGH_FOR_NETS * 5 // 4)))


def classifier() -> ItemClassifier:
    found = unpacked(content())
    assert found is not None
    return found


def test_nets_know_what_only_comes_together() -> None:
    """An item by either of two signs and not by both: no sum of weights tells that."""
    chance = random.Random(3)
    signs = [(chance.random() < 0.5, chance.random() < 0.5) for _ in range(1500)]
    texts = [f"小区{'漏水' if leak else '停车'}并且{'电梯' if lift else '楼道'}" for leak, lift in signs]
    labels = np.array(["one" if leak != lift else "other" for leak, lift in signs])
    rows = counted(texts)
    vectors = weighted(rows, rarity(rows))
    found = nets(vectors, labels, np.unique(labels), np.ones(len(labels)))
    right = np.unique(labels)[found.scores(vectors).argmax(axis=1)] == labels
    assert right.mean() > 0.95


def test_many_cases_of_few_items_teach_nets_others_do_not() -> None:
    def labels(count: int, items: int) -> list[str]:
        return [str(number % items) for number in range(count)]

    assert nets_help(labels(ENOUGH_FOR_NETS, 3))
    assert not nets_help(labels(ENOUGH_FOR_NETS - 1, 3))
    assert not nets_help(labels(ENOUGH_FOR_NETS, MOST_MACHINES + 1))
    assert classifier().own.nets is not None
    assert ItemClassifier.fitted(*cases(200)).own.nets is None


def test_chances_are_set_on_a_judge_of_the_same_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """The part that they are set on is smaller than what is enough for nets; it is judged with nets all the same."""
    kinds: list[bool] = []

    def noting(*cases: Any, with_nets: bool) -> Any:
        kinds.append(with_nets)
        return taught(*cases, with_nets=with_nets)

    monkeypatch.setattr(item_classifier, "taught", noting)
    ItemClassifier.fitted(*cases(ENOUGH_FOR_NETS))
    ItemClassifier.fitted(*cases(200))
    assert kinds == [True, True, False, False]


def test_where_no_gram_comes_again_nets_say_nothing() -> None:
    labels = np.array(["one", "other"] * 2)
    vectors = counted(["路灯", "电梯", "井盖", "噪声"])
    scores = nets(vectors, labels, np.unique(labels), np.ones(4)).scores(vectors)
    assert scores.shape == (4, 2)
    assert np.ptp(scores, axis=0) == pytest.approx(0.0)


def test_the_same_cases_give_the_same_and_packing_keeps_it() -> None:
    made = ItemClassifier.fitted(*cases(ENOUGH_FOR_NETS * 5 // 4))
    assert made.own.nets is not None
    again = classifier()
    assert again.own.nets is not None
    for one, other in zip(made.rank(ASKED), again.rank(ASKED), strict=True):
        assert [guess.code for guess in one] == [guess.code for guess in other]
        assert [g.probability for g in one] == pytest.approx([g.probability for g in other], abs=0.002)


def test_what_is_kept_of_nets_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    texts, codes = cases(300)
    rows = counted(texts)
    vectors, labels = weighted(rows, rarity(rows)), np.array(codes)
    monkeypatch.setattr(net_teaching, "_MOST", 20)
    found = nets(vectors, labels, np.unique(labels), np.ones(len(labels)))
    seen = np.bincount(rows.indices, minlength=rows.shape[1])
    assert len(found.columns) == 20
    assert seen[found.columns].min() >= np.sort(seen)[-20]


def test_corrections_count_at_once_beside_nets() -> None:
    one = classifier()
    assert "tower" not in one.codes
    assert one.learn("塔吊大灯整夜照进卧室", "tower")
    assert one.rank(["塔吊大灯整夜照进卧室"])[0][0].code == "tower"
    assert one.rank(["南门路灯坏了三天"])[0][0].code == "lamp"


def test_an_item_that_came_with_a_correction_is_no_favourite() -> None:
    one = classifier()
    before = [guesses[0].code for guesses in one.rank(ASKED[:3])]
    one.learn("塔吊大灯整夜照进卧室", "tower")
    assert [guesses[0].code for guesses in one.rank(ASKED[:3])] == before == ["lamp", "drain", "noise"]
    assert one.rank(["今天天气晴朗"])[0][0].probability < 0.5


def test_a_lesson_that_counts_nothing_teaches_nothing() -> None:
    texts, codes = cases(400)
    strange = [*codes[:200], *("drain" if code == "lamp" else code for code in codes[200:])]
    rows = counted(texts)
    vectors, labels = weighted(rows, rarity(rows)), np.array(strange)
    amounts = np.repeat([1.0, 0.0], 200)
    found = nets(vectors, labels, np.unique(labels), amounts)
    told = np.unique(labels)[found.scores(vectors).argmax(axis=1)]
    assert (told == np.array(codes)).mean() > 0.95
