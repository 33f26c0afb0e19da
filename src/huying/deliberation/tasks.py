"""What the worker does: votes whose time is over are counted."""

from datetime import datetime

from huying.deliberation.actions.proposals import close_due


def count_due(now: datetime) -> None:
    """Count every vote whose time is over; a duty that may run again at any time."""
    close_due(now)
