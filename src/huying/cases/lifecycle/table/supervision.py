"""监管: reminders, warnings, supervision orders and checks (R402, R403)."""

from typing import Final

from huying.access.permissions import Permission as P
from huying.cases.lifecycle.clockkinds import ClockKind as C
from huying.cases.lifecycle.states import OPEN_STATES
from huying.cases.lifecycle.states import State as S
from huying.cases.lifecycle.steps import Guard as G
from huying.cases.lifecycle.steps import Orders, Part, Step
from huying.cases.lifecycle.table.words import (
    WITH_BODY,
    clocks,
    on,
)
from huying.cases.lifecycle.verbs import Outcome as O
from huying.cases.lifecycle.verbs import Verb as V

SUPERVISION: Final[tuple[Step, ...]] = (
    Step(verb=V.REMIND, sources=OPEN_STATES, permission=P.CASE_REMIND, takes=("words",)),
    Step(
        verb=V.WARN,
        # Of a closed case only its promises.
        sources=OPEN_STATES | on(S.CLOSED),
        permission=P.CASE_SUPERVISE,
        asks=("clock", "rung", "due_at"),
        takes=("pledge",),
        guards=(G.SYSTEM_ONLY,),
    ),
    Step(
        verb=V.SUPERVISE,
        sources=OPEN_STATES,
        permission=P.CASE_SUPERVISE,
        asks=("supervision",),
        starts=clocks(C.SUPERVISION),
        guards=(G.SUPERVISION_NONE,),
    ),
    Step(
        verb=V.REPLY_SUPERVISION,
        part=Part.LEAD,
        sources=WITH_BODY | {S.REPORTED, S.CHECKED},
        permission=P.ORDER_REPORT,
        asks=("note",),
        stops=clocks(C.SUPERVISION),
        guards=(G.SUPERVISION_OPEN,),
    ),
    # No longer needed, or issued to the wrong body: the reason stays with it.
    Step(
        verb=V.LIFT,
        sources=OPEN_STATES,
        permission=P.CASE_SUPERVISE,
        asks=("reason",),
        stops=clocks(C.SUPERVISION),
        guards=(G.SUPERVISION_OPEN, G.ISSUER_OR_ABOVE),
    ),
    # The last rung: a leader speaks with who answers for the body, and what is to be put right has a date.
    Step(
        verb=V.INTERVIEW,
        sources=OPEN_STATES,
        permission=P.CASE_INTERVIEW,
        asks=("body", "interviewed", "held_at", "talk"),
        takes=("rectification", "promise_until", "photos"),
        starts=clocks(C.PROMISE),
    ),
    Step(
        verb=V.CHECK,
        outcome=O.PASSED,
        sources=on(S.REPORTED),
        target=S.CHECKED,
        permission=P.CASE_CHECK,
        takes=("note", "photos"),
        stops=clocks(C.CHECK),
        starts=clocks(C.FOLLOW_UP),
        guards=(G.OTHER_PERSON,),
    ),
    Step(
        verb=V.CHECK,
        outcome=O.REWORK,
        sources=on(S.REPORTED),
        target=S.HANDLING,
        permission=P.CASE_CHECK,
        asks=("reason",),
        takes=("photos",),
        stops=clocks(C.CHECK),
        starts=clocks(C.HANDLE),
        orders=Orders.REWORK,
        guards=(G.OTHER_PERSON,),
    ),
)
