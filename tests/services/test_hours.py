"""Opening hours: read as an office writes them, kept as they are read, and asked about minute by minute."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.kernel.errors import Invalid
from huying.services.rules.hours import (
    Exceptional,
    Week,
    read_hours,
    read_spans,
    standing,
    today_of,
    words_of,
)
from huying.worktime import Calendar, Day, DayKind

ZONE = ZoneInfo("Asia/Shanghai")
FEAST = date(2026, 5, 1)  # a Friday
MADE_UP = date(2026, 5, 9)  # a Saturday that is worked
CALENDAR = Calendar(
    days={FEAST: Day(DayKind.HOLIDAY, "劳动节"), MADE_UP: Day(DayKind.MAKE_UP, "劳动节调休")},
    covers=(date(2026, 1, 1), date(2026, 12, 31)),
)
OFFICE = "周一至周五 09:00-12:00 14:00-17:30；周六 09:00-12:00；节假日 休息"


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (OFFICE, OFFICE),
        ("周一到周五9:00 - 12:00", None),
        ("周一-周五 9:00-12:00，14：00—17：30", "周一至周五 09:00-12:00 14:00-17:30"),
        ("每天 24小时", "每天 全天"),
        ("全天", "每天 全天"),
        ("08:00-20:00", "每天 08:00-20:00"),
        ("工作日 09:00-17:00；周末 休息", "周一至周五 09:00-17:00"),
        ("周一、周三、周五 09:00-10:00", "周一 09:00-10:00；周三 09:00-10:00；周五 09:00-10:00"),
        ("周六至周一 20:00-02:00", "周一 20:00-02:00；周六至周日 20:00-02:00"),
        ("每天 09:00-17:00；周一 闭馆", "周二至周日 09:00-17:00"),
    ],
)
def test_what_offices_write_is_read_and_kept_in_one_form(text: str, kept: str | None) -> None:
    if kept is None:
        with pytest.raises(Invalid):
            read_hours(text)
        return
    assert words_of(read_hours(text)) == kept
    assert words_of(read_hours(kept)) == kept


@pytest.mark.parametrize("text", ["九点到五点", "周一 25:00-26:00", "周一 09:00-09:00", "周一 09:00-12:00 11:00-13:00",
                                  "周八 09:00-12:00", "节假日 周一 休息", "周一 09:61-10:00", "长" * 301])  # fmt: skip
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        read_hours(text)


def test_nothing_written_is_nothing_known() -> None:
    assert read_hours("  ") is None
    assert standing(None, [], CALENDAR, at(FEAST, 10)).open is None


def test_a_place_is_open_until_noon_and_again_in_the_afternoon() -> None:
    week = read_hours(OFFICE)
    monday = date(2026, 3, 2)
    morning = standing(week, [], CALENDAR, at(monday, 9))
    assert (morning.open, morning.until) == (True, at(monday, 12))
    noon = standing(week, [], CALENDAR, at(monday, 12))
    assert (noon.open, noon.until) == (False, at(monday, 14))
    friday = date(2026, 3, 6)
    evening = standing(week, [], CALENDAR, at(friday, 18))
    assert (evening.open, evening.until) == (False, at(friday + timedelta(days=1), 9))


def test_a_holiday_closes_what_says_so_and_a_saturday_that_is_worked_is_like_a_weekday() -> None:
    week = read_hours(OFFICE)
    feast = standing(week, [], CALENDAR, at(FEAST, 10))
    assert (feast.open, feast.until, feast.why) == (False, at(FEAST + timedelta(days=1), 9), "劳动节")
    assert standing(week, [], CALENDAR, at(MADE_UP, 16)).open
    assert not standing(week, [], CALENDAR, at(MADE_UP - timedelta(days=7), 16)).open
    plain = read_hours("周一至周五 09:00-12:00")
    assert standing(plain, [], CALENDAR, at(FEAST, 10)).open


def test_an_exception_goes_before_a_holiday_and_the_shorter_before_the_longer() -> None:
    week = read_hours(OFFICE)
    long = Exceptional(FEAST, FEAST + timedelta(days=30), (), "装修")
    short = Exceptional(FEAST, FEAST, read_spans("10:00-11:00"), "开放日")
    assert today_of(week, [long, short], CALENDAR, FEAST) == (((600, 660),), "开放日")
    shut = standing(week, [long], CALENDAR, at(FEAST, 10))
    assert (shut.open, shut.until, shut.why) == (False, None, "装修")


def test_what_is_open_over_midnight_is_one_stretch() -> None:
    week = read_hours("每天 18:00-02:00")
    day = date(2026, 3, 2)
    assert standing(week, [], CALENDAR, at(day, 1)).until == at(day, 2)
    assert standing(week, [], CALENDAR, at(day, 23)).until == at(day + timedelta(days=1), 2)
    always = standing(read_hours("每天 全天"), [], CALENDAR, at(day, 3))
    assert (always.open, always.until) == (True, None)


SPANS = st.lists(st.tuples(st.integers(0, 95), st.integers(1, 24)), max_size=2).map(
    lambda pairs: _apart([(15 * begin, 15 * (begin + long)) for begin, long in pairs])
)


def _apart(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    kept: list[tuple[int, int]] = []
    for begins, ends in sorted(spans):
        if not kept or begins >= kept[-1][1]:
            kept.append((begins, ends))
    return tuple(kept)


WEEKS = st.builds(Week, st.tuples(*[SPANS] * 7), st.one_of(st.none(), SPANS))


@given(WEEKS, st.integers(0, 21 * 96))
def test_a_standing_is_that_of_a_minute_by_minute_look(week: Week, quarter: int) -> None:
    now = at(date(2026, 4, 25), 0) + timedelta(minutes=15 * quarter + 7)

    def open_at(moment: datetime) -> bool:
        for back in (0, 1):
            day = moment.date() - timedelta(days=back)
            minute = 60 * moment.hour + moment.minute + 1440 * back
            spans = today_of(week, [], CALENDAR, day)[0]
            if any(begins <= minute < ends for begins, ends in spans):
                return True
        return False

    found = standing(week, [], CALENDAR, now)
    assert found.open is open_at(now)
    if found.until is not None:
        assert found.until > now
        assert open_at(found.until) is not found.open
        steps = int((found.until - now).total_seconds() // 900)
        assert all(open_at(now + timedelta(minutes=15 * step)) is found.open for step in range(steps))


@given(WEEKS)
def test_a_week_survives_being_written_down(week: Week) -> None:
    assert read_hours(words_of(week)) == week
