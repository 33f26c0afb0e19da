"""By when a promise is due: a day, a season, a condition with a last day."""

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.cases.rules.promising import Season, promised_until, season_ends, seasons_ahead
from huying.kernel.errors import Invalid

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("2027-spring", date(2027, 5, 31)),
        ("2026-summer", date(2026, 8, 31)),
        ("2026-autumn", date(2026, 11, 30)),
        ("2026-winter", date(2027, 2, 28)),
        ("2027-winter", date(2028, 2, 29)),
    ],
)
def test_a_season_ends_with_its_third_month(code: str, day: date) -> None:
    assert season_ends(code) == day


@pytest.mark.parametrize(
    "code", ["", "spring", "2027-", "2027-monsoon", "二〇二七-spring", "1999-spring", "2027"]
)
def test_what_names_no_season_is_refused(code: str) -> None:
    with pytest.raises(Invalid):
        season_ends(code)


@given(st.dates(date(2020, 1, 1), date(2060, 1, 1)))
def test_the_seasons_ahead_begin_with_the_one_that_is_and_follow_one_another(today: date) -> None:
    ends = [season_ends(code) for code in seasons_ahead(today)]
    assert today <= ends[0] < today + timedelta(days=93)
    assert all(
        timedelta(days=88) < later - sooner < timedelta(days=94) for sooner, later in itertools.pairwise(ends)
    )
    assert len({code.split("-")[1] for code in seasons_ahead(today, 4)}) == len(Season)


def test_a_season_lasts_until_its_last_minute_in_the_district() -> None:
    due = promised_until(None, "2026-spring", "", NOW, ZONE)
    assert due.astimezone(ZONE) == datetime(2026, 5, 31, 23, 59, tzinfo=ZONE)


def test_a_condition_needs_a_last_day() -> None:
    with pytest.raises(Invalid) as wrong:
        promised_until(None, "", "雨季结束后", NOW, ZONE)
    assert "最迟哪天" in wrong.value.fields["promise_until"]


@given(st.timedeltas(timedelta(days=-400), timedelta(days=2000)))
def test_a_promise_lies_ahead_and_not_beyond_three_years(away: timedelta) -> None:
    try:
        due = promised_until(NOW + away, "", "", NOW, ZONE)
    except Invalid:
        assert away <= timedelta(0) or away > timedelta(days=3 * 366)
    else:
        assert NOW < due <= NOW + timedelta(days=3 * 366)
