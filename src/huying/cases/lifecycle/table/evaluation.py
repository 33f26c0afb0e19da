"""评价: follow-up, rating, closing and doing it again (R501)."""

from typing import Final

from huying.access.permissions import Permission as P
from huying.cases.lifecycle.clockkinds import ClockKind as C
from huying.cases.lifecycle.states import State as S
from huying.cases.lifecycle.steps import Guard as G
from huying.cases.lifecycle.steps import Orders, Step
from huying.cases.lifecycle.table.words import ENDING, clocks, on
from huying.cases.lifecycle.verbs import Outcome as O
from huying.cases.lifecycle.verbs import Verb as V

EVALUATION: Final[tuple[Step, ...]] = (
    Step(
        verb=V.FOLLOW_UP,
        outcome=O.SOLVED,
        sources=on(S.CHECKED, S.CLOSED),
        permission=P.CASE_FOLLOW_UP,
        asks=("appeal", "satisfaction"),
        takes=("way", "responded", "note", "speed", "effect", "service", "answer"),
        guards=(G.OTHER_BODY, G.NOT_YET_JUDGED),
    ),
    Step(
        verb=V.FOLLOW_UP,
        outcome=O.UNREACHED,
        sources=on(S.CHECKED, S.CLOSED),
        permission=P.CASE_FOLLOW_UP,
        asks=("appeal", "unreached_reason"),
        takes=("way", "note"),
        guards=(G.OTHER_BODY, G.NOT_YET_JUDGED),
    ),
    Step(
        verb=V.FOLLOW_UP,
        outcome=O.UNSOLVED,
        sources=on(S.CHECKED),
        target=S.HANDLING,
        permission=P.CASE_FOLLOW_UP,
        asks=("appeal", "satisfaction", "reason"),
        takes=("way", "responded", "speed", "effect", "service", "answer"),
        stops=clocks(C.FOLLOW_UP),
        starts=clocks(C.HANDLE),
        orders=Orders.REWORK,
        guards=(G.OTHER_BODY,),
    ),
    Step(
        verb=V.RATE,
        outcome=O.SOLVED,
        sources=on(S.CHECKED, S.CLOSED),
        permission=P.APPEAL_RATE,
        asks=("appeal", "satisfaction"),
        takes=("speed", "effect", "service", "answer", "words"),
        guards=(G.RATE_IN_TIME, G.NOT_YET_JUDGED),
    ),
    Step(
        verb=V.RATE,
        outcome=O.UNSOLVED,
        sources=on(S.CHECKED),
        target=S.HANDLING,
        permission=P.APPEAL_RATE,
        asks=("appeal",),
        takes=("satisfaction", "speed", "effect", "service", "answer", "words"),
        stops=clocks(C.FOLLOW_UP),
        starts=clocks(C.HANDLE),
        orders=Orders.REWORK,
    ),
    Step(
        verb=V.RATE,
        outcome=O.UNSOLVED,
        sources=on(S.CLOSED),
        target=S.FILED,
        permission=P.APPEAL_RATE,
        asks=("appeal",),
        takes=("satisfaction", "speed", "effect", "service", "answer", "words"),
        starts=clocks(C.DISPATCH),
        guards=(G.RATE_IN_TIME,),
    ),
    Step(
        verb=V.CLOSE,
        sources=on(S.CHECKED),
        target=S.CLOSED,
        permission=P.CASE_CLOSE,
        takes=("note",),
        stops=ENDING,
        orders=Orders.END,
        guards=(G.ALL_ANSWERED,),
    ),
    Step(
        verb=V.REOPEN,
        sources=on(S.CLOSED, S.REJECTED),
        target=S.FILED,
        permission=P.CASE_REOPEN,
        asks=("reason",),
        starts=clocks(C.DISPATCH),
    ),
)
