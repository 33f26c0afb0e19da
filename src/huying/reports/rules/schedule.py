"""When a report is due: unless set otherwise early next morning, on Monday, on the 1st."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from huying.figures.rules.periods import Period, local_day
from huying.kernel.errors import Invalid
from huying.reports.rules.kinds import ReportKind, period_of
from huying.worktime import Calendar


@dataclass(frozen=True, slots=True)
class Times:
    """``at`` by the district's wall clock, on the ``after``-th day after the period's last (1: the next day).

    ``sign_within``: how many working days after the day it was written it may wait to be signed.
    """

    at: time
    after: int = 1
    on: bool = True
    sign_within: int = 1

    def check(self, kind: ReportKind) -> None:
        """Raises Invalid where the report would not be there before the next one is due."""
        most = MOST_AFTER[kind]
        if not 1 <= self.after <= most:
            raise Invalid("生成日期超出范围。", fields={"after": "生成日期超出范围。"})
        if not 0 <= self.sign_within <= MOST_SIGN_WITHIN:
            raise Invalid("签发时限超出范围。", fields={"sign_within": "签发时限超出范围。"})


MOST_AFTER: Final[Mapping[ReportKind, int]] = {ReportKind.DAY: 1, ReportKind.WEEK: 7, ReportKind.MONTH: 28}
_DAY_ENDS: Final = time(23, 59)
MOST_SIGN_WITHIN: Final = 20
DEFAULTS: Final[Mapping[ReportKind, Times]] = {
    ReportKind.DAY: Times(time(5, 0)),
    ReportKind.WEEK: Times(time(5, 30), sign_within=2),
    ReportKind.MONTH: Times(time(6, 0), sign_within=3),
}
# How many missed periods are still written by a worker that comes late. What is older is written when asked for.
CAUGHT_UP: Final[Mapping[ReportKind, int]] = {ReportKind.DAY: 3, ReportKind.WEEK: 2, ReportKind.MONTH: 2}


def due_at(times: Times, period: Period, zone: ZoneInfo) -> datetime:
    """The moment from which the report of a period is to be there."""
    return datetime.combine(period.last + timedelta(days=times.after), times.at, zone)


def sign_by(made_at: datetime, within: int, calendar: Calendar) -> datetime:
    """The end of the ``within``-th working day after the day on which a report was written; 0: of that day itself."""
    day, left = calendar.local_day(made_at), within
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working(day)
    return datetime.combine(day, _DAY_ENDS, calendar.zone)


def due_periods(kind: ReportKind, times: Times, now: datetime, zone: ZoneInfo) -> list[Period]:
    """The periods whose report is to be there by now, the last few of them, oldest first."""
    if not times.on:
        return []
    found: list[Period] = []
    period = _last_whole(kind, local_day(now, zone))
    while len(found) < CAUGHT_UP[kind]:
        if due_at(times, period, zone) <= now:
            found.append(period)
        period = period_of(kind, period.first - timedelta(days=1))
    return found[::-1]


def _last_whole(kind: ReportKind, today: date) -> Period:
    return period_of(kind, period_of(kind, today).first - timedelta(days=1))
