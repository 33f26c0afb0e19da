"""What a person may let an assistant do for them, and for how long."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from huying.access.permissions import Permission as P
from huying.kernel.terms import Term


class Leave(Term):
    """One sort of act that a person lets their assistant do; never more than the person may."""

    READ = "read", "查看"
    DRAFT = "draft", "起草答复"
    NOTE = "note", "记录进展"
    REMIND = "remind", "催办"
    SEND = "send", "发送答复"


#: Given unless a person asks for more: nothing of it changes a case.
USUAL: Final = frozenset({Leave.READ, Leave.DRAFT})
#: The steps that each allows; what reads is bounded by the person's own posts alone.
STEPS: Final[Mapping[Leave, frozenset[P]]] = {
    Leave.READ: frozenset({P.CASE_READ}),
    Leave.DRAFT: frozenset(),
    Leave.NOTE: frozenset({P.CASE_NOTE}),
    Leave.REMIND: frozenset({P.CASE_REMIND}),
    Leave.SEND: frozenset({P.ORDER_REPORT, P.CASE_ANSWER}),
}
#: A key that nobody thinks of any more ends by itself.
LONGEST: Final = timedelta(days=180)
USUAL_DAYS: Final = 90
#: Nobody works with more at once.
MOST: Final = 5


def steps_of(leaves: frozenset[Leave]) -> frozenset[P]:
    """Every permission an assistant with these leaves may use."""
    return frozenset().union(*(STEPS[leave] for leave in leaves))
