"""Calendars: what is refused, what a working day is, and statutory data against an independent source."""

from datetime import UTC, date, datetime, time, timedelta

import chinese_calendar
import pytest

from huying.kernel.errors import Invalid
from huying.worktime import Calendar, Day, DayKind, Limit, Unit, due, mainland, statutory

FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
MORNING = (time(8), time(12))


@pytest.mark.parametrize(
    "sessions",
    [
        (),
        ((time(12), time(8)),),
        (MORNING, (time(11), time(13))),
        (MORNING, (time(12), time(13))),
        ((time(14), time(18)), MORNING),
        ((time(8, 0, 30), time(12)),),
        ((time(8, tzinfo=UTC), time(12, tzinfo=UTC)),),
        ((time(20), time(0)), (time(1), time(2))),
    ],
)
def test_sessions_that_make_no_sense_are_refused(sessions: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(Invalid):
        Calendar(sessions=sessions)


def test_unknown_zones_and_weeks_without_work_are_refused() -> None:
    for zone in ("Asia/Atlantis", "", "../etc"):
        with pytest.raises(Invalid):
            Calendar(zone)
    with pytest.raises(Invalid):
        Calendar(weekend=range(7))


def test_special_days_go_before_weekdays() -> None:
    saturday, monday = date(2026, 11, 21), date(2026, 11, 23)
    calendar = Calendar(days={saturday: Day(DayKind.MAKE_UP, "x"), monday: Day(DayKind.HOLIDAY, "x")})
    assert calendar.is_working(saturday)
    assert not calendar.is_working(monday)
    assert not calendar.is_working(saturday + timedelta(1))
    assert calendar.is_working(monday + timedelta(1))


def test_a_day_on_which_clocks_change_counts_as_long_as_it_is() -> None:
    round_the_clock = Calendar("Europe/Berlin", ((time(0), time(0)),), weekend=())
    start = datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert due(start, Limit(24, Unit.WORK_HOUR), round_the_clock) == start + timedelta(hours=24)
    # At 02:00 the clocks show 03:00: the first session ends there, the second begins there.
    odd = Calendar("Europe/Berlin", ((time(1), time(2, 30)), (time(2, 45), time(4))), weekend=())
    end = due(datetime(2026, 3, 29, 0, tzinfo=UTC), Limit(2, Unit.WORK_HOUR), odd)
    assert end == datetime(2026, 3, 29, 2, tzinfo=UTC)


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_statutory_days_agree_with_chinese_calendar(year: int) -> None:
    calendar, day = mainland(), date(year, 1, 1)
    while day.year == year:
        assert calendar.is_working(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_every_make_up_day_is_a_weekend_and_every_festival_is_there() -> None:
    days = statutory.days()
    assert all(day.weekday() >= 5 for day, why in days.items() if why.kind is DayKind.MAKE_UP)
    for year in range(2024, 2028):
        names = "、".join(why.name for day, why in days.items() if day.year == year)
        assert all(
            festival in names
            for festival in ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
        )
    assert all(why.name_en for why in days.values())


def test_2027_is_provisional_and_2028_unknown() -> None:
    calendar = mainland()
    assert 2027 in calendar.provisional
    assert calendar.is_published(date(2027, 12, 31))
    assert not calendar.is_published(date(2028, 1, 1))
    assert not calendar.is_published(date(2023, 12, 31))
    assert not calendar.is_working(date(2027, 2, 8))


def test_one_calendar_is_kept_for_each_set_of_sessions() -> None:
    assert mainland() is mainland()
    assert mainland((MORNING,)) is not mainland()
    assert mainland((MORNING,)).nominal_day == 4 * 3_600_000_000
