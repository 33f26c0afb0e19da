"""The statutory calendar of mainland China as data.

Sources: the State Council's yearly notices 国务院办公厅关于部分节假日安排的通知 for 2024
(国办发明电〔2023〕7号), 2025 (国办发明电〔2024〕12号) and 2026 (of 4 November 2025). Each festival is a row:
first day off, last day off, make-up workdays.

For 2027 the days below are those that 全国年节及纪念日放假办法 (as revised from 1 January 2025) fixes by
itself. The notice that joins them with weekends and names the make-up workdays is not loaded, so the year is
provisional: a due time in it may still move by days, and explanations say so.

A district loads these rows into its own calendar and may correct them there.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Final

from huying.worktime.calendar import USUAL_SESSIONS, Calendar, Day, DayKind
from huying.worktime.table import Session

ENGLISH: Final = {
    "元旦": "New Year's Day",
    "春节": "Spring Festival",
    "清明节": "Qingming Festival",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
    "国庆节、中秋节": "National Day and Mid-Autumn Festival",
}

# Year: (festival, first day off, last day off, make-up workdays), all as month and day.
_NOTICES: Final[dict[int, tuple[tuple[str, str, str, str], ...]]] = {
    2024: (
        ("元旦", "01-01", "01-01", ""),
        ("春节", "02-10", "02-17", "02-04 02-18"),
        ("清明节", "04-04", "04-06", "04-07"),
        ("劳动节", "05-01", "05-05", "04-28 05-11"),
        ("端午节", "06-10", "06-10", ""),
        ("中秋节", "09-15", "09-17", "09-14"),
        ("国庆节", "10-01", "10-07", "09-29 10-12"),
    ),
    2025: (
        ("元旦", "01-01", "01-01", ""),
        ("春节", "01-28", "02-04", "01-26 02-08"),
        ("清明节", "04-04", "04-06", ""),
        ("劳动节", "05-01", "05-05", "04-27"),
        ("端午节", "05-31", "06-02", ""),
        ("国庆节、中秋节", "10-01", "10-08", "09-28 10-11"),
    ),
    2026: (
        ("元旦", "01-01", "01-03", "01-04"),
        ("春节", "02-15", "02-23", "02-14 02-28"),
        ("清明节", "04-04", "04-06", ""),
        ("劳动节", "05-01", "05-05", "05-09"),
        ("端午节", "06-19", "06-21", ""),
        ("中秋节", "09-25", "09-27", ""),
        ("国庆节", "10-01", "10-07", "09-20 10-10"),
    ),
    2027: (
        ("元旦", "01-01", "01-01", ""),
        ("春节", "02-05", "02-08", ""),
        ("清明节", "04-05", "04-05", ""),
        ("劳动节", "05-01", "05-02", ""),
        ("端午节", "06-09", "06-09", ""),
        ("中秋节", "09-15", "09-15", ""),
        ("国庆节", "10-01", "10-03", ""),
    ),
}

PROVISIONAL: Final = frozenset({2027})
COVERS: Final = (date(min(_NOTICES), 1, 1), date(max(_NOTICES), 12, 31))


def days() -> dict[date, Day]:
    """Every day of the loaded years that differs from what its weekday says."""
    return dict(_days())


@cache
def mainland(sessions: Sequence[Session] = USUAL_SESSIONS, zone: str = "Asia/Shanghai") -> Calendar:
    """Mainland China's calendar with a district's own sessions, given as a tuple; one is kept for each."""
    return Calendar(zone, sessions, days(), COVERS, PROVISIONAL)


def _days() -> Iterator[tuple[date, Day]]:
    for year, rows in _NOTICES.items():
        for name, first, last, make_ups in rows:
            day, end = _date(year, first), _date(year, last)
            while day <= end:
                yield day, Day(DayKind.HOLIDAY, name, ENGLISH[name])
                day += timedelta(days=1)
            for mark in make_ups.split():
                yield _date(year, mark), Day(DayKind.MAKE_UP, name, ENGLISH[name])


def _date(year: int, mark: str) -> date:
    return date.fromisoformat(f"{year}-{mark}")
