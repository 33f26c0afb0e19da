"""Plans as rules: the first that fits decides, one lot for good, risks only ever raise the chance."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.cases.lifecycle import Channel, Level
from huying.catalogue.rules.kinds import AppealKind
from huying.kernel.errors import Invalid
from huying.loop.evaluate.rules import (
    POINTS,
    Ask,
    AskWay,
    CaseFacts,
    FollowUpRule,
    Matters,
    Plan,
    Risk,
    choose,
    is_sampled,
    platform_plans,
)
from huying.loop.evaluate.rules.outcomes import sum_of
from huying.loop.evaluate.rules.plans import check_all, plan_of, said_of, words_of
from huying.loop.evaluate.rules.risk import is_weak
from tests.cast import DISTRICT

RISKS = st.frozensets(st.sampled_from(list(Risk)))
FACTS = st.builds(
    CaseFacts,
    channel=st.sampled_from([one.value for one in Channel]),
    item=st.sampled_from(["", "010101", "0102", "X1"]),
    kind=st.sampled_from([one.value for one in AppealKind]),
    level=st.sampled_from([one.value for one in Level]),
    answered=st.booleans(),
    risks=RISKS,
)
PLANS = st.builds(
    Plan,
    code=st.sampled_from(["a", "b", "c"]),
    name=st.sampled_from(["甲", "乙", "丙"]),
    ask=st.sampled_from(list(Ask)),
    percent=st.integers(0, 100),
    ways=st.permutations(list(AskWay)).map(lambda ways: tuple(ways[:2])),
    matters=st.sampled_from(list(Matters)),
    channels=st.frozensets(st.sampled_from([one.value for one in Channel]), max_size=2),
    kinds=st.frozensets(st.sampled_from([one.value for one in AppealKind]), max_size=2),
    levels=st.frozensets(st.sampled_from([one.value for one in Level]), max_size=2),
    items=st.sampled_from([(), ("01",), ("0101", "X")]),
    days=st.integers(2, 90),
    tries=st.integers(0, 20),
    over_days=st.integers(1, 2),
)


@given(plans=st.lists(PLANS, max_size=4), facts=FACTS, case_id=st.integers(1, 10**12))
def test_the_first_plan_that_fits_decides_and_always_the_same(
    plans: list[Plan], facts: CaseFacts, case_id: int
) -> None:
    chosen = choose(plans, DISTRICT, case_id, facts)
    fitting = [one for one in plans if one.fits(facts)]
    assert (chosen.plan if chosen else None) == (fitting[0] if fitting else None)
    assert chosen == choose(plans, DISTRICT, case_id, facts)
    if chosen:
        assert 0 <= chosen.chance <= 100
        assert chosen.chosen is is_sampled(DISTRICT, case_id, chosen.chance)


@given(plan=PLANS, facts=FACTS, more=RISKS, case_id=st.integers(1, 10**12))
def test_a_further_risk_never_spares_a_case(
    plan: Plan, facts: CaseFacts, more: frozenset[Risk], case_id: int
) -> None:
    worse = replace(facts, risks=facts.risks | more)
    before, after = (choose([plan], DISTRICT, case_id, each) for each in (facts, worse))
    if before and after:
        assert before.chance <= after.chance
        assert after.chosen or not before.chosen


@given(plan=PLANS)
def test_a_plan_is_kept_as_it_is_said(plan: Plan) -> None:
    plan.check()
    assert plan_of(said_of(plan)) == plan


def test_risks_add_to_the_chance_and_a_sample_looks_at_none() -> None:
    plan = Plan("r", "风险", Ask.RISK, 5)
    facts = CaseFacts(
        "hotline", "0101", "complaint", "street", answered=False, risks=frozenset({Risk.REPEATED})
    )
    assert plan.chance(facts) == 5 + POINTS[Risk.REPEATED]
    assert plan.chance(replace(facts, risks=frozenset(Risk))) == 100
    assert replace(plan, ask=Ask.SAMPLE).chance(facts) == 5
    assert replace(plan, ask=Ask.ALL).chance(facts) == 100


def test_what_a_plan_is_about() -> None:
    facts = CaseFacts("hotline", "010203", "complaint", "street", answered=False)
    fits = [
        ({}, True), ({"matters": Matters.ANSWERED}, False), ({"matters": Matters.HANDLED}, True),
        ({"channels": frozenset({"web"})}, False), ({"kinds": frozenset({"complaint"})}, True),
        ({"levels": frozenset({"grid"})}, False), ({"items": ("0102",)}, True), ({"items": ("02",)}, False),
    ]  # fmt: skip
    for narrowed, there in fits:
        assert replace(Plan("a", "甲"), **narrowed).fits(facts) is there, narrowed


def test_enough_is_tried_when_both_times_and_days_are() -> None:
    plan = Plan("a", "甲", tries=3, over_days=2)
    assert [plan.is_through(3, 1), plan.is_through(2, 2), plan.is_through(3, 2)] == [False, False, True]
    assert not replace(plan, tries=0).is_through(20, 20)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"), ({"percent": 101}, "percent"), ({"ways": ()}, "ways"),
        ({"ways": (AskWay.SEAT, AskWay.SEAT)}, "ways"), ({"days": 91}, "days"), ({"tries": 21}, "tries"),
        ({"days": 1, "over_days": 2}, "over_days"), ({"items": ("甲",)}, "items"),
        ({"points": {Risk.URGENT: 101}}, "points"),
        ({"channels": frozenset({"pigeon"})}, "channels"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        replace(Plan("a", "甲"), **wrong).check()  # type: ignore[arg-type]
    assert set(refused.value.fields) == {field}


def test_no_two_plans_have_one_name() -> None:
    with pytest.raises(Invalid):
        check_all([Plan("a", "甲"), Plan("b", " 甲 ")])
    check_all(platform_plans(FollowUpRule()))
    assert list(words_of([Plan("a", "甲")]).values()) == [
        "办理的和当场答复的，全部回访，坐席电话，每种方式 7 天，3 次分 2 天"
    ]


def test_changes_are_told_in_words() -> None:
    narrowed = Plan("a", "甲", channels=frozenset({"web"}), kinds=frozenset({"complaint"}), items=("0102",))
    assert "只限 居民网页、投诉、0102" in next(iter(words_of([narrowed]).values()))


def test_weak_is_who_has_many_unsolved_of_enough_heard() -> None:
    assert [is_weak(9, 9), is_weak(10, 1), is_weak(10, 2), is_weak(100, 15)] == [False, False, True, True]


def test_attempts_are_valid_or_invalid_by_reason() -> None:
    class Said:
        def __init__(self, *, reached: bool, reason: str = "", solved: bool = False, word: str = "") -> None:
            self.reached, self.reason, self.solved, self.satisfaction = reached, reason, solved, word
            self.contacted = solved

    said = [
        Said(reached=True, solved=True, word="basically"), Said(reached=True, word="unsatisfied"),
        Said(reached=False, reason="refused"), Said(reached=False, reason="refused"), Said(reached=False),
    ]  # fmt: skip
    assert sum_of(said) == (5, 2, 1, 1, 0, 1, {"refused": 2, "unknown": 1})
