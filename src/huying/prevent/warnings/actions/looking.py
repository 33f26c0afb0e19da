"""The hourly look: what came in is counted anew, rises are followed, what is strong becomes a warning, once."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection, transaction

from huying.cases.queries.lists.came import came_within
from huying.cases.queries.settings.calendars import calendar_of
from huying.prevent.warnings.actions.keeping import keep_rises, kept_rises, past_peaks
from huying.prevent.warnings.actions.telling import tell
from huying.prevent.warnings.actions.writing import warn, went_on
from huying.prevent.warnings.models import EarlyWarning, Looked
from huying.prevent.warnings.queries.promise import promise_of
from huying.prevent.warnings.rules.events import Came, gathered
from huying.prevent.warnings.rules.kinds import Verdict
from huying.prevent.warnings.rules.promise import MONTH, Bar
from huying.prevent.warnings.rules.watching import LEARNING_DAYS, PAST_DAYS, Watch, Watched, kinds_of
from huying.worktime import Calendar

HISTORY_DAYS: Final = 420
# A number of its own among the advisory locks; the second half is the district.
_LOCK: Final = 620_603


@transaction.atomic
def look(district: int, now: datetime) -> int:
    """Look at today, and at every day since the last look; how many warnings are new.

    The first look lives through the past, warning of nothing, to learn how strong a rise must be. Of days gone by while
    nobody looked nothing is told: it would come too late. Idempotent: the same hour looked at twice tells nothing twice.
    """
    # Another look waits here. A row's lock would be a write already, and whoever follows the ledger waits for everybody
    # who writes: nothing is written before all has been thought over.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, district])
    looked = Looked.objects.filter(district=district).first() or Looked(district=district)
    calendar = calendar_of(district)
    today = calendar.local_day(now)
    watch = _watch(district, calendar, today, looked, now)
    if watch is None:
        return 0
    first = watch.start + LEARNING_DAYS
    begin = max(first, today.toordinal() - PAST_DAYS, looked.day.toordinal() if looked.day else 0)
    told: list[Watched] = []
    for day in range(watch.start, today.toordinal() + 1):
        watch.learn(day)
        if day >= begin:
            fresh = looked.day is None or day > looked.day.toordinal()
            told = watch.look(day, warn=day == today.toordinal(), counted=fresh)
    at = watch.bar(today.toordinal())
    rows = keep_rises(district, watch, today)
    new = [one for one in (warn(district, watch, each, rows, at, now) for each in told if at) if one]
    went_on(district, watch, rows, at, now)
    _kept(looked, today, watch, at, now)
    tell(district, new, now)
    return len(new)


def _watch(district: int, calendar: Calendar, today: date, looked: Looked, now: datetime) -> Watch | None:
    """The watch as it stood at the last look, over what came in since; None where nothing ever came."""
    first = now - timedelta(days=HISTORY_DAYS)
    zone = calendar.zone
    came = [
        Came(case, at.astimezone(zone).date().toordinal(), item[:6], area, channel, lon, lat)
        for case, at, item, area, channel, lon, lat in came_within(district, first, now)
    ]
    if not came:
        return None
    start = min(row.day for row in came)
    days = [date.fromordinal(n) for n in range(start, today.toordinal() + 1)]
    kinds = kinds_of(days, calendar.is_working, calendar.days)
    return Watch(
        gathered(came), start, kinds, promise_of(district), rises=kept_rises(district),
        peaks=past_peaks(district, today - timedelta(days=PAST_DAYS)), judged=looked.judged,
        known_unsettled=_unsettled(district, now),
    )  # fmt: skip


def _unsettled(district: int, now: datetime) -> int:
    rows = EarlyWarning.objects.filter(district=district, noticed_at__gt=now - timedelta(days=MONTH))
    return rows.exclude(verdict=Verdict.TRUE.value).count()


def _kept(looked: Looked, today: date, watch: Watch, at: Bar | None, now: datetime) -> None:
    looked.day, looked.judged, looked.looked_at = today, watch.judged, now
    looked.bar, looked.slope = (at.score, at.slope) if at else (None, None)
    looked.save()
