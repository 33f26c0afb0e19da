"""When reports are written and what is normal, as a district set it or as the platform has it."""

from collections.abc import Mapping

from huying.reports.models import HealthLimit, ReportTime
from huying.reports.rules.health import Indicator, Limits
from huying.reports.rules.kinds import ReportKind
from huying.reports.rules.schedule import DEFAULTS, Times


def times_of(district: int) -> Mapping[ReportKind, Times]:
    """The times in force of each kind; one query."""
    rows = ReportTime.objects.filter(district=district)
    return dict(DEFAULTS) | {ReportKind(row.kind): _times(row) for row in rows}


def _times(row: ReportTime) -> Times:
    usual = DEFAULTS[ReportKind(row.kind)].sign_within
    return Times(row.at, row.after, row.on, usual if row.sign_within is None else row.sign_within)


def limits_of(district: int) -> Mapping[Indicator, Limits]:
    """What is normal of each indicator; one query."""
    rows = HealthLimit.objects.filter(district=district)
    own = {Indicator(row.indicator): Limits(row.width, row.low, row.high) for row in rows}
    return {indicator: own.get(indicator, Limits()) for indicator in Indicator}
