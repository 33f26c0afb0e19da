"""Over which days figures are summed. Days are the district's own: they begin at its midnight."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from huying.kernel.errors import Invalid

_LONGEST = timedelta(days=1100)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise Invalid("统计期的结束日期早于开始日期。", fields={"last": "早于开始日期。"})
        if self.last - self.first > _LONGEST:
            raise Invalid("统计期最长三年。", fields={"last": "统计期最长三年。"})

    @classmethod
    def day(cls, on: date) -> Self:
        return cls(on, on)

    @classmethod
    def week(cls, on: date) -> Self:
        """Monday to Sunday around a day."""
        first = on - timedelta(days=on.weekday())
        return cls(first, first + timedelta(days=6))

    @classmethod
    def month(cls, year: int, month: int) -> Self:
        return cls(date(year, month, 1), _next_month(date(year, month, 1)) - timedelta(days=1))

    @classmethod
    def assessed(cls, year: int, month: int) -> Self:
        """The month of assessment in use where rates are ranked: from the 19th before to the 18th."""
        before = date(year, month, 1) - timedelta(days=1)
        return cls(before.replace(day=19), date(year, month, 18))

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        """As many days right before; for a month from some day to the day before it, such a month."""
        last = self.first - timedelta(days=1)
        following = self.last + timedelta(days=1)
        if following.day == self.first.day and following.replace(day=1) == _next_month(self.first):
            begun = last if self.first.day == 1 else self.first.replace(day=1) - timedelta(days=1)
            return Period(begun.replace(day=min(self.first.day, begun.day)), last)
        return Period(last - timedelta(days=self.days - 1), last)

    def parts(self) -> tuple[list[date], list[tuple[date, date]]]:
        """The whole months inside, by their first day, and the stretches of days left over."""
        first = self.first if self.first.day == 1 else _next_month(self.first)
        months = []
        while _next_month(first) <= self.last + timedelta(days=1):
            months.append(first)
            first = _next_month(first)
        if not months:
            return [], [(self.first, self.last)]
        stretches = [(self.first, months[0] - timedelta(days=1)), (first, self.last)]
        return months, [(start, end) for start, end in stretches if start <= end]


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """The day on which a moment falls in the district."""
    return at.astimezone(zone).date()


def bounds(period: Period, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """From the first moment of the period up to, and without, the first after it; in UTC."""
    start = datetime.combine(period.first, datetime.min.time(), zone)
    end = datetime.combine(period.last + timedelta(days=1), datetime.min.time(), zone)
    return start.astimezone(UTC), end.astimezone(UTC)
