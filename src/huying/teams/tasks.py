"""What the worker does for rosters: keep the shifts of rotations made some weeks ahead."""

from datetime import datetime

from huying.teams.actions.rotations import fill_rotations


def keep_rosters(district: int, now: datetime) -> int:
    """Make what is missing of one district's rotations; how many shifts were made."""
    return fill_rotations(district, now)
