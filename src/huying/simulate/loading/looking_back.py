"""What was settled about the last whole month: its period closed, its report written and signed."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from huying.access.actor import Actor, system
from huying.figures.actions import close_period
from huying.figures.queries import days_for
from huying.figures.rules.periods import Period, local_day
from huying.people.models import Account
from huying.people.queries import actor_of
from huying.places.queries import district as district_row
from huying.reports.actions import sign
from huying.reports.actions.writing import write_once
from huying.reports.models import Report
from huying.reports.rules.kinds import ReportKind
from huying.reports.rules.schedule import DEFAULTS, due_at

_CLOSES, _SIGNS = "pingjia", "duban"
_LOOKED_OVER: Final = timedelta(hours=3)


def last_month(district: int, now: datetime) -> Period:
    """The last month that is over by the district's days."""
    today = local_day(now, _zone(district))
    last = today.replace(day=1) - timedelta(days=1)
    return Period.month(last.year, last.month)


def look_back(district: int, now: datetime) -> bool:
    """Close the last whole month and sign its report; False where nothing of it was lived through.

    To be called when everything was counted.
    """
    period, zone = last_month(district, now), _zone(district)
    if not days_for(system(district), period):
        return False
    area, kind = str(district), ReportKind.MONTH
    close_period(_cast(_CLOSES, now), period, now)
    made_at = min(due_at(DEFAULTS[kind], period, zone), now)
    write_once(district, kind, area, period, made_at)
    report = Report.objects.get(district=district, kind=kind.value, area=area, first=period.first)
    sign(_cast(_SIGNS, now), report.pk, min(made_at + _LOOKED_OVER, now))
    return True


def _cast(login: str, now: datetime) -> Actor:
    return actor_of(Account.objects.get(login=login), now)


def _zone(district: int) -> ZoneInfo:
    return ZoneInfo(district_row(district).zone)
