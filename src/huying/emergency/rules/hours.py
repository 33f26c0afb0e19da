"""When a responder may be alerted: days of the week and hours by the district's clock."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from huying.kernel.errors import Invalid

ALWAYS: Final = "1234567"
_DAYS: Final = "一二三四五六日"
_NAMED: Final = {"": ALWAYS, "每天": ALWAYS, "工作日": "12345", "周末": "67"}
_IN_ENGLISH: Final = {"everyday": ALWAYS, "weekdays": "12345", "weekends": "67"}
_SPAN: Final = re.compile(rf"(?:周|星期)?([{_DAYS}天])(?:至|到|-|—|～|~)(?:周|星期)?([{_DAYS}天])")
_HOURS: Final = re.compile(r"(\d{1,2})[:：](\d{2})\s*(?:-|—|–|至|到|～|~)\s*(\d{1,2})[:：](\d{2})")


@dataclass(frozen=True, slots=True)
class Hours:
    """``days``: digits 1 (Monday) to 7. ``since`` to ``until`` may go over midnight, which then belongs to the
    evening's day; both None: the whole day."""

    days: str = ALWAYS
    since: time | None = None
    until: time | None = None

    def hold(self, local: datetime) -> bool:
        """Whether this moment, by the district's clock, lies within the hours."""
        today, at = local.isoweekday(), local.time()
        if self.since is None or self.until is None or self.since == self.until:
            return str(today) in self.days
        if self.since < self.until:
            return str(today) in self.days and self.since <= at < self.until
        yesterday = today - 1 or 7
        evening = str(today) in self.days and at >= self.since
        return evening or (str(yesterday) in self.days and at < self.until)

    @property
    def words(self) -> tuple[str, str]:
        """Days and hours as they are written in a sheet."""
        days = next((name for name, days in _NAMED.items() if name and days == self.days), "")
        hours = f"{self.since:%H:%M}-{self.until:%H:%M}" if self.since and self.until else "全天"
        return days or "周" + "".join(_DAYS[int(day) - 1] for day in self.days), hours


def hours_of(days: str, hours: str) -> Hours:
    """Days and hours as people write them: 每天、工作日、周末、周一至周五、周一三五; 全天、08:00-20:00.

    Raises Invalid.
    """
    since, until = _times("".join(hours.split()))
    return Hours(_days("".join(days.split())), since, until)


def _days(text: str) -> str:
    named = _NAMED | _IN_ENGLISH
    if text.lower() in named:
        return named[text.lower()]
    span = _SPAN.fullmatch(text)
    if span:
        first, last = (_number(sign) for sign in span.groups())
        if first <= last:
            return ALWAYS[first - 1 : last]
    signs = text.replace("星期", "").replace("周", "").replace("、", "").replace("天", "日")
    if not signs or any(sign not in _DAYS for sign in signs):
        raise Invalid("日子请写“每天”“工作日”“周末”“周一至周五”或“周一三五”。", fields={"日子": ""})
    return "".join(sorted({str(_number(sign)) for sign in signs}))


def _number(sign: str) -> int:
    return _DAYS.index("日" if sign == "天" else sign) + 1


def _times(text: str) -> tuple[time | None, time | None]:
    if text.lower() in {"", "全天", "24小时", "allday"}:
        return None, None
    found = _HOURS.fullmatch(text)
    if found is None:
        raise Invalid("时段请写“全天”或“08:00-20:00”。", fields={"时段": ""})
    first, first_minutes, last, last_minutes = map(int, found.groups())
    try:
        return time(first % 24, first_minutes), time(last % 24, last_minutes)
    except ValueError:
        raise Invalid("时段请写“全天”或“08:00-20:00”。", fields={"时段": ""}) from None
