"""呼叫/吹哨: bodies called to the spot, what they take on there, and what each side says of the other (R207)."""

from typing import Final

from huying.access.permissions import Permission as P
from huying.cases.lifecycle.clockkinds import ClockKind as C
from huying.cases.lifecycle.states import OPEN_STATES
from huying.cases.lifecycle.states import State as S
from huying.cases.lifecycle.steps import Guard as G
from huying.cases.lifecycle.steps import Orders, Part, Step
from huying.cases.lifecycle.table.words import clocks, on
from huying.cases.lifecycle.verbs import Verb as V

CALLING: Final[tuple[Step, ...]] = (
    Step(
        verb=V.CALL,
        sources=OPEN_STATES,
        permission=P.CASE_CALL,
        asks=("called", "demand"),
        takes=("situation", "spot", "fallback"),
        starts=clocks(C.CALL),
        orders=Orders.CALL,
    ),
    Step(
        verb=V.ANSWER_CALL,
        part=Part.CALLED,
        sources=OPEN_STATES,
        permission=P.ORDER_ANSWER,
        takes=("note",),
        stops=clocks(C.CALL),
        orders=Orders.ANSWER,
    ),
    # Who stands there has answered, whether or not they said so before.
    Step(
        verb=V.ARRIVE,
        part=Part.CALLED,
        sources=OPEN_STATES,
        permission=P.ORDER_ANSWER,
        takes=("lon", "lat", "photos", "note"),
        stops=clocks(C.CALL),
        orders=Orders.ANSWER,
    ),
    Step(
        verb=V.CONSULT,
        sources=OPEN_STATES,
        permission=P.CASE_CALL,
        asks=("minutes",),
        takes=("photos",),
        guards=(G.CALL_OPEN, G.CALLING_SIDE),
    ),
    Step(
        verb=V.ASSIGN,
        sources=OPEN_STATES,
        permission=P.CASE_CALL,
        asks=("body", "task", "promise_until"),
        starts=clocks(C.PROMISE),
        guards=(G.CALL_OPEN, G.CALLING_SIDE),
    ),
    Step(
        verb=V.END_CALL,
        sources=OPEN_STATES,
        permission=P.CASE_CALL,
        takes=("note",),
        stops=clocks(C.CALL),
        orders=Orders.END_CALL,
        guards=(G.CALL_OPEN, G.CALLING_SIDE),
    ),
    Step(
        verb=V.RATE_CALL,
        part=Part.CALLED,
        sources=OPEN_STATES | on(S.CLOSED),
        permission=P.CASE_CALL,
        asks=("stars",),
        takes=("remark",),
        guards=(G.CALL_UNRATED, G.CALLING_SIDE),
    ),
    Step(
        verb=V.RATE_CALLER,
        part=Part.CALLED,
        sources=OPEN_STATES | on(S.CLOSED),
        permission=P.ORDER_ANSWER,
        asks=("stars",),
        takes=("remark",),
        guards=(G.CALL_UNRATED,),
    ),
)
