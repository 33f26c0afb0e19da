"""The class of water by GB 3838-2002."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.devices.rules.water.classes import OXYGEN, PH, WaterBody, WaterClass, class_of, limits
from huying.devices.rules.water.judging import judge
from huying.kernel.errors import Invalid

LAKE, RIVER = WaterBody.LAKE, WaterBody.RIVER
CODES = sorted(limits(LAKE))


@pytest.mark.parametrize(
    ("code", "value", "body", "roman"),
    [
        ("w21003", 0.15, RIVER, "Ⅰ类"),
        ("w21003", 0.151, RIVER, "Ⅱ类"),
        ("w21003", 2.0, RIVER, "Ⅴ类"),
        ("w21003", 2.01, RIVER, "劣Ⅴ类"),
        ("w01018", 15, RIVER, "Ⅰ类"),
        ("w01018", 15.1, RIVER, "Ⅲ类"),
        (OXYGEN, 7.5, RIVER, "Ⅰ类"),
        (OXYGEN, 7.4, RIVER, "Ⅱ类"),
        (OXYGEN, 1.9, RIVER, "劣Ⅴ类"),
        (PH, 9.0, RIVER, "Ⅰ类"),
        (PH, 9.1, RIVER, "劣Ⅴ类"),
        (PH, 5.9, RIVER, "劣Ⅴ类"),
        ("w21011", 0.1, RIVER, "Ⅱ类"),
        ("w21011", 0.1, LAKE, "Ⅳ类"),
        ("w21001", 1.2, LAKE, "Ⅳ类"),
    ],
)
def test_each_factor_has_its_class(code: str, value: float, body: WaterBody, roman: str) -> None:
    found = class_of(code, value, body)
    assert found is not None
    assert found.zh == roman


def test_nitrogen_is_judged_in_lakes_alone_and_turbidity_nowhere() -> None:
    assert class_of("w21001", 9, RIVER) is None
    assert judge({"w21003": 0.1, "w01003": 500.0}).unjudged == ("w01003",)


@given(st.sampled_from(CODES), st.floats(0, 50), st.floats(0, 50), st.sampled_from(WaterBody))
def test_more_is_never_better_except_of_oxygen(code: str, less: float, more: float, body: WaterBody) -> None:
    low, high = (class_of(code, value, body) for value in sorted((less, more)))
    if low is not None and high is not None:
        assert low.rank >= high.rank if code == OXYGEN else low.rank <= high.rank


@given(st.dictionaries(st.sampled_from([*CODES, PH]), st.floats(0, 50), min_size=1))
def test_the_worst_factor_decides(values: dict[str, float]) -> None:
    found = judge(values, LAKE)
    alone = {code: judge({code: value}, LAKE).water for code, value in values.items()}
    assert found.water.rank == max(water.rank for water in alone.values())
    assert set(found.worst) == {code for code, water in alone.items() if water is found.water}


def test_what_is_over_the_target_is_told_with_its_times_the_furthest_first() -> None:
    found = judge({"w21003": 2.5, "w21011": 0.25, OXYGEN: 2.5, PH: 7.0, "w01019": 6.0})
    assert [(one.code, one.times) for one in found.over] == [
        ("w21003", pytest.approx(1.5)),
        (OXYGEN, None),
        ("w21011", pytest.approx(0.25)),
    ]
    assert found.water is WaterClass.BEYOND_V
    assert judge({OXYGEN: 9.0}).factors[0].times is None
    assert judge({"w21003": 2.5}, target=WaterClass.V).over[0].times == pytest.approx(0.25)


def test_missing_factors_are_told() -> None:
    assert judge({"w21003": 0.1, PH: math.nan}).missing == (PH, OXYGEN, "w01019", "w21011")


def test_nothing_to_judge_and_no_target_are_refused() -> None:
    with pytest.raises(Invalid, match="没有可以评价"):
        judge({"w01003": 3.0})
    with pytest.raises(Invalid, match="水质目标"):
        judge({"w21003": 0.1}, target=WaterClass.BEYOND_V)
