"""Due times and time worked agree with a clock watched minute by minute, in three time zones."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.worktime import Calendar, Day, DayKind, Limit, Unit, due, worked
from tests.worktime import oracle

# Around National Day 2026, and around the nights when Berlin and New York change their clocks.
AROUND = [date(2026, 9, 28), date(2026, 10, 22), date(2026, 3, 5), date(2026, 3, 26)]
USUAL = ((time(8), time(12)), (time(14), time(18)))
Pauses = list[tuple[datetime, datetime]]
ALL_DAY = ((time(0), time(0)),)
ODD = ((time(6, 30), time(7)), (time(9), time(11, 42)), (time(20), time(0)))

WALLS = st.builds(
    oracle.Wall,
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York"]),
    sessions=st.sampled_from([USUAL, USUAL, ALL_DAY, ODD]),
    off=st.sets(st.sampled_from([first + timedelta(n) for first in AROUND for n in range(9)]), max_size=9),
    weekend=st.sampled_from([(5, 6), (6,), (), (4, 5)]),
).flatmap(
    lambda wall: st.sets(
        st.sampled_from([first + timedelta(n) for first in AROUND for n in range(12)]), max_size=4
    ).map(lambda on: oracle.Wall(wall.zone, wall.sessions, wall.off - on, on, wall.weekend))  # type: ignore[operator]
)


def _moment(first: date, minutes: int) -> datetime:
    return datetime(first.year, first.month, first.day, tzinfo=UTC) + timedelta(minutes=minutes)


MOMENTS = st.builds(_moment, st.sampled_from(AROUND), st.integers(0, 5 * 1440))
PAUSES = st.lists(
    st.tuples(MOMENTS, st.integers(0, 2000)).map(lambda p: (p[0], p[0] + timedelta(minutes=p[1]))), max_size=3
)
QUARTERS_OF_HOURS = st.integers(1, 80).map(lambda n: Decimal(n) / 4)
QUARTERS_OF_DAYS = st.integers(1, 16).map(lambda n: Decimal(n) / 4)
LIMITS = st.one_of(
    st.builds(Limit, QUARTERS_OF_HOURS, st.sampled_from([Unit.WORK_HOUR, Unit.URGENT_HOUR])),
    st.builds(Limit, QUARTERS_OF_DAYS, st.sampled_from([Unit.WORK_DAY, Unit.URGENT_DAY, Unit.CALENDAR_DAY])),
)


def calendar_of(wall: oracle.Wall) -> Calendar:
    days = {day: Day(DayKind.HOLIDAY, "假") for day in wall.off}
    days |= {day: Day(DayKind.MAKE_UP, "补") for day in wall.on}
    return Calendar(wall.zone, wall.sessions, days, weekend=wall.weekend)


def minutes_of(limit: Limit, wall: oracle.Wall) -> int:
    day = wall.minutes_of_a_day() if limit.unit is Unit.WORK_DAY else 1440
    minutes = limit.amount * (60 if "hour" in limit.unit else day)
    assert minutes == int(minutes)
    return int(minutes)


@settings(max_examples=70, deadline=None)
@given(WALLS, MOMENTS, LIMITS, PAUSES)
def test_due_agrees_with_the_watched_clock(
    wall: oracle.Wall, start: datetime, limit: Limit, pauses: list[tuple[datetime, datetime]]
) -> None:
    counted = wall if limit.unit in {Unit.WORK_HOUR, Unit.WORK_DAY} else None
    expected = oracle.due(start, minutes_of(limit, wall), counted, pauses)
    assert due(start, limit, calendar_of(wall), pauses) == expected


@settings(max_examples=40, deadline=None)
@given(WALLS, MOMENTS, st.integers(0, 9000), st.sampled_from(list(Unit)), PAUSES)
def test_worked_agrees_with_the_watched_clock(
    wall: oracle.Wall, start: datetime, length: int, unit: Unit, pauses: Pauses
) -> None:
    end = start + timedelta(minutes=length)
    counted = wall if unit in {Unit.WORK_HOUR, Unit.WORK_DAY} else None
    expected = timedelta(minutes=oracle.worked(start, end, counted, pauses))
    assert worked(start, end, unit, calendar_of(wall), pauses) == expected
    assert worked(end, start, unit, calendar_of(wall), pauses) == -expected


def test_the_oracle_itself_on_a_day_anyone_can_count() -> None:
    # Friday 17:30, one working hour: half an hour that day, half an hour on Monday.
    friday = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    assert oracle.due(friday, 60, oracle.Wall()) == datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
    assert oracle.Wall().minutes_of_a_day() == 480


@pytest.mark.parametrize("sessions", [USUAL, ODD, ALL_DAY])
def test_a_day_of_the_calendar_is_a_day_of_the_oracle(sessions: tuple[tuple[time, time], ...]) -> None:
    wall = oracle.Wall(sessions=sessions)
    assert calendar_of(wall).nominal_day == wall.minutes_of_a_day() * 60_000_000
