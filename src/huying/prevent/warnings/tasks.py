"""The hourly look at one district."""

from datetime import datetime

from huying.prevent.warnings.actions.looking import look


def look_for_rises(district: int, now: datetime) -> int:
    """Look; how many warnings are new."""
    return look(district, now)
