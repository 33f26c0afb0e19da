"""Working time: units, limits, the statutory calendar, due times and why they are what they are."""

from huying.worktime.arithmetic import Pause, due, extend, merged, opens, remaining, span, worked
from huying.worktime.calendar import USUAL_SESSIONS, Calendar, Day, DayKind
from huying.worktime.explain import explain
from huying.worktime.phrases import duration, working_duration
from huying.worktime.statutory import mainland
from huying.worktime.table import Session
from huying.worktime.units import Limit, Unit

__all__ = [
    "USUAL_SESSIONS",
    "Calendar",
    "Day",
    "DayKind",
    "Limit",
    "Pause",
    "Session",
    "Unit",
    "due",
    "duration",
    "explain",
    "extend",
    "mainland",
    "merged",
    "opens",
    "remaining",
    "span",
    "worked",
    "working_duration",
]
