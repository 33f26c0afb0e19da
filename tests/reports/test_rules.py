"""When reports are due, and what of a street's health is normal."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.figures.rules.formulas import DEFAULTS
from huying.figures.rules.measures import Measure as M
from huying.figures.rules.periods import Period
from huying.kernel.errors import Invalid
from huying.reports.rules.health import (
    LEAST_MONTHS,
    LEAST_OTHERS,
    Basis,
    Health,
    Indicator,
    Limits,
    Value,
    read,
    value_of,
)
from huying.reports.rules.kinds import ReportKind
from huying.reports.rules.schedule import CAUGHT_UP, Times, due_at, due_periods
from huying.reports.rules.schedule import DEFAULTS as TIMES

ZONE = ZoneInfo("Asia/Shanghai")


def _at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZONE)


def test_each_kind_is_due_on_its_morning_and_not_before() -> None:
    monday = (2026, 6, 1)
    assert due_periods(ReportKind.DAY, TIMES[ReportKind.DAY], _at(*monday, 4, 59), ZONE)[-1] == Period.day(
        date(2026, 5, 30)
    )
    assert due_periods(ReportKind.DAY, TIMES[ReportKind.DAY], _at(*monday, 5), ZONE)[-1] == Period.day(
        date(2026, 5, 31)
    )
    assert due_periods(ReportKind.WEEK, TIMES[ReportKind.WEEK], _at(*monday, 5, 30), ZONE)[-1] == Period.week(
        date(2026, 5, 31)
    )
    assert due_periods(ReportKind.MONTH, TIMES[ReportKind.MONTH], _at(*monday, 6), ZONE)[-1] == Period.month(
        2026, 5
    )
    assert due_periods(ReportKind.MONTH, TIMES[ReportKind.MONTH], _at(*monday, 5, 59), ZONE)[
        -1
    ] == Period.month(2026, 4)


@given(
    kind=st.sampled_from(list(ReportKind)),
    minutes=st.integers(0, 400 * 24 * 60),
    at=st.times(),
    after=st.integers(1, 7),
)
def test_what_is_due_is_over_in_order_and_never_more_than_is_caught_up(
    kind: ReportKind, minutes: int, at: time, after: int
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    times = Times(at.replace(tzinfo=None, fold=0), after)
    found = due_periods(kind, times, now, ZONE)
    assert len(found) == CAUGHT_UP[kind]
    assert all(due_at(times, one, ZONE) <= now for one in found)
    assert all(one.last + timedelta(days=1) == other.first for one, other in pairwise(found))
    following = found[-1].last + timedelta(days=1)
    # The next one is not due: nothing was passed over.
    nxt = {ReportKind.DAY: Period.day, ReportKind.WEEK: Period.week}.get(
        kind, lambda on: Period.month(on.year, on.month)
    )
    assert due_at(times, nxt(following), ZONE) > now


def test_nothing_is_due_of_what_is_switched_off_and_times_have_bounds() -> None:
    assert due_periods(ReportKind.DAY, Times(time(5), on=False), _at(2026, 6, 1, 9), ZONE) == []
    with pytest.raises(Invalid):
        Times(time(5), 8).check(ReportKind.WEEK)
    Times(time(5), 7).check(ReportKind.WEEK)


_FORMULAS = {one.code: one for one in DEFAULTS}


def _steady(value: str, months: int = 12) -> list[Decimal]:
    return [Decimal(value) + Decimal(n % 3 - 1) / 100 for n in range(months)]


def test_a_rate_below_its_usual_is_off_and_one_within_it_is_not() -> None:
    past = _steady("0.90")
    low = read(Indicator.IN_TIME, Value(Decimal("0.75"), Decimal(400)), past, [], Limits())
    good = read(Indicator.IN_TIME, Value(Decimal("0.89"), Decimal(400)), past, [], Limits())
    assert (low.health, good.health) == (Health.OFF, Health.GOOD)
    better = read(Indicator.IN_TIME, Value(Decimal("0.99"), Decimal(400)), past, [], Limits())
    assert better.health is Health.GOOD


def test_few_matters_make_the_normal_range_wide() -> None:
    past = [Decimal("0.90")] * 12
    few = read(Indicator.SOLVED, Value(Decimal("0.80"), Decimal(20)), past, [], Limits())
    many = read(Indicator.SOLVED, Value(Decimal("0.80"), Decimal(2000)), past, [], Limits())
    assert (few.health, many.health) == (Health.GOOD, Health.OFF)


def test_a_count_is_judged_by_its_own_past_alone() -> None:
    streets = [Decimal(10), Decimal(12), Decimal(11)]
    large = Value(Decimal(400), Decimal(400))
    found = read(Indicator.RECEIVED, large, [], streets, Limits())
    assert (found.health, found.streets, found.bases) == (Health.ALONE, None, ())
    assert read(Indicator.RECEIVED, large, [Decimal(395)] * 6, streets, Limits()).health is Health.GOOD
    assert read(Indicator.RECEIVED, large, [Decimal(300)] * 6, streets, Limits()).health is Health.OFF
    # Fewer matters are no trouble.
    assert read(Indicator.RECEIVED, large, [Decimal(600)] * 6, streets, Limits()).health is Health.GOOD


def test_a_rate_far_from_the_other_streets_is_behind_them() -> None:
    streets = [Decimal("0.90"), Decimal("0.91"), Decimal("0.92"), Decimal("0.70")]
    found = read(Indicator.SATISFIED, Value(Decimal("0.70"), Decimal(900)), [], streets, Limits())
    assert found.health is Health.BEHIND
    few = read(Indicator.SATISFIED, Value(Decimal("0.85"), Decimal(25)), [], streets, Limits())
    assert few.health is Health.GOOD


def test_what_has_nothing_to_be_held_against_is_not_called_normal() -> None:
    fine = Value(Decimal("0.90"), Decimal(900))
    for others in ([], [Decimal("0.90")]):
        alone = read(Indicator.SATISFIED, fine, [Decimal("0.9")] * (LEAST_MONTHS - 1), others, Limits())
        assert (alone.health, alone.streets, alone.bases) == (Health.ALONE, None, ())
    peers = read(Indicator.SATISFIED, fine, [], [Decimal("0.90"), Decimal("0.91")], Limits())
    assert (peers.health, peers.bases) == (Health.GOOD, (Basis.OTHERS,))
    own = read(Indicator.SATISFIED, fine, [Decimal("0.9")] * LEAST_MONTHS, [], Limits(high=Decimal(1)))
    assert (own.health, own.bases) == (Health.GOOD, (Basis.OWN, Basis.SET))


@given(value=st.integers(0, 100), others=st.lists(st.integers(0, 100), max_size=6), months=st.integers(0, 5))
def test_good_always_says_what_it_is_held_against(value: int, others: list[int], months: int) -> None:
    given_value = Value(Decimal(value) / 100, Decimal(500))
    peers = [Decimal(one) / 100 for one in others]
    found = read(Indicator.SOLVED, given_value, [Decimal("0.5")] * months, peers, Limits())
    assert (found.health is Health.ALONE) == (not found.bases)
    assert (found.streets is None) == (len(others) < LEAST_OTHERS)


def test_what_the_district_set_holds_beside_it() -> None:
    limits = Limits(high=Decimal(5))
    assert read(Indicator.LATE, Value(Decimal(6), Decimal(6)), [], [], limits).health is Health.OFF
    assert read(Indicator.LATE, Value(Decimal(5), Decimal(5)), [], [], limits).health is Health.GOOD
    with pytest.raises(Invalid):
        Limits(low=Decimal(2), high=Decimal(1)).check()
    with pytest.raises(Invalid):
        Limits(width=Decimal(0)).check()


def test_a_rate_of_few_is_none_and_says_so() -> None:
    few = value_of(Indicator.IN_TIME, {M.HANDLE_IN_TIME: 10, M.HANDLE_LATE: 9}, _FORMULAS)
    assert few is None
    assert read(Indicator.IN_TIME, few, _steady("0.9"), [], Limits()).health is Health.UNKNOWN
    assert value_of(Indicator.IN_TIME, {M.HANDLE_IN_TIME: 15, M.HANDLE_LATE: 5}, _FORMULAS) == Value(
        Decimal("0.75"), Decimal(20)
    )
    assert value_of(Indicator.LATE, {}, _FORMULAS) == Value(Decimal(0), Decimal(0))
