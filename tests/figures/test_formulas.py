"""Indicators are data: only sums and products of what is counted, in fractions, by the version of their day."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.figures.rules.expressions import names, value
from huying.figures.rules.formulas import DEFAULTS, Formula, in_force, reckon
from huying.figures.rules.measures import Measure as M
from huying.kernel.errors import Invalid

SCORE = next(formula for formula in DEFAULTS if formula.code == "score")


def test_every_default_can_be_reckoned_and_has_a_name_in_both_languages() -> None:
    for formula in DEFAULTS:
        formula.check()
        assert formula.zh
        assert formula.en
    assert len({formula.code for formula in DEFAULTS}) == len(DEFAULTS)


def test_the_score_of_a_known_month() -> None:
    counts = {M.VALID: 200, M.RESPONDED: 190, M.SOLVED: 150, M.SATISFIED: 120, M.BASICALLY: 30}
    # 100 x (0.1 x 190/200 + 0.5 x 150/200 + 0.4 x (120 + 27)/200)
    assert reckon(SCORE, counts).value == Decimal("76.400000")


def test_nothing_to_judge_has_no_value() -> None:
    figure = reckon(SCORE, {})
    assert figure.value is None
    assert figure.denominator == 0


@settings(deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_nine_tenths_are_nine_tenths(a: int, b: int, c: int) -> None:
    found = value("a_ + 0.9 * (b_ - c_)".replace("a_", "solved").replace("b_", "valid").replace("c_", "rework"),
                  {M.SOLVED: a, M.VALID: b, M.REWORK: c})  # fmt: skip
    assert Fraction(*found) == a + Fraction(9, 10) * (b - c)


@settings(deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(1, 10**9))
def test_an_indicator_is_rounded_once_half_to_even(a: int, b: int, c: int) -> None:
    formula = Formula("odd", "怪", "Odd", "solved - 0.5 * reported", "3 * valid")
    exact = Fraction(2 * a - b, 6 * c)
    figure = reckon(formula, {M.SOLVED: a, M.REPORTED: b, M.VALID: c})
    assert figure.value is not None
    # Python rounds a fraction half to even as well.
    assert Fraction(figure.value) == round(exact * 10**6) / Fraction(10**6)


@pytest.mark.parametrize(
    "text",
    [
        "", "valid /", "valid / 2", "valid ** 9", "__import__('os')", "valid.real", "nothing", "True", "'a'",
        "valid if 1 else 2",        "[valid]", "lambda: 1", "valid" + "+1" * 300, "1j", "not valid",
        "1e999", "9" * 390,
    ],
)  # fmt: skip
def test_nothing_else_is_an_expression(text: str) -> None:
    with pytest.raises(Invalid):
        names(text)


def test_two_counts_are_never_multiplied() -> None:
    with pytest.raises(Invalid):
        Formula("odd", "怪", "Odd", "solved * valid", "valid").check()


def test_the_newest_version_that_had_begun_holds() -> None:
    def own(version: int, day: int) -> Formula:
        return Formula(
            "score", "得分", "Score", "solved", "valid", version=version, valid_from=date(2026, 3, day)
        )

    mine = [own(2, 20), own(1, 10)]
    chosen = [
        next(f.version for f in in_force(mine, date(2026, 3, day)) if f.code == "score")
        for day in (9, 10, 19, 20, 31)
    ]
    assert chosen == [0, 1, 1, 2, 2]
    assert len(in_force(mine, date(2026, 3, 31))) == len(DEFAULTS)
