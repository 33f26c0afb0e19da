"""A district's working calendar: the statutory days, its own days over them, its own hours."""

from datetime import time

from huying.cases.models import SpecialDay, WorkingHours
from huying.worktime import USUAL_SESSIONS, Calendar, Day, DayKind, Session
from huying.worktime.statutory import COVERS, PROVISIONAL, days, mainland


def calendar_of(district: int) -> Calendar:
    """The calendar in force: the newest hours, the statutory year, and what the district decided itself.

    Without rows of its own a district works by the statutory calendar, 08:00-12:00 and 14:00-18:00.
    """
    hours = WorkingHours.objects.filter(district=district).order_by("-valid_from").first()
    own = {row.day: Day(DayKind(row.kind), row.name) for row in SpecialDay.objects.filter(district=district)}
    sessions = _sessions(hours.sessions) if hours else USUAL_SESSIONS
    zone = hours.zone if hours else "Asia/Shanghai"
    if not own:
        return mainland(sessions, zone)
    return Calendar(zone, sessions, {**days(), **own}, COVERS, PROVISIONAL)


def _sessions(rows: list[list[str]]) -> tuple[Session, ...]:
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in rows)
