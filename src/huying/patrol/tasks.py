"""What the worker does for patrols: takes away tracks in their time, and files that nobody sent."""

from datetime import datetime

from huying.patrol.actions import clear_old, forget_tracks


def clear_tracks(district: int, now: datetime) -> None:
    """Once an hour: what is older than the district keeps goes."""
    forget_tracks(district, now)


def clear_files(now: datetime) -> None:
    """Once an hour: files whose find never came go after a week."""
    clear_old(now)
