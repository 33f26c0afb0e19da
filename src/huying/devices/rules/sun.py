"""Whether the sun is up somewhere: to about a minute between 1950 and 2050, away from the poles.

Source: NOAA Global Monitoring Laboratory, *General Solar Position Calculations* (after Meeus, *Astronomical
Algorithms*): fractional year, equation of time and declination as Fourier series; rising and setting are a zenith of
90.833 degrees, which counts the sun's radius and the bending of light in the air.
"""

from datetime import UTC, date, datetime, timedelta
from math import acos, cos, degrees, pi, radians, sin, tan
from typing import Final

_HORIZON: Final = radians(90.833)


def is_dark(lon: float, lat: float, at: datetime) -> bool:
    """Whether the sun is below the horizon at ``at`` (aware) at this position (degrees)."""
    there = at.astimezone(UTC)
    minutes = there.hour * 60 + there.minute + there.second / 60
    equation, declination = _series(there.date(), minutes / 60)
    angle = radians((minutes + equation + 4 * lon) / 4 - 180)
    phi = radians(lat)
    up = sin(phi) * sin(declination) + cos(phi) * cos(declination) * cos(angle)
    return up < cos(_HORIZON)


def sun_times(lon: float, lat: float, day: date) -> tuple[datetime, datetime] | None:
    """Sunrise and sunset in UTC of the day whose noon is that of the meridian; None where it does neither."""
    equation, declination = _series(day, 12.0 - lon / 15)
    phi = radians(lat)
    half = cos(_HORIZON) / (cos(phi) * cos(declination)) - tan(phi) * tan(declination)
    if abs(half) > 1:
        return None
    angle = degrees(acos(half))
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    rise, down = (720 - 4 * (lon + way * angle) - equation for way in (1, -1))
    return midnight + timedelta(minutes=rise), midnight + timedelta(minutes=down)


def _series(day: date, hour: float) -> tuple[float, float]:
    """The equation of time in minutes and the declination in radians at an hour (UTC) of a day."""
    turn = 2 * pi / 365 * (day.timetuple().tm_yday - 1 + (hour - 12) / 24)
    equation = 229.18 * (
        0.000075
        + 0.001868 * cos(turn)
        - 0.032077 * sin(turn)
        - 0.014615 * cos(2 * turn)
        - 0.040849 * sin(2 * turn)
    )
    declination = (
        0.006918
        - 0.399912 * cos(turn)
        + 0.070257 * sin(turn)
        - 0.006758 * cos(2 * turn)
        + 0.000907 * sin(2 * turn)
        - 0.002697 * cos(3 * turn)
        + 0.00148 * sin(3 * turn)
    )
    return equation, declination
