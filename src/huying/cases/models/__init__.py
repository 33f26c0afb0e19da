"""The rows of the heart. Only ``huying.cases.actions`` writes them; pages read them through ``queries``.

Every table carries ``district`` and has it in every unique index, so that tables can be distributed by it.
Rows refer to one another by (district, id): the constraints stand in the first migration, as SQL.
"""

from huying.cases.models.appeal import Answer, Appeal, Attachment, CaseAppeal
from huying.cases.models.calendar import SpecialDay, WorkingHours
from huying.cases.models.call import Call, Called, CallRating, Side
from huying.cases.models.case import Case, CaseSearch, Order
from huying.cases.models.clock import Clock, ClockLimit, Pause, Rung
from huying.cases.models.deed import Deed
from huying.cases.models.discipline import (
    Delay,
    DelayKind,
    DelayState,
    Dispute,
    DisputeState,
    Interview,
    Supervision,
)
from huying.cases.models.entry import DayRoot, Entry, Statement
from huying.cases.models.follow import Cursor, Heartbeat, Stumble
from huying.cases.models.matter import Matter
from huying.cases.models.promise import Promise, PromiseKind, PromiseState
from huying.cases.models.rating import Rating
from huying.cases.models.reply import ReplyPart

__all__ = [
    "Answer",
    "Appeal",
    "Attachment",
    "Call",
    "CallRating",
    "Called",
    "Case",
    "CaseAppeal",
    "CaseSearch",
    "Clock",
    "ClockLimit",
    "Cursor",
    "DayRoot",
    "Deed",
    "Delay",
    "DelayKind",
    "DelayState",
    "Dispute",
    "DisputeState",
    "Entry",
    "Heartbeat",
    "Interview",
    "Matter",
    "Order",
    "Pause",
    "Promise",
    "PromiseKind",
    "PromiseState",
    "Rating",
    "ReplyPart",
    "Rung",
    "Side",
    "SpecialDay",
    "Statement",
    "Stumble",
    "Supervision",
    "WorkingHours",
]
