"""The sun over Chinese cities against times published in almanacs, to three minutes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huying.devices.rules.sun import is_dark, sun_times

BEIJING = (116.4074, 39.9042)
SHENZHEN = (114.0579, 22.5431)
EIGHT = timedelta(hours=8)


@pytest.mark.parametrize(
    ("place", "day", "rise", "down"),
    [
        (BEIJING, date(2026, 6, 21), "04:46", "19:46"),
        (BEIJING, date(2026, 12, 22), "07:33", "16:53"),
        (SHENZHEN, date(2026, 3, 20), "06:27", "18:34"),
    ],
)
def test_sunrise_and_sunset(place: tuple[float, float], day: date, rise: str, down: str) -> None:
    found = sun_times(*place, day)
    assert found is not None
    for moment, text in zip(found, (rise, down), strict=True):
        wanted = datetime.fromisoformat(f"{day}T{text}").replace(tzinfo=UTC) - EIGHT
        assert abs(moment - wanted) <= timedelta(minutes=3), (moment + EIGHT, text)


def test_beyond_the_polar_circle_it_does_neither_in_summer() -> None:
    assert sun_times(20.0, 75.0, date(2026, 6, 21)) is None
    assert not is_dark(20.0, 75.0, datetime(2026, 6, 21, 23, tzinfo=UTC))


@given(
    some.floats(75, 135),
    some.floats(4, 53),
    some.dates(date(2026, 1, 1), date(2030, 12, 31)),
    some.integers(5, 240),
)
def test_it_is_dark_before_sunrise_and_light_after(lon: float, lat: float, day: date, minutes: int) -> None:
    found = sun_times(lon, lat, day)
    assert found is not None
    rise, down = found
    away = timedelta(minutes=minutes)
    assert is_dark(lon, lat, rise - away)
    assert not is_dark(lon, lat, rise + away)
    assert not is_dark(lon, lat, down - away)
    assert is_dark(lon, lat, down + away)
