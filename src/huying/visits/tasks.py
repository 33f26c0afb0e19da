"""What the worker does for visits: missed ones climb, plans are kept."""

from datetime import datetime

from huying.visits.actions import climb, tend


def look_at_missed(district: int, now: datetime) -> None:
    """Once a minute."""
    climb(district, now)


def keep_plans(district: int, now: datetime) -> None:
    """Once an hour, beside the turns: of a large street it takes seconds."""
    tend(district, now)
