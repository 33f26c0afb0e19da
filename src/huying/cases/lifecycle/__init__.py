"""One lifecycle as a table (R301): buttons, API verbs, permissions, clocks, docs and tests derive from it."""

from huying.cases.lifecycle.asking import BY_HAND, FollowUpReason
from huying.cases.lifecycle.basis import Basis
from huying.cases.lifecycle.channels import Channel
from huying.cases.lifecycle.clockkinds import ClockKind
from huying.cases.lifecycle.facts import FACTS, Fact, FactKind
from huying.cases.lifecycle.states import CLOSED_STATES, OPEN_STATES, Level, OrderRole, OrderState, State
from huying.cases.lifecycle.steps import (
    ALL_CLOCKS,
    Guard,
    Orders,
    Part,
    Step,
    find_step,
    run_clocks,
    steps_from,
)
from huying.cases.lifecycle.table import TABLE
from huying.cases.lifecycle.verbs import Outcome, Verb

__all__ = [
    "ALL_CLOCKS",
    "BY_HAND",
    "CLOSED_STATES",
    "FACTS",
    "OPEN_STATES",
    "TABLE",
    "Basis",
    "Channel",
    "ClockKind",
    "Fact",
    "FactKind",
    "FollowUpReason",
    "Guard",
    "Level",
    "OrderRole",
    "OrderState",
    "Orders",
    "Outcome",
    "Part",
    "State",
    "Step",
    "Verb",
    "find_step",
    "run_clocks",
    "steps_from",
]
