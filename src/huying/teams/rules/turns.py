"""A turn 班次: the hours somebody must be on duty at a post, on which days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from huying.kernel.errors import Invalid
from huying.teams.rules.kinds import DutyDays, DutyRole

#: Nobody is on duty for longer at a stretch; a query for who is on duty now need look back no further.
LONGEST: Final = timedelta(hours=24)
_MOST_PEOPLE: Final = 20


@dataclass(frozen=True, slots=True)
class Hours:
    """From and to by the wall clock; a turn that ends at or before it starts ends on the next day."""

    starts: time
    ends: time

    def span(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The moments at which the turn of ``day`` begins and ends."""
        last = day if self.ends > self.starts else day + timedelta(days=1)
        return datetime.combine(day, self.starts, zone), datetime.combine(last, self.ends, zone)


@dataclass(frozen=True, slots=True)
class TurnPlan:
    """A turn and how many it takes of either role."""

    name: str
    hours: Hours
    days: DutyDays
    leads: int
    officers: int

    def needs(self, role: DutyRole) -> int:
        return self.leads if role is DutyRole.LEAD else self.officers


def kept_on(days: DutyDays, working: bool) -> bool:
    """Whether a turn is kept on a day that works, or on one that does not."""
    return days is DutyDays.EVERY or (days is DutyDays.WORKING) == working


def checked(plan: TurnPlan) -> TurnPlan:
    """The plan with a trimmed name. Raises Invalid when it needs nobody, or more than twenty."""
    name = " ".join(plan.name.split())
    if not name:
        raise Invalid("班次要有名称，例如“白班”。", fields={"name": "不能为空"})
    if min(plan.leads, plan.officers) < 0 or not 0 < plan.leads + plan.officers <= _MOST_PEOPLE:
        raise Invalid("一个班次至少要一人，最多二十人。", fields={"officers": "至少一人，最多二十人"})
    return TurnPlan(name[:20], plan.hours, plan.days, plan.leads, plan.officers)
