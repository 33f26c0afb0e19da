"""The only readers of reports and of a street's health."""

from huying.reports.queries.archive import (
    KeyNumber,
    ReportInfo,
    ReportLine,
    areas_for,
    neighbours_for,
    report_for,
    reports_for,
    to_sign_for,
)
from huying.reports.queries.settings import limits_of, times_of

__all__ = [
    "KeyNumber",
    "ReportInfo",
    "ReportLine",
    "areas_for",
    "limits_of",
    "neighbours_for",
    "report_for",
    "reports_for",
    "times_of",
    "to_sign_for",
]
