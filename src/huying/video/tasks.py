"""What the worker does for video alarms: pictures whose time is over go."""

from datetime import datetime

from huying.video.actions import clear_old


def clear_pictures(district: int, now: datetime) -> None:
    """Once an hour: pictures and words of alarms that nobody needs any more."""
    clear_old(district, now)
