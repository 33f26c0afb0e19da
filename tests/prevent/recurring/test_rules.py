"""What comes again, and what may be said of a project: plain rules, by property."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.prevent.hot_issues.rules.lexicon import Lexicon
from huying.prevent.hot_issues.rules.likeness import Spot, signature, taken_apart
from huying.prevent.recurring.rules.effect import Counts, Finding, effect_of, spans_of
from huying.prevent.recurring.rules.finding import Told, again, recurring

DAY = datetime(2025, 3, 1, 9, tzinfo=UTC)
WORDS = Lexicon.empty()
counts = st.integers(0, 500)


def told(
    number: int,
    day: int,
    lasts: int | None = 3,
    east: float = 0,
    item: str = "D1",
    words: str = "下水道又堵了污水横流",
) -> Told:
    """A case ``east`` metres east of the place, closed after so many days."""
    at = DAY + timedelta(days=day)
    closed = None if lasts is None else at + timedelta(days=lasts)
    spot = Spot(114.3 + east / 102_700, 22.7)
    return Told(number, item, at, closed, signature(taken_apart(words, ""), WORDS, spot))


def test_the_sewer_that_blocks_every_year_is_found_over_wordings() -> None:
    cases = [
        told(1, 0),
        told(2, 200, words="门口下水道堵了，污水漫到街上"),
        told(3, 365, east=40, words="污水横流，下水道堵"),
    ]
    [group] = recurring(cases)
    assert [one.case_id for one in group] == [1, 2, 3]
    assert again(group) == 2


@pytest.mark.parametrize(
    "cases",
    [
        [told(1, 0), told(2, 200)],
        [told(1, 0, lasts=None), told(2, 200, lasts=None), told(3, 300, lasts=None)],
        [told(1, 0), told(2, 5), told(3, 10)],
        [told(1, 0), told(2, 200, east=500), told(3, 365, east=1000)],
        [told(1, 0), told(2, 200, item="D2"), told(3, 365, item="D3")],
        [told(1, 0), told(2, 200, words="abc"), told(3, 365, words="狗叫")],
    ],
    ids=["too few", "never closed", "within days", "elsewhere", "other items", "other words"],
)
def test_what_is_not_the_same_again_is_not_found(cases: list[Told]) -> None:
    assert recurring(cases) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 300)), max_size=14), st.randoms())
def test_no_case_is_in_two_groups_and_the_order_changes_nothing(
    places: list[tuple[int, int]], chance: object
) -> None:
    cases = [told(number, day, east=east) for number, (day, east) in enumerate(places)]
    found = recurring(cases)
    ids = [one.case_id for group in found for one in group]
    assert len(ids) == len(set(ids))
    turned = recurring(cases[::-1])
    assert {frozenset(one.case_id for one in group) for group in turned} == {
        frozenset(one.case_id for one in group) for group in found
    }


def test_a_fall_beyond_what_others_saw_is_called_one() -> None:
    found = effect_of(Counts(100, 20, 100, 95))
    assert found.finding is Finding.FELL
    assert found.ratio == pytest.approx((20.5 / 100.5) / (95.5 / 100.5))


def test_a_fall_that_everybody_saw_is_none() -> None:
    assert effect_of(Counts(60, 30, 200, 100)).finding is Finding.NO_DIFFERENCE


@given(counts, counts, counts, counts)
def test_too_few_are_said_to_be_too_few_and_intervals_hold_their_ratio(
    a: int, b: int, c: int, d: int
) -> None:
    found = effect_of(Counts(a, b, c, d))
    if a < 5 or c < 5:
        assert found.finding is Finding.TOO_FEW
        assert found.ratio is found.low is found.high is None
        return
    assert found.low is not None
    assert found.ratio is not None
    assert found.high is not None
    assert found.low < found.ratio < found.high
    assert (found.finding is Finding.FELL) == (found.high < 1)


@given(st.integers(5, 300), st.integers(0, 300), st.integers(5, 300), st.integers(0, 300))
def test_fewer_afterwards_never_look_worse(before: int, after: int, c: int, d: int) -> None:
    less, more = (
        effect_of(Counts(before, after, c, d)).ratio,
        effect_of(Counts(before, after + 1, c, d)).ratio,
    )
    assert less is not None
    assert more is not None
    assert less < more


@given(st.dates(date(2024, 1, 1), date(2026, 1, 1)), st.integers(0, 900), st.integers(0, 900))
def test_both_spans_are_equally_long_and_none_is_in_the_future(end: date, passed: int, history: int) -> None:
    today = end + timedelta(days=passed)
    found = spans_of(end, today, end - timedelta(days=history))
    assert (found is None) == (passed < 7)
    if found is not None:
        assert found.before[1] - found.before[0] == found.after[1] - found.after[0]
        assert found.before[1] <= end == found.after[0] <= found.after[1] <= today
        assert not found.season or found.before[0] >= end - timedelta(days=history)
