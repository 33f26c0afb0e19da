"""Quiet hours, allowances, digests and rests, by examples and at random."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.notices.rules.mentions import mentioned
from huying.notices.rules.times import (
    MOST_TRIES,
    NEVER,
    Quiet,
    next_digest,
    out_of_quiet,
    rest_after,
    within_allowance,
)

ZONE = ZoneInfo("Asia/Shanghai")
NIGHT = Quiet(time(21), time(8))
MOMENTS = st.integers(0, 3 * 24 * 60).map(lambda m: datetime(2026, 3, 2, tzinfo=UTC) + timedelta(minutes=m))
HOURS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))


def at(hour: int, minute: int = 0, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("said", "goes"),
    [(at(20, 59), at(20, 59)), (at(21), at(8, day=3)), (at(3), at(8)), (at(8), at(8)), (at(12), at(12))],
)
def test_a_message_of_the_night_waits_for_the_morning(said: datetime, goes: datetime) -> None:
    assert out_of_quiet(said, NIGHT, ZONE) == goes
    assert out_of_quiet(said, NEVER, ZONE) == said


@given(MOMENTS, HOURS, HOURS)
def test_nothing_goes_in_quiet_hours_nor_later_than_a_day(moment: datetime, since: time, until: time) -> None:
    quiet = Quiet(since, until)
    goes = out_of_quiet(moment, quiet, ZONE)
    assert moment <= goes <= moment + timedelta(days=1)
    assert not quiet.holds_at(goes.astimezone(ZONE).time())


@given(st.lists(MOMENTS, max_size=12).map(sorted), st.integers(1, 3))
def test_no_day_gets_more_than_is_allowed(moments: list[datetime], most: int) -> None:
    days: Counter[date] = Counter()
    for moment in moments:
        goes = within_allowance(moment, NIGHT, ZONE, most, days.__getitem__)
        assert goes >= moment
        assert not NIGHT.holds_at(goes.astimezone(ZONE).time())
        days[goes.astimezone(ZONE).date()] += 1
    assert max(days.values(), default=0) <= most


def test_without_quiet_hours_nobody_is_woken_at_midnight() -> None:
    assert within_allowance(at(23), NEVER, ZONE, 1, Counter({date(2026, 3, 2): 1}).__getitem__) == at(
        8, day=3
    )


def test_the_digest_is_at_its_hour_and_never_now() -> None:
    assert next_digest(at(16, 59), 17, ZONE) == at(17)
    assert next_digest(at(17), 17, ZONE) == at(17, day=3)


def test_rests_grow_and_end() -> None:
    rests = [rest_after(tries) for tries in range(1, MOST_TRIES)]
    assert rests == sorted(rest for rest in rests if rest)
    assert rest_after(MOST_TRIES) is None


def test_the_longest_name_after_the_sign_is_meant() -> None:
    names = {1: "王敏", 2: "王敏慧", 3: "李明", 4: ""}
    assert mentioned("@王敏慧 看看，@李明也看看", names) == {2, 3}
    assert mentioned("王敏看看 me@example.cn", names) == set()
