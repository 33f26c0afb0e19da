from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.catalogue.rules import AppealKind
from huying.loop.allocate.rules.words.appeal_kinds import guess_kind
from huying.loop.allocate.rules.words.calibration import probabilities, sharpness
from huying.loop.allocate.rules.words.grams import (
    BODY,
    column,
    counted,
    deciding,
    grams,
    kept,
    pairs,
    plainness,
    rarity,
    recalled,
    weighted,
)
from huying.loop.allocate.rules.words.item_classifier import UNSURE_BELOW, ItemClassifier
from huying.site.commands.bench.item import measured, read_labelled
from tests.loop.allocate import kinds

TOKENS = Path(__file__).parents[3].parent / "shared/data/messages/labelled_tokens.csv"
LIST = [
    ("lamp", [("路灯不亮", 3.0), ("照明 黑灯 路灯坏了", 2.0), ("路灯熄灭影响夜间通行的", 1.0)]),
    ("drain", [("污水外溢", 3.0), ("臭水沟 下水道堵塞 污水横流", 2.0), ("排水管道堵塞造成外溢的", 1.0)]),
    ("noise", [("施工噪声", 3.0), ("半夜施工 打桩 吵得睡不着", 2.0), ("夜间施工扰民的", 1.0)]),
]


def test_the_list_alone_is_enough_on_day_one() -> None:
    classifier = ItemClassifier.from_list(LIST)
    asked = ["门口路灯坏了三天没人修", "楼下臭水沟味道很大", "工地半夜还在打桩"]
    assert [guesses[0].code for guesses in classifier.rank(asked)] == ["lamp", "drain", "noise"]


def test_words_that_decided_are_in_the_text() -> None:
    [[best, *_]] = ItemClassifier.from_list(LIST).rank(["小区门口臭水沟没人管"], words=True)
    assert best.words[0] == "臭水沟"


def test_a_correction_counts_at_once_and_leaves_others_alone() -> None:
    classifier = ItemClassifier.from_list(LIST)
    text = "塔吊大灯整夜照进卧室"
    assert classifier.learn(text, "noise")
    [[best, *_]] = classifier.rank(["塔吊的大灯照进卧室"])
    assert best.code == "noise"
    assert classifier.rank(["路灯不亮"])[0][0].code == "lamp"


def test_a_correction_may_bring_an_item_the_list_did_not_have() -> None:
    classifier = ItemClassifier.from_list(LIST)
    classifier.learn("电梯困人", "lift")
    assert classifier.rank(["电梯困人了"])[0][0].code == "lift"


def test_nothing_is_learned_from_what_was_clear_or_empty() -> None:
    classifier = ItemClassifier.from_list(LIST)
    assert not classifier.learn("路灯不亮", "lamp")
    assert not classifier.learn("", "lamp")


LESSON = st.tuples(
    st.text("路灯臭水沟夜吵不亮", min_size=1, max_size=8), st.sampled_from(["lamp", "drain", "lift"])
)


@settings(max_examples=25, deadline=None)
@given(st.lists(LESSON, min_size=1))
def test_many_lessons_at_once_teach_what_one_after_the_other_teaches(lessons: list[tuple[str, str]]) -> None:
    one, many = (
        ItemClassifier.from_list([*LIST, ("lift", [])]),
        ItemClassifier.from_list([*LIST, ("lift", [])]),
    )
    singly = sum(one.learn(text, code) for text, code in lessons)
    rows, codes = counted(text for text, _ in lessons), [code for _, code in lessons]
    assert many.learn_counted(rows, codes) == singly
    asked = ["路灯不亮", "臭水沟", "夜里很吵"]
    found = [{g.code: g.probability for guesses in c.rank(asked) for g in guesses[:4]} for c in (one, many)]
    assert found[0] == pytest.approx(found[1], abs=1e-4)


def test_a_text_comes_back_from_what_was_kept_of_it() -> None:
    texts = ["路灯不亮", "", "臭水沟臭水沟"]
    assert (recalled([kept(text) for text in texts]) != counted(texts)).nnz == 0


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_probabilities_are_shares_of_one_for_any_text(text: str) -> None:
    [guesses] = ItemClassifier.from_list(LIST).rank([text], limit=3, words=True)
    assert sum(guess.probability for guess in guesses) == pytest.approx(1.0)
    assert all(word in "".join(text.split()) for guess in guesses for word in guess.words)


def test_settled_cases_teach_a_machine() -> None:
    texts = [f"{place}{words}" for place in "东西南北中" for _, parts in LIST for words, _ in parts]
    codes = [code for _ in "东西南北中" for code, parts in LIST for _ in parts]
    classifier = ItemClassifier.fitted(texts, codes)
    assert classifier.rank(["南边路灯坏了"])[0][0].code == "lamp"
    assert measured(list(zip(texts, codes, strict=True)), [("东路灯不亮了", "lamp")])["accuracy"] == 1.0


def test_vectors_have_length_one_and_empty_texts_none() -> None:
    rows = counted(["臭水沟", ""])
    lengths = np.asarray(weighted(rows, rarity(rows)).power(2).sum(axis=1)).ravel()
    assert lengths == pytest.approx([1.0, 0.0])


def test_words_that_were_cut_count_beside_the_characters() -> None:
    assert list(grams("臭水")) == ["臭", "水", "臭水"]
    cut, whole = counted(["小区 门口 很大 臭水沟", "小区门口很大臭水沟"])
    assert cut[:, :BODY].nnz == whole[:, :BODY].nnz
    assert cut.nnz > whole.nnz


def test_a_sentence_and_its_words_without_particles_look_alike() -> None:
    whole, cut = counted(["我们小区门口的路灯不亮了", "小区 门口 路灯 不亮"])[:, :BODY].toarray()
    assert (whole == cut).all()


def test_neighbouring_pairs_are_told_as_one_word() -> None:
    joined, columns = pairs("臭水沟 没人管")
    assert columns == [column(joined[i : i + 2]) for i in range(5)]
    assert deciding(joined, [1.0, 1.0, 0.0, 0.5, 0.1]) == ["臭水沟", "没人"]


def test_single_characters_count_little_on_day_one() -> None:
    weights = plainness(["臭水的"])
    assert weights[column("臭水")] == 1.0 > weights[column("臭")]


def test_a_text_that_matches_nothing_well_stays_unsure() -> None:
    [[best, *_]] = ItemClassifier.from_list(LIST).rank(["今天天气晴朗"])
    assert best.probability < UNSURE_BELOW


def test_sharpness_finds_what_the_scores_are_worth() -> None:
    sure = np.array([[1.0, 0.0]] * 50)
    assert sharpness(sure, np.zeros(50, dtype=int)) > 10
    assert sharpness(sure, np.array([0, 1] * 25)) < 1
    assert probabilities(sure, 1.0).sum(axis=1) == pytest.approx(np.ones(50))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("请问怎么办理居住证？", AppealKind.INQUIRY),
        ("举报楼下黑作坊无证经营", AppealKind.REPORT),
        ("楼上半夜施工噪音扰民，强烈要求处理", AppealKind.COMPLAINT),
        ("路灯不亮，麻烦帮忙修一下，谢谢！", AppealKind.HELP),
        ("建议在路口增设红绿灯", AppealKind.SUGGESTION),
        ("社区工作人员帮我找回老人，特此感谢，送上锦旗", AppealKind.THANKS),
        ("", AppealKind.HELP),
    ],
)
def test_the_kind_is_told_by_turns_of_phrase(text: str, kind: AppealKind) -> None:
    assert guess_kind(text) is kind


@pytest.mark.realdata
@pytest.mark.slow
def test_public_messages_are_given_their_item() -> None:
    if not TOKENS.exists():
        pytest.skip("the public messages are not beside the checkout")
    lines = read_labelled(TOKENS)
    report = measured([x for i, x in enumerate(lines) if i % 5], lines[::5])
    assert report["macro_f1"] > 0.89
    assert report["ece"] < 0.06


def test_kinds_are_told_by_turns_of_phrase() -> None:
    def right(said: dict[str, tuple[str, ...]]) -> float:
        told = [guess_kind(text).value == kind for kind, texts in said.items() for text in texts]
        return sum(told) / len(told)

    assert right(kinds.KNOWN) >= 0.95
    assert right(kinds.UNSEEN) >= 0.9
