"""有诺必果: what was promised, by when, and whether it was kept (R303)."""

from typing import Final

from huying.access.permissions import Permission as P
from huying.cases.lifecycle.clockkinds import ClockKind as C
from huying.cases.lifecycle.states import OPEN_STATES
from huying.cases.lifecycle.states import State as S
from huying.cases.lifecycle.steps import Guard as G
from huying.cases.lifecycle.steps import Part, Step
from huying.cases.lifecycle.table.words import PROMISE_FACTS, WITH_BODY, clocks, on
from huying.cases.lifecycle.verbs import Outcome as O
from huying.cases.lifecycle.verbs import Verb as V

_WITH_LEAD = WITH_BODY | on(S.REPORTED, S.CHECKED)

PROMISING: Final[tuple[Step, ...]] = (
    Step(
        verb=V.PROMISE,
        part=Part.LEAD,
        sources=_WITH_LEAD,
        permission=P.ORDER_REPORT,
        asks=("promise",),
        takes=(*PROMISE_FACTS[1:], "progress", "photos"),
        starts=clocks(C.PROMISE),
    ),
    Step(
        verb=V.PROMISE,
        part=Part.ASSIST,
        sources=_WITH_LEAD,
        permission=P.ORDER_REPORT,
        asks=("promise",),
        takes=(*PROMISE_FACTS[1:], "progress", "photos"),
        starts=clocks(C.PROMISE),
    ),
    Step(
        verb=V.KEEP_PROMISE,
        sources=OPEN_STATES | on(S.CLOSED),
        permission=P.ORDER_REPORT,
        asks=("pledge",),
        takes=("progress", "result", "photos"),
        stops=clocks(C.PROMISE),
        guards=(G.PROMISE_OWN,),
    ),
    Step(
        verb=V.BREAK_PROMISE,
        outcome=O.OVERDUE,
        sources=OPEN_STATES,
        permission=P.CASE_CHECK,
        asks=("pledge",),
        stops=clocks(C.PROMISE),
        guards=(G.SYSTEM_ONLY,),
    ),
    Step(
        verb=V.BREAK_PROMISE,
        outcome=O.OVERDUE,
        sources=on(S.CLOSED),
        target=S.FILED,
        permission=P.CASE_CHECK,
        asks=("pledge",),
        stops=clocks(C.PROMISE),
        starts=clocks(C.DISPATCH),
        guards=(G.SYSTEM_ONLY,),
    ),
    Step(
        verb=V.BREAK_PROMISE,
        outcome=O.CONTESTED,
        sources=OPEN_STATES,
        permission=P.CASE_CHECK,
        asks=("pledge", "reason"),
        takes=("photos",),
        guards=(G.PROMISE_KEPT, G.OTHER_PERSON),
    ),
    Step(
        verb=V.BREAK_PROMISE,
        outcome=O.CONTESTED,
        sources=on(S.CLOSED),
        target=S.FILED,
        permission=P.CASE_CHECK,
        asks=("pledge", "reason"),
        takes=("photos",),
        starts=clocks(C.DISPATCH),
        guards=(G.PROMISE_KEPT, G.OTHER_PERSON),
    ),
    Step(
        verb=V.BREAK_PROMISE,
        outcome=O.DENIED,
        sources=OPEN_STATES,
        permission=P.APPEAL_RATE,
        asks=("pledge", "appeal"),
        takes=("words",),
        guards=(G.PROMISE_KEPT,),
    ),
    Step(
        verb=V.BREAK_PROMISE,
        outcome=O.DENIED,
        sources=on(S.CLOSED),
        target=S.FILED,
        permission=P.APPEAL_RATE,
        asks=("pledge", "appeal"),
        takes=("words",),
        starts=clocks(C.DISPATCH),
        guards=(G.PROMISE_KEPT,),
    ),
)
