"""Advice on replies: each thing is said of the sentence it is about, and of nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.cases.rules.advising.advice import MOST, advise
from huying.cases.rules.advising.objections import ObjectionKind as K
from huying.cases.rules.advising.relevance import questions, relevance

APPEAL = "春风路38号门口的下水道堵了三天，污水漫到人行道上，什么时候能疏通？"
GOOD = (
    "经现场核查，春风路38号门口下水道被油污堵住，11月28日已疏通并冲洗人行道。如再堵请拨打街道电话12345678。"
)


def kinds(reply: str, appeal: str = APPEAL, *, solved: bool = True) -> set[K]:
    return {one.kind for one in advise(appeal, reply, {}, solved=solved)}


def test_a_good_reply_is_left_alone() -> None:
    assert advise(APPEAL, GOOD, {}) == []


@pytest.mark.parametrize(
    ("reply", "kind", "sentence"),
    [
        ("下水道已疏通。我单位高度重视您的来信。", K.PLAIN, "我单位高度重视您的来信。"),
        ("您反映的下水道问题已转相关部门处理。", K.PLAIN, "您反映的下水道问题已转相关部门处理。"),
        ("下水道的权属和管养已明确。", K.PLAIN, "下水道的权属和管养已明确。"),
        ("下水道已查看。该处无法疏通。", K.REASON, "该处无法疏通。"),
        ("下水道已疏通。您自己应该爱护，不要乱倒油。", K.TONE, "您自己应该爱护，不要乱倒油。"),
        ("下水道已疏通，已联系张三先生确认。", K.PERSONS, "下水道已疏通，已联系张三先生确认。"),
        ("下水道已查看，手机13812345678。", K.PERSONS, "下水道已查看，手机13812345678。"),
        ("下水道预计12月5日前更换管道。", K.PROMISE, "下水道预计12月5日前更换管道。"),
        ("下水道" + "查看清理" * 30 + "。", K.PLAIN, "下水道" + "查看清理" * 30 + "。"),
    ],
)
def test_each_thing_is_said_of_its_sentence(reply: str, kind: K, sentence: str) -> None:
    assert sentence in {one.sentence for one in advise(APPEAL, reply, {}) if one.kind is kind}


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        ("根据《排水条例》第十二条，该下水道暂不能改线，电话12345678。", K.REASON),
        ("下水道11月3日已于当天疏通完成。", K.PROMISE),
        ("下水道已疏通，截污纳管（把污水接进管道）同时完成。", K.PLAIN),
        ("春风路38号下水道已疏通。", K.RELEVANCE),
        ("下水道已疏通，何先进同志到场。", K.TONE),
        ("王女士您好，您反映的下水道已疏通。", K.PERSONS),
        ("尊敬的李先生：下水道已疏通。", K.PERSONS),
    ],
)
def test_what_is_right_is_not_objected_to(reply: str, kind: K) -> None:
    assert kind not in kinds(reply)


def test_another_matters_reply_is_found_out() -> None:
    assert K.RELEVANCE in kinds("您咨询的居住证，请带身份证到社区大厅办理。")


def test_a_question_left_aside_is_shown() -> None:
    asked = "楼道灯坏了两个月。另外小区充电棚收费标准是多少？"
    found = [one for one in advise(asked, "楼道灯坏了的已更换灯泡。", {}) if one.kind is K.QUESTION]
    assert [one.sentence for one in found] == ["另外小区充电棚收费标准是多少？"]
    assert K.QUESTION not in kinds("楼道灯已换，充电棚收费标准每度0.9元。", asked)
    assert questions(asked) == ["另外小区充电棚收费标准是多少？"]


def test_what_is_not_done_yet_needs_a_time_and_a_number_to_call() -> None:
    assert K.INCOMPLETE in kinds("下水道还在查，需要更换管道。", solved=False)
    assert K.INCOMPLETE not in kinds("下水道12月5日更换，电话12345678。", solved=False)


@given(st.text(max_size=400), st.text(max_size=400), st.booleans())
def test_whatever_is_written_gets_bounded_advice_of_its_own_sentences(
    appeal: str, reply: str, solved: bool
) -> None:
    found = advise(appeal, reply, {}, solved=solved)
    assert len(found) <= MOST
    for one in found:
        assert not one.sentence or one.sentence in (appeal if one.kind is K.QUESTION else reply)
    assert 0.0 <= relevance(appeal, reply, {}) <= 1.0 + 1e-9


@pytest.mark.parametrize("reply", ["", " \n", "的" * 50_000, "😀" * 2_000, "将" * 50_000])
def test_odd_replies_are_read_too(reply: str) -> None:
    assert len(advise(APPEAL, reply, {})) <= MOST
