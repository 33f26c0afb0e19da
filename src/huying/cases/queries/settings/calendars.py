"""A district's working calendar: the statutory days, its own days over them, its own hours."""

from collections.abc import Sequence
from datetime import date, time
from typing import Final
from zoneinfo import ZoneInfo

from huying.cases.models import SpecialDay, WorkingHours
from huying.kernel import clock
from huying.worktime import USUAL_SESSIONS, Calendar, Day, DayKind, Session
from huying.worktime.statutory import COVERS, PROVISIONAL, days, mainland

ZONE: Final = "Asia/Shanghai"
# What a district enters of a whole year's notice carries this source, so that the year counts as known.
WHOLE_YEAR: Final = "整年通知"


def calendar_of(district: int) -> Calendar:
    """The calendar in force: the hours that hold today, the statutory year, and what the district decided itself.

    Without rows of its own a district works by the statutory calendar, 08:00-12:00 and 14:00-18:00.
    """
    hours = hours_on(district)
    rows = list(SpecialDay.objects.filter(district=district))
    sessions = _sessions(hours.sessions) if hours else USUAL_SESSIONS
    zone = hours.zone if hours else ZONE
    if not rows:
        return mainland(sessions, zone)
    own = {row.day: Day(DayKind(row.kind), row.name) for row in rows}
    known = {row.day.year for row in rows if row.source == WHOLE_YEAR}
    return Calendar(zone, sessions, {**days(), **own}, _covers(known), PROVISIONAL - known)


def hours_on(district: int, day: date | None = None) -> WorkingHours | None:
    """The district's own hours that hold on a day (None: today), if it set any by then."""
    rows = WorkingHours.objects.filter(district=district).order_by("-valid_from")
    if day is not None:
        return rows.filter(valid_from__lte=day).first()
    now = clock.now()
    return next((row for row in rows if row.valid_from <= now.astimezone(ZoneInfo(row.zone)).date()), None)


def _covers(known: set[int]) -> tuple[date, date]:
    last = COVERS[1].year
    while last + 1 in known:
        last += 1
    return COVERS[0], date(last, 12, 31)


def _sessions(rows: Sequence[Sequence[str]]) -> tuple[Session, ...]:
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in rows)
