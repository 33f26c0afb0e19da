"""Who is on duty while nobody works; nobody is asked for in the day."""

from datetime import datetime

from huying.cases.queries.settings.timing import timing_of
from huying.teams.queries import accounts_on_duty


def night_watch(district: int, now: datetime) -> list[tuple[str, int]] | None:
    """(area, account) of those on duty; None within the district's working hours."""
    return None if timing_of(district).calendar.is_open(now) else accounts_on_duty(district, now)
