"""The kinds of report, and over which days each is written."""

from datetime import date, timedelta
from typing import Final

from huying.figures.rules.periods import Period
from huying.kernel.terms import Term
from huying.reports.rules.doc import Both


class ReportKind(Term):
    """How long a stretch of days a report is about."""

    DAY = "day", "日汇总"
    WEEK = "week", "周评价"
    MONTH = "month", "月分析"


class Form(Term):
    """As what file a report is taken away."""

    WORD = "docx", "Word"
    PDF = "pdf", "PDF"
    EXCEL = "xlsx", "Excel"


class Origin(Term):
    """How a version of a report came to be."""

    CLOCK = "clock", "按时生成"
    ANEW = "anew", "重新生成"
    WORDS = "words", "修改文字"


_WEEK: Final = timedelta(days=7)


def period_of(kind: ReportKind, on: date) -> Period:
    """The period of a kind that holds a day: the day, Monday to Sunday, the month."""
    match kind:
        case ReportKind.DAY:
            return Period.day(on)
        case ReportKind.WEEK:
            return Period.week(on)
        case ReportKind.MONTH:
            return Period.month(on.year, on.month)


def compared_with(kind: ReportKind, period: Period) -> Period:
    """What a period is compared with: a day with the same weekday a week before, for Sundays are not Mondays; a week
    and a month with the one before."""
    if kind is ReportKind.DAY:
        return Period(period.first - _WEEK, period.last - _WEEK)
    return period.before


def a_year_before(period: Period) -> Period | None:
    """The same month a year before; None for what is no month."""
    if period != Period.month(period.first.year, period.first.month):
        return None
    return Period.month(period.first.year - 1, period.first.month)


def this(kind: ReportKind) -> Both:
    """The period of the report in a word, as it stands within a sentence."""
    return {
        ReportKind.DAY: Both("当日", "that day"),
        ReportKind.WEEK: Both("本周", "this week"),
        ReportKind.MONTH: Both("本月", "this month"),
    }[kind]


def that(kind: ReportKind) -> Both:
    """The period compared with, in a word."""
    return {
        ReportKind.DAY: Both("上周同日", "the same weekday a week before"),
        ReportKind.WEEK: Both("上周", "the week before"),
        ReportKind.MONTH: Both("上月", "the month before"),
    }[kind]
