"""What the worker does for reports: write those that are due, once each, and remind of those that wait to be signed."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from huying.cases.queries.horizon import first_unfollowed
from huying.figures.rules.periods import local_day
from huying.places.queries import districts
from huying.reports.actions import remind_late, write_due
from huying.reports.actions.writing import zone_of

_FIGURES: Final = "figures"


# A report may come a minute late; to ask each second what is due would cost more than to write it.
_LOOK_EVERY: Final = timedelta(minutes=1)


@dataclass(slots=True)
class Writing:
    """Looks once a minute for what is due, and at once for more while there is more."""

    _looked: datetime | None = None

    def look(self, now: datetime) -> int:
        """Write one report of each district that lacks one; how many were written."""
        if self._looked is not None and now - self._looked < _LOOK_EVERY:
            return 0
        made = write_reports(now)
        for district in districts():
            remind_late(district.code, now)
        self._looked = None if made else now
        return made


def write_reports(now: datetime) -> int:
    """Write one report of each district that lacks one; how many were written.

    Not before the figures have counted all that happened until midnight: a worker that was away counts first.
    """
    made = 0
    for district in districts():
        waiting = first_unfollowed(_FIGURES, district.code)
        zone = zone_of(district.code)
        midnight = datetime.combine(local_day(now, zone), time(), zone)
        if waiting is None or waiting >= midnight:
            made += write_due(district.code, now)
    return made
