"""The only readers of what cameras told."""

from huying.video.queries.alarms import (
    AlarmInfo,
    OpeningInfo,
    SnapshotInfo,
    SoughtAlarms,
    alarm_for,
    alarms_for,
    alarms_of_case,
    openings_of,
)
from huying.video.queries.pictures import coarse_for, opened_until, path_for
from huying.video.queries.rules import (
    StandingVersion,
    Worth,
    standing_of,
    standings_for,
    versions_for,
    worth_for,
)

__all__ = [
    "AlarmInfo",
    "OpeningInfo",
    "SnapshotInfo",
    "SoughtAlarms",
    "StandingVersion",
    "Worth",
    "alarm_for",
    "alarms_for",
    "alarms_of_case",
    "coarse_for",
    "opened_until",
    "openings_of",
    "path_for",
    "standing_of",
    "standings_for",
    "versions_for",
    "worth_for",
]
