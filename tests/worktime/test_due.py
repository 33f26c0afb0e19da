"""Due times: worked examples, the laws they obey, and how quick they are."""

import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from huying.kernel.errors import Invalid
from huying.worktime import (
    Calendar,
    Limit,
    Pause,
    Unit,
    due,
    extend,
    mainland,
    merged,
    opens,
    remaining,
    span,
    worked,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = mainland()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


MOMENTS = st.datetimes(
    datetime.fromisoformat("2024-01-01"), datetime.fromisoformat("2027-12-31"), timezones=st.just(UTC)
)
LIMITS = st.builds(Limit, st.decimals("0.01", 40, places=2), st.sampled_from(list(Unit)))
SPANS = st.timedeltas(timedelta(0), timedelta(days=40))
PAUSES = st.lists(st.tuples(MOMENTS, SPANS).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=4)


@pytest.mark.parametrize(
    ("start", "limit", "expected"),
    [
        # National Day 2026 runs 10-01 to 10-07; Saturday 10-10 is a make-up workday.
        ("2026-09-30 17:00", "2工作日", "2026-10-09 17:00"),
        ("2026-09-30 18:00", "1工作日", "2026-10-08 18:00"),
        ("2026-10-09 10:30", "1工作日", "2026-10-10 10:30"),
        ("2026-10-09 10:30", "2工作日", "2026-10-12 10:30"),
        ("2026-11-23 11:00", "2小时", "2026-11-23 15:00"),
        ("2026-11-23 12:30", "2小时", "2026-11-23 16:00"),
        ("2026-11-23 10:00", "2小时", "2026-11-23 12:00"),
        ("2026-11-23 07:00", "8小时", "2026-11-23 18:00"),
        ("2026-11-20 17:30", "1小时", "2026-11-23 08:30"),
        ("2026-11-23 10:30", "0.5工作日", "2026-11-23 16:30"),
        ("2026-10-03 23:30", "2紧急工作时", "2026-10-04 01:30"),
        ("2026-09-30 17:00", "2紧急工作日", "2026-10-02 17:00"),
        ("2026-09-30 17:00", "60自然日", "2026-11-29 17:00"),
    ],
)
def test_worked_examples(start: str, limit: str, expected: str) -> None:
    assert due(at(start), Limit.parse(limit), CALENDAR) == at(expected)


def test_a_pause_stops_the_clock_and_overlapping_pauses_are_one() -> None:
    start, limit = at("2026-11-23 09:00"), Limit.parse("4小时")
    pauses = [
        (at("2026-11-23 15:00"), at("2026-11-24 10:00")),
        (at("2026-11-24 09:00"), at("2026-11-24 11:00")),
        (at("2026-11-20 09:00"), at("2026-11-23 09:30")),
        (at("2026-11-25 09:00"), at("2026-11-25 11:00")),
    ]
    # 09:30–12:00 and 14:00–15:00 are three and a half hours; half an hour is left on Tuesday from 11:00.
    assert due(start, limit, CALENDAR, pauses) == at("2026-11-24 11:30")
    assert len(merged(pauses)) == 3


def test_a_pause_inside_another_changes_nothing() -> None:
    outer = (at("2026-11-23 10:00"), at("2026-11-23 17:00"))
    inner = (at("2026-11-23 11:00"), at("2026-11-23 15:00"))
    for pauses in ([outer, inner], [inner, outer]):
        assert due(at("2026-11-23 09:00"), Limit.parse("2小时"), CALENDAR, pauses) == at("2026-11-23 18:00")


@pytest.mark.parametrize("limit", ["2小时", "2紧急工作时"])
def test_a_limit_that_runs_out_as_a_pause_begins_is_due_then(limit: str) -> None:
    pause = (at("2026-11-23 11:00"), at("2026-11-25 11:00"))
    assert due(at("2026-11-23 09:00"), Limit.parse(limit), CALENDAR, [pause]) == pause[0]


def test_an_urgent_pause_shifts_by_its_whole_length() -> None:
    pause = (at("2026-11-23 23:00"), at("2026-11-24 01:30"))
    assert due(at("2026-11-23 22:00"), Limit.parse("2紧急工作时"), CALENDAR, [pause]) == at(
        "2026-11-24 02:30"
    )


def test_extension_adds_the_original_limit_to_the_current_due_time() -> None:
    limit = Limit.parse("2工作日")
    first = due(at("2026-09-30 17:00"), limit, CALENDAR)
    assert extend(first, limit, CALENDAR) == at("2026-10-12 17:00")


def test_remaining_turns_negative_after_due() -> None:
    end = at("2026-11-23 15:00")
    assert remaining(at("2026-11-23 11:00"), end, Unit.WORK_HOUR, CALENDAR) == timedelta(hours=2)
    assert remaining(at("2026-11-24 09:00"), end, Unit.WORK_HOUR, CALENDAR) == timedelta(hours=-4)
    assert remaining(at("2026-11-23 16:00"), end, Unit.URGENT_HOUR, CALENDAR) == timedelta(hours=-1)


def test_opens_is_the_next_moment_of_work() -> None:
    assert opens(at("2026-09-30 20:00"), CALENDAR) == at("2026-10-08 08:00")
    assert opens(at("2026-11-23 12:00"), CALENDAR) == at("2026-11-23 14:00")
    assert opens(at("2026-11-23 09:15"), CALENDAR) == at("2026-11-23 09:15")


@given(MOMENTS, LIMITS, PAUSES)
def test_due_is_the_first_moment_at_which_the_limit_is_worked(
    start: datetime, limit: Limit, pauses: list[Pause]
) -> None:
    end, whole = due(start, limit, CALENDAR, pauses), span(limit, CALENDAR)
    assert worked(start, end, limit.unit, CALENDAR, pauses) == whole
    assert worked(start, end - timedelta(microseconds=1), limit.unit, CALENDAR, pauses) < whole


@given(MOMENTS, SPANS, LIMITS, PAUSES)
def test_a_later_start_is_never_due_earlier(
    start: datetime, later: timedelta, limit: Limit, pauses: list[Pause]
) -> None:
    assert due(start, limit, CALENDAR, pauses) <= due(start + later, limit, CALENDAR, pauses)


@given(MOMENTS, LIMITS, PAUSES, st.tuples(MOMENTS, SPANS))
def test_one_more_pause_never_brings_due_forward(
    start: datetime, limit: Limit, pauses: list[Pause], more: tuple[datetime, timedelta]
) -> None:
    longer = [*pauses, (more[0], more[0] + more[1])]
    assert due(start, limit, CALENDAR, longer) >= due(start, limit, CALENDAR, pauses)


@given(MOMENTS, LIMITS, PAUSES, st.integers(1, 3))
def test_extensions_add_up(start: datetime, limit: Limit, pauses: list[Pause], count: int) -> None:
    step = due(start, limit, CALENDAR, pauses)
    for _ in range(count):
        step = extend(step, limit, CALENDAR, pauses)
    assert step == due(start, limit, CALENDAR, pauses, extensions=count)


@given(MOMENTS, LIMITS, LIMITS)
def test_two_limits_of_one_unit_add_up(start: datetime, first: Limit, second: Limit) -> None:
    second = Limit(second.amount, first.unit)
    both = Limit(first.amount + second.amount, first.unit)
    assert due(due(start, first, CALENDAR), second, CALENDAR) == due(start, both, CALENDAR)


@given(MOMENTS, MOMENTS, MOMENTS, st.sampled_from(list(Unit)), PAUSES)
def test_time_worked_adds_up(a: datetime, b: datetime, c: datetime, unit: Unit, pauses: list[Pause]) -> None:
    parts = worked(a, b, unit, CALENDAR, pauses) + worked(b, c, unit, CALENDAR, pauses)
    assert parts == worked(a, c, unit, CALENDAR, pauses)


@given(MOMENTS, st.decimals("0.01", 20, places=2))
def test_working_hours_and_days_measure_the_same_time(start: datetime, days: Decimal) -> None:
    assert due(start, Limit(days, Unit.WORK_DAY), CALENDAR) == due(
        start, Limit(days * 8, Unit.WORK_HOUR), CALENDAR
    )


@settings(max_examples=30)
@given(MOMENTS, MOMENTS, LIMITS)
def test_the_order_of_questions_does_not_change_the_answers(
    first: datetime, second: datetime, limit: Limit
) -> None:
    assume(first != second)
    fresh, used = Calendar(), Calendar()
    due(second, limit, used)
    assert due(first, limit, used) == due(first, limit, fresh)


@pytest.mark.parametrize("unit", [Unit.WORK_HOUR, Unit.URGENT_HOUR])
def test_naive_moments_and_turned_pauses_are_refused(unit: Unit) -> None:
    naive, moment, limit = at("2026-11-23 09:00").replace(tzinfo=None), at("2026-11-23 09:00"), Limit(1, unit)
    with pytest.raises(Invalid):
        due(naive, limit, CALENDAR)
    with pytest.raises(Invalid):
        worked(moment, naive, unit, CALENDAR)
    with pytest.raises(Invalid):
        due(moment, limit, CALENDAR, [(moment, moment - timedelta(1))])
    with pytest.raises(Invalid):
        due(moment, limit, CALENDAR, [(naive, naive)])


def test_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(Invalid):
        due(datetime(2199, 12, 1, tzinfo=UTC), Limit(60, Unit.WORK_DAY), Calendar())
    with pytest.raises(Invalid):
        due(datetime(1960, 1, 1, tzinfo=UTC), Limit(1, Unit.WORK_HOUR), Calendar())


def test_a_long_limit_takes_no_more_steps_than_a_short_one() -> None:
    taken = {days: _calls(Limit(days, Unit.WORK_DAY)) for days in (1, 15, 200)}
    assert max(taken.values()) <= 20, taken


def _calls(limit: Limit) -> int:
    """Functions called for one due time, once the calendar knows its days."""
    start, count = at("2026-09-23 10:30"), 0

    def seen(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    due(start, limit, CALENDAR)
    sys.setprofile(seen)
    try:
        due(start, limit, CALENDAR)
    finally:
        sys.setprofile(None)
    return count
