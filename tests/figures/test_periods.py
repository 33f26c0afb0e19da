"""A period is days of the district; whole months in it are read as one row each, and no day twice."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.figures.rules.periods import Period, bounds, local_day
from huying.kernel.errors import Invalid

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def month_days(first: date) -> list[date]:
    found = [first]
    while (found[-1] + timedelta(days=1)).month == first.month:
        found.append(found[-1] + timedelta(days=1))
    return found


@settings(deadline=None)
@given(DAYS, st.integers(0, 1000))
def test_the_parts_cover_every_day_once(first: date, more: int) -> None:
    period = Period(first, first + timedelta(days=more))
    months, stretches = period.parts()
    covered = [day for month in months for day in month_days(month)]
    for start, end in stretches:
        covered += [start + timedelta(days=number) for number in range((end - start).days + 1)]
    assert sorted(covered) == [first + timedelta(days=number) for number in range(more + 1)]
    assert sum((end - start).days + 1 for start, end in stretches) <= 60


@settings(deadline=None)
@given(DAYS)
def test_the_period_before_ends_where_this_one_begins(on: date) -> None:
    for period in (
        Period.day(on),
        Period.week(on),
        Period.month(on.year, on.month),
        Period.assessed(on.year, on.month),
    ):
        assert period.before.last + timedelta(days=1) == period.first
    assert Period.month(on.year, on.month).before.first.day == 1
    assert Period.assessed(on.year, on.month).before.first.day == 19


def test_named_periods() -> None:
    assert Period.assessed(2026, 1) == Period(date(2025, 12, 19), date(2026, 1, 18))
    assert Period.month(2028, 2).last == date(2028, 2, 29)
    assert Period.week(date(2026, 3, 4)) == Period(date(2026, 3, 2), date(2026, 3, 8))
    with pytest.raises(Invalid):
        Period(date(2026, 3, 2), date(2026, 3, 1))


def test_the_day_begins_at_the_districts_midnight() -> None:
    midnight = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)
    assert local_day(midnight, SHANGHAI) == date(2026, 3, 2)
    assert local_day(midnight - timedelta(microseconds=1), SHANGHAI) == date(2026, 3, 1)
    assert bounds(Period.day(date(2026, 3, 2)), SHANGHAI) == (midnight, midnight + timedelta(days=1))
