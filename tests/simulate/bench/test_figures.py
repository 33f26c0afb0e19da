import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.simulate.bench.figures import Figure, percentile, table


@pytest.mark.parametrize(
    ("value", "at_least", "met"),
    [(99, False, True), (101, False, False), (99, True, False), (101, True, True)],
)
def test_a_target_is_reached_from_the_side_that_is_meant(value: float, at_least: bool, met: bool) -> None:
    assert Figure("x", value, "毫秒", 100, at_least=at_least).met is met


def test_what_has_no_target_is_neither_reached_nor_missed() -> None:
    assert Figure("x", 1, "毫秒").met is None


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1.0))
def test_a_percentile_has_its_share_of_the_values_at_or_below_it(values: list[float], share: float) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-6
    assert sum(value < found for value in values) <= share * len(values) + 1e-6


def test_the_table_names_result_target_and_floor() -> None:
    lines = list(
        table(
            [
                Figure("队列", 12.34, "毫秒", 15, 3.21, note="五十行"),
                Figure("受理", 512, "件/秒", 430, at_least=True),
            ]
        )
    )
    assert len(lines) == 4
    assert all(line.count("|") == 7 for line in lines)
    assert all(text in lines[2] for text in ("队列", "12.3 毫秒", "≤ 15", "3.21", "✓", "五十行"))
    assert all(text in lines[3] for text in ("512 件/秒", "≥ 430", "—"))
