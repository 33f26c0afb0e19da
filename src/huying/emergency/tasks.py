"""What the worker does for emergencies: look after open cards, forget positions that are believed no more."""

from datetime import datetime

from huying.emergency.actions import forget_positions, look


def keep_ringing(now: datetime) -> int:
    """Carry on what is due; how many cards were."""
    return look(now)


def clear_positions(district: int, now: datetime) -> int:
    """Take away positions reported more than two hours ago; how many."""
    return forget_positions(district, now)
