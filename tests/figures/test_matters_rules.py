"""A case's score is the sum of its lines, within 0 and 100, and each lost point has its line."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.figures.rules.matters import STANDARD, ScoreLine, Sheet, score
from huying.figures.rules.measures import Measure as M
from huying.kernel.errors import Invalid

COUNTS = st.dictionaries(st.sampled_from(list(M)), st.integers(0, 4))


@pytest.mark.parametrize(
    ("counts", "points"),
    [
        ({M.REPORTED: 1, M.HANDLE_IN_TIME: 1, M.SOLVED: 1, M.SATISFIED: 1}, "100.00"),
        # Nobody could be reached: nothing is lost.
        ({M.REPORTED: 1, M.HANDLE_IN_TIME: 1}, "100.00"),
        ({M.HANDLE_LATE: 1, M.HANDLE_LATE_DONE: 1, M.SOLVED: 1, M.SATISFIED: 1}, "80.00"),
        ({M.SOLVED: 1, M.BASICALLY: 1}, "98.00"),
        # Unhappy once, done again, content then.
        ({M.UNSOLVED: 1, M.UNSATISFIED: 1, M.REWORK: 1, M.SOLVED: 1, M.SATISFIED: 1}, "70.00"),
        ({M.DISMISSED: 1, M.SUPERVISED: 1, M.SIGN_LATE: 3}, "80.00"),
        ({M.UPHELD: 1}, "100.00"),
    ],
)
def test_the_platforms_sheet(counts: dict[M, int], points: str) -> None:
    assert score(STANDARD, counts).score == Decimal(points)


@given(COUNTS)
def test_a_score_is_what_its_lines_are_worth(counts: dict[M, int]) -> None:
    found = score(STANDARD, counts)
    assert 0 <= found.score <= 100
    assert found.score == min(max(sum(found.worth.values()), Decimal(0)), Decimal(100))
    for line in STANDARD.lines:
        assert line.least <= found.worth[line.code] <= line.most


def test_the_platforms_sheet_holds_and_what_cannot_be_is_refused() -> None:
    STANDARD.check()
    line = STANDARD.lines[0]
    for lines in (
        [],
        [line, line],
        [replace(line, most=99)],
        [replace(line, points="__import__('os')", most=100)],
        [replace(line, least=40)],
        [ScoreLine("x y", "一", "One", "100", 0, 100)],
    ):
        with pytest.raises(Invalid):
            Sheet(lines).check()
