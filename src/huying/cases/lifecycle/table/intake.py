"""收集与受理: how a matter is born, filed, turned away, answered, split, merged and withdrawn."""

from typing import Final

from huying.access.permissions import Permission as P
from huying.cases.lifecycle.clockkinds import ClockKind as C
from huying.cases.lifecycle.states import OPEN_STATES
from huying.cases.lifecycle.states import State as S
from huying.cases.lifecycle.steps import ALL_CLOCKS, Orders, Step
from huying.cases.lifecycle.steps import Guard as G
from huying.cases.lifecycle.table.words import (
    AT_CENTRE,
    BIRTH,
    ENDING,
    clocks,
    on,
)
from huying.cases.lifecycle.verbs import Outcome as O
from huying.cases.lifecycle.verbs import Verb as V

INTAKE: Final[tuple[Step, ...]] = (
    Step(
        verb=V.RECEIVE,
        sources=BIRTH,
        target=S.RECEIVED,
        permission=P.APPEAL_RECEIVE,
        starts=clocks(C.ACCEPT),
    ),
    Step(verb=V.SPLIT_OFF, sources=BIRTH, target=S.FILED, permission=P.CASE_SPLIT, starts=clocks(C.DISPATCH)),
    Step(
        verb=V.FILE,
        sources=on(S.RECEIVED),
        target=S.FILED,
        permission=P.CASE_FILE,
        asks=("item",),
        takes=("condition", "kind", "area", "note"),
        stops=clocks(C.ACCEPT),
        starts=clocks(C.DISPATCH),
    ),
    Step(
        verb=V.REJECT,
        sources=on(S.RECEIVED),
        target=S.REJECTED,
        permission=P.CASE_REJECT,
        asks=("ground", "reply"),
        takes=("note",),
        stops=ENDING,
        orders=Orders.END,
    ),
    Step(
        verb=V.ANSWER,
        sources=AT_CENTRE,
        target=S.CLOSED,
        permission=P.CASE_ANSWER,
        asks=("reply",),
        takes=("item", "kind", "note"),
        stops=ENDING,
        orders=Orders.END,
    ),
    Step(
        verb=V.CORRECT,
        sources=OPEN_STATES,
        permission=P.CASE_CORRECT,
        takes=("item", "condition", "kind", "area", "reason"),
    ),
    Step(verb=V.SPLIT, sources=OPEN_STATES, permission=P.CASE_SPLIT, asks=("parts",), takes=("reason",)),
    Step(
        verb=V.MERGE,
        sources=OPEN_STATES,
        target=S.MERGED,
        permission=P.CASE_MERGE,
        asks=("into",),
        takes=("reason",),
        stops=ALL_CLOCKS,
        orders=Orders.RECALL,
        guards=(G.PROMISE_NONE,),
    ),
    # Written beside the merge of another case and never asked for by itself.
    Step(verb=V.ABSORB, sources=OPEN_STATES, permission=P.CASE_MERGE, guards=(G.SYSTEM_ONLY,)),
    Step(
        verb=V.WITHDRAW,
        outcome=O.LAST,
        sources=OPEN_STATES,
        target=S.WITHDRAWN,
        permission=P.APPEAL_WITHDRAW,
        asks=("appeal",),
        takes=("reason",),
        stops=ALL_CLOCKS,
        orders=Orders.RECALL,
    ),
    Step(
        verb=V.WITHDRAW,
        outcome=O.OTHERS,
        sources=OPEN_STATES,
        permission=P.APPEAL_WITHDRAW,
        asks=("appeal",),
        takes=("reason",),
    ),
    # What another system had finished before it was told here (R109). Nothing is said of signing, checking or
    # what the caller thought of it, which nobody told us; no clock of ours ran, so none can be late.
    Step(
        verb=V.ARCHIVE,
        sources=on(S.RECEIVED),
        target=S.CLOSED,
        permission=P.ORDERS_IMPORT,
        asks=("told",),
        takes=("item", "kind", "area", "body", "ended", "in_time"),
        stops=ALL_CLOCKS,
        guards=(G.SYSTEM_ONLY,),
    ),
)
