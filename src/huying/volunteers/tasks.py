"""What the worker does for this package from time to time."""

from datetime import datetime

from huying.volunteers.actions.reminding import remind_due


def remind(district: int, now: datetime) -> None:
    """Musters that are soon, and hours that wait."""
    remind_due(district, now)
