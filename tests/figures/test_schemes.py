"""Periods of assessment follow one another without gap or overlap, also where the scheme changes."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.figures.rules.periods import Period
from huying.figures.rules.schemes import Scheme, is_period, period_around, periods_back
from huying.kernel.errors import Invalid

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
SCHEMES = st.lists(
    st.builds(Scheme, st.integers(1, 28), st.integers(1, 99), DAYS),
    max_size=3,
    unique_by=lambda one: one.version,
)


def test_without_a_scheme_of_its_own_a_district_goes_by_months() -> None:
    assert period_around([], date(2026, 3, 31)) == Period.month(2026, 3)


def test_from_the_nineteenth_to_the_eighteenth_also_over_the_turn_of_the_year() -> None:
    schemes = [Scheme(19, 1, date(2025, 1, 1))]
    assert period_around(schemes, date(2026, 1, 18)) == Period.assessed(2026, 1)
    assert period_around(schemes, date(2026, 1, 19)) == Period.assessed(2026, 2)


def test_a_change_makes_one_period_shorter_and_none_overlap() -> None:
    schemes = [Scheme(19, 1, date(2026, 3, 10))]
    assert period_around(schemes, date(2026, 3, 9)) == Period(date(2026, 3, 1), date(2026, 3, 18))
    assert period_around(schemes, date(2026, 2, 9)) == Period.month(2026, 2)


@given(SCHEMES, DAYS)
def test_every_day_lies_in_one_period_and_they_touch(schemes: list[Scheme], day: date) -> None:
    period = period_around(schemes, day)
    assert period.first <= day <= period.last
    assert is_period(schemes, period)
    assert period_around(schemes, period.first) == period_around(schemes, period.last) == period
    for later, earlier in pairwise(periods_back(schemes, day, 6)):
        assert earlier.last + timedelta(days=1) == later.first


def test_a_day_that_some_months_lack_begins_no_period() -> None:
    with pytest.raises(Invalid):
        Scheme(31)
