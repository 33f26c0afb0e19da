"""Ranking: ties share a rank, too little to judge has none, and order of rows makes no difference."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from huying.figures.queries.boards.figuring import Figures
from huying.figures.rules.formulas import DEFAULTS
from huying.figures.rules.measures import Measure
from huying.figures.rules.ranking import ranked

COUNTS = st.fixed_dictionaries({Measure.VALID: st.integers(0, 9), Measure.SOLVED: st.integers(0, 9)})


@dataclass(frozen=True)
class Row:
    key: str
    counts: dict[Measure, int]
    figures: Figures


def _row(key: str, **counts: int) -> Row:
    told = {Measure(name): number for name, number in counts.items()}
    return Row(key, told, Figures(told, DEFAULTS))


def test_who_has_one_follow_up_does_not_stand_first() -> None:
    rows = [_row("few", valid=1, solved=1), _row("many", valid=50, solved=45), _row("none")]
    assert [(row.key, rank) for row, rank in ranked(rows, "solved_rate", 5)] == [
        ("many", 1),
        ("few", None),
        ("none", None),
    ]


def test_equal_values_share_a_rank_and_the_next_is_as_far_down_as_there_are_before() -> None:
    rows = [_row("a", valid=10, solved=9), _row("b", valid=20, solved=18), _row("c", valid=10, solved=5)]
    assert [rank for _row, rank in ranked(rows, "solved_rate", 5)] == [1, 1, 3]


def test_ratings_are_few_and_each_is_enough() -> None:
    rows = [_row("a", rated=3, rated_points=15), _row("b", rated=1, rated_points=2)]
    assert [(row.key, rank) for row, rank in ranked(rows, "street_score", 5)] == [("a", 1), ("b", 2)]


@given(st.lists(COUNTS, max_size=8), st.integers(1, 6))
def test_ranks_follow_the_value_and_not_the_order(found: list[dict[Measure, int]], least: int) -> None:
    rows = [Row(str(n), counts, Figures(counts, DEFAULTS)) for n, counts in enumerate(found)]
    told = {row.key: rank for row, rank in ranked(rows, "solved_rate", least)}
    assert told == {row.key: rank for row, rank in ranked(rows[::-1], "solved_rate", least)}
    for row in rows:
        better = [
            one for one in rows
            if one.counts[Measure.VALID] >= least and row.counts[Measure.VALID] >= least
            and one.figures["solved_rate"].value > row.figures["solved_rate"].value  # type: ignore[operator]
        ]  # fmt: skip
        assert told[row.key] == (len(better) + 1 if row.counts[Measure.VALID] >= least else None)


def test_a_promise_kept_and_then_found_not_to_be_is_judged_once() -> None:
    kept = _row("a", promise_kept=3, promise_contested=3, promise_broken=3)
    assert [rank for _row, rank in ranked([kept], "promise_rate", 5)] == [None], "three promises were judged"
    more = _row("b", promise_kept=4, promise_contested=1, promise_broken=2)
    assert [rank for _row, rank in ranked([more], "promise_rate", 5)] == [1]


def test_a_number_in_front_makes_no_more_matters_of_those_that_are_judged() -> None:
    assert [rank for _row, rank in ranked([_row("a", closed=4, close_minutes=60)], "close_hours", 5)] == [
        None
    ]
