"""How often an area is to be walked, and whether it was."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from huying.kernel.saying import said

MOST_A_WEEK: Final = 21
LONGEST_MINUTES: Final = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """How often in a week, each at least how many minutes long."""

    area: str
    name: str
    times: int
    minutes: int


def wrong_in(new: NewPlan) -> dict[str, str]:
    """What is wrong with which field."""
    wrong: dict[str, str] = {}
    if not 2 <= len(new.name.strip()) <= 40:
        wrong["name"] = said("请写名称，2 到 40 字。")
    if not 1 <= new.times <= MOST_A_WEEK:
        wrong["times"] = said("每周 1 到 21 次。")
    if not 1 <= new.minutes <= LONGEST_MINUTES:
        wrong["minutes"] = said("每次 1 到 600 分钟。")
    return wrong


def week_of(day: date) -> tuple[date, date]:
    """Monday of the week a day lies in, and the Monday after."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=7)
