"""走访标准: how often, how soon after a great change, for how long, and when a missed visit climbs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from huying.kernel.saying import said
from huying.residents.rules.kinds import CareLevel

#: When the day's work is over and the visits of the day should have been made.
EVENING: Final = time(18)
_LAST: Final = time(23, 59)


@dataclass(frozen=True, slots=True)
class Standard:
    """``every``: days from one visit to the next at most. ``upheaval_hours``: how soon after a great change,
    0: no sooner than usual. ``minutes``: of a visit. ``community_hours`` and ``street_hours``: how long after
    it was due the community and the street are told."""

    level: CareLevel
    every: int
    upheaval_hours: int
    minutes: int
    community_hours: int
    street_hours: int


USUAL: Final[Mapping[CareLevel, Standard]] = {
    CareLevel.HIGH: Standard(CareLevel.HIGH, 7, 24, 30, 0, 24),
    CareLevel.KEY: Standard(CareLevel.KEY, 31, 72, 30, 0, 72),
    CareLevel.GENERAL: Standard(CareLevel.GENERAL, 92, 168, 20, 24, 168),
}


def wrong_in(standard: Standard) -> Mapping[str, str]:
    """Field to what is wrong with it."""
    wrong: dict[str, str] = {}
    if not 1 <= standard.every <= 366:
        wrong["every"] = said("间隔填 1 到 366 天。")
    if not 0 <= standard.upheaval_hours <= 720:
        wrong["upheaval_hours"] = said("变故后的时限填 0 到 720 小时。")
    if not 5 <= standard.minutes <= 240:
        wrong["minutes"] = said("一次走访填 5 到 240 分钟。")
    if (
        not 0 <= standard.community_hours <= 720
        or not standard.community_hours <= standard.street_hours <= 1440
    ):
        wrong["street_hours"] = said("逾期后先告诉社区、再告诉街道；社区最多 720 小时，街道最多 1440 小时。")
    return wrong


def due_on(last: date, every: int) -> date:
    """The last day on which the next visit is in time."""
    return last + timedelta(days=every)


def due_at(day: date, zone: ZoneInfo) -> datetime:
    """The last minute of that day: a clock that shows midnight would be read as the next day."""
    return datetime.combine(day, _LAST, zone)


def first_look(day: date, due: datetime, zone: ZoneInfo) -> datetime:
    """When the one who was to go is reminded: that evening, or when it is due where that is sooner."""
    return min(datetime.combine(day, EVENING, zone), due)


def next_look(rung: int, due: datetime, standard: Standard) -> datetime | None:
    """When the ladder is looked at again after so many rungs were climbed; None after the last."""
    hours = {1: standard.community_hours, 2: standard.street_hours}.get(rung)
    return None if hours is None else due + timedelta(hours=hours)
