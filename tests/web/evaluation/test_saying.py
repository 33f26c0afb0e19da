"""A formula is read as it is reckoned: a division of sums has its brackets."""

import pytest

from huying.figures.rules.formulas import DEFAULTS, Formula
from huying.web.evaluation.saying import divided


@pytest.mark.parametrize(
    ("above", "below", "read"),
    [
        ("solved", "valid", "已解决 ÷ 有效回访"),
        ("satisfied + 0.9 * basically", "valid", "(满意 + 0.9 × 基本满意) ÷ 有效回访"),
        ("100 * (solved + rework)", "valid", "100 × (已解决 + 返工) ÷ 有效回访"),
        ("solved", "valid + rework", "已解决 ÷ (有效回访 + 返工)"),
        ("close_minutes", "60 * closed", "结案用时（分钟） ÷ (60 × 结案)"),
    ],
)
def test_a_division_of_sums_has_its_brackets(above: str, below: str, read: str) -> None:
    assert divided(Formula("one", "一", "One", above, below)) == read


def test_every_default_is_read() -> None:
    assert all(" ÷ " in divided(one) for one in DEFAULTS)
