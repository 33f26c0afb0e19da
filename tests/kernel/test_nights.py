"""What is done once a night."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from huying.kernel.nights import due_tonight

HERE = ZoneInfo("Asia/Shanghai")
moments = st.integers(0, 500_000).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def test_it_is_done_once_after_three_in_the_morning_of_the_district():
    evening = datetime(2026, 3, 2, 20, 0, tzinfo=HERE)
    assert due_tonight(None, evening, HERE)
    assert not due_tonight(evening, evening + timedelta(hours=6, minutes=59), HERE)
    assert due_tonight(evening, evening + timedelta(hours=7, minutes=1), HERE)


@given(moments, st.integers(1, 200))
def test_within_any_stretch_of_looks_it_is_done_once_for_every_night(start, looks):
    done, times, now = start, [], start
    for _ in range(looks):
        now += timedelta(minutes=50)
        if due_tonight(done, now, HERE):
            done = now
            times.append(now.astimezone(HERE) - timedelta(hours=3))
    assert len({at.date() for at in times}) == len(times)
    nights = (now.astimezone(HERE) - timedelta(hours=3)).date() - (
        start.astimezone(HERE) - timedelta(hours=3)
    ).date()
    assert len(times) == nights.days
