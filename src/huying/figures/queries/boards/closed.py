"""Which periods are closed, for whoever writes and for whoever reads."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Exists, Max, OuterRef

from huying.figures.models import ClosedPeriod, Reopening
from huying.figures.rules.periods import Period


@dataclass(frozen=True, slots=True)
class ClosedInfo:
    """One closing: who and when, what it was reckoned by, and, where it was reopened, who did that when and why."""

    id: int
    period: Period
    version: int
    closed_at: datetime
    closed_name: str
    first_day: int
    least: int
    exempted: int
    rows: int
    digest: str
    reopened_at: datetime | None = None
    reopened_name: str = ""
    reason: str = ""

    @property
    def stands(self) -> bool:
        return self.reopened_at is None


def closed_on(district: int, day: date) -> bool:
    """Whether the day lies in a period that is closed and was not reopened."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM figures_closedperiod p WHERE district = %s AND %s BETWEEN first AND last "
            "AND NOT EXISTS (SELECT FROM figures_reopening r WHERE r.closed_id = p.id))",
            [district, day],
        )
        return bool(cursor.fetchone()[0])


def closed_until(district: int) -> date | None:
    """The last day that lies in a period which is closed and was not reopened."""
    undone = Reopening.objects.filter(closed_id=OuterRef("pk"))
    rows = ClosedPeriod.objects.filter(~Exists(undone), district=district)
    last: date | None = rows.aggregate(last=Max("last"))["last"]
    return last


def closings(district: int, period: Period | None = None) -> list[ClosedInfo]:
    """Every closing of the district, or of one period; newest period first, and of each the newest version first."""
    rows = ClosedPeriod.objects.filter(district=district).order_by("-last", "-first", "-version")
    if period is not None:
        rows = rows.filter(first=period.first, last=period.last)
    held = list(rows.defer("formulas"))
    undone = {one.closed_id: one for one in Reopening.objects.filter(closed_id__in=[row.pk for row in held])}
    return [info_of(row, undone.get(row.pk)) for row in held]


def info_of(row: ClosedPeriod, undone: Reopening | None) -> ClosedInfo:
    """A closing in plain values."""
    return ClosedInfo(
        row.pk, Period(row.first, row.last), row.version, row.closed_at, row.closed_name, row.scheme["first_day"],
        row.threshold["least"], row.exempted, row.rows, row.digest, undone.at if undone else None,
        undone.by_name if undone else "", undone.reason if undone else "",
    )  # fmt: skip
