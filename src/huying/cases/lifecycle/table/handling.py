"""处置: what a body does with its order (R302)."""

from typing import Final

from huying.access.permissions import Permission as P
from huying.cases.lifecycle.clockkinds import ClockKind as C
from huying.cases.lifecycle.states import OPEN_STATES
from huying.cases.lifecycle.states import State as S
from huying.cases.lifecycle.steps import Guard as G
from huying.cases.lifecycle.steps import Orders, Part, Step
from huying.cases.lifecycle.table.words import (
    BODY_CLOCKS,
    PROMISE_FACTS,
    WITH_BODY,
    clocks,
    on,
)
from huying.cases.lifecycle.verbs import Verb as V

HANDLING: Final[tuple[Step, ...]] = (
    Step(
        verb=V.SIGN,
        part=Part.LEAD,
        sources=on(S.DISPATCHED),
        target=S.HANDLING,
        permission=P.ORDER_SIGN,
        stops=clocks(C.SIGN),
        orders=Orders.SIGN,
    ),
    Step(verb=V.SIGN, part=Part.ASSIST, sources=WITH_BODY, permission=P.ORDER_SIGN, orders=Orders.SIGN),
    Step(
        verb=V.CONTACT,
        part=Part.LEAD,
        sources=on(S.HANDLING),
        permission=P.ORDER_CONTACT,
        asks=("reached",),
        takes=("contacted_at", "note"),
        stops=clocks(C.CONTACT),
    ),
    Step(
        verb=V.CONTACT,
        part=Part.ASSIST,
        sources=WITH_BODY,
        permission=P.ORDER_CONTACT,
        asks=("reached",),
        takes=("contacted_at", "note"),
    ),
    Step(verb=V.NOTE, sources=OPEN_STATES, permission=P.CASE_NOTE, takes=("note", "progress", "photos")),
    Step(
        verb=V.REPORT,
        part=Part.LEAD,
        sources=on(S.HANDLING),
        target=S.REPORTED,
        permission=P.ORDER_REPORT,
        asks=("result", "reply", "solved"),
        takes=("unsolved_reason", "photos", "photos_before", *PROMISE_FACTS),
        stops=BODY_CLOCKS,
        starts=clocks(C.CHECK),
        orders=Orders.REPORT,
        guards=(G.ASSISTS_DONE, G.PARTS_DONE, G.NOT_SUSPENDED),
    ),
    Step(
        verb=V.REPORT,
        part=Part.ASSIST,
        sources=WITH_BODY,
        permission=P.ORDER_REPORT,
        asks=("result", "solved"),
        takes=("unsolved_reason", "photos", "photos_before"),
        orders=Orders.REPORT,
    ),
)
