"""分拨: to which body, and at which level (R204, R205)."""

from typing import Final

from huying.access.permissions import Permission as P
from huying.cases.lifecycle.clockkinds import ClockKind as C
from huying.cases.lifecycle.states import State as S
from huying.cases.lifecycle.steps import Guard as G
from huying.cases.lifecycle.steps import Orders, Step
from huying.cases.lifecycle.table.words import (
    AT_CENTRE,
    BODY_CLOCKS,
    OF_HOLDER,
    ORDER_CLOCKS,
    WITH_BODY,
    clocks,
    on,
)
from huying.cases.lifecycle.verbs import Verb as V

ALLOCATION: Final[tuple[Step, ...]] = (
    Step(
        verb=V.DISPATCH,
        sources=on(S.FILED),
        target=S.DISPATCHED,
        permission=P.CASE_DISPATCH,
        asks=("body",),
        takes=("assists", "reasons", "source", "note"),
        stops=clocks(C.DISPATCH),
        starts=ORDER_CLOCKS,
        renews=OF_HOLDER,
        orders=Orders.SEND,
    ),
    # Sent wrongly and not yet signed for: whoever sends orders puts it right. Once signed for, its body disputes it.
    Step(
        verb=V.REASSIGN,
        sources=on(S.DISPATCHED),
        target=S.DISPATCHED,
        permission=P.CASE_DISPATCH,
        asks=("body", "reason"),
        stops=BODY_CLOCKS,
        starts=ORDER_CLOCKS,
        renews=OF_HOLDER,
        orders=Orders.PASS_ON,
    ),
    Step(
        verb=V.ADD_BODY,
        sources=WITH_BODY,
        permission=P.CASE_ADD_BODY,
        asks=("body",),
        takes=("reason",),
        orders=Orders.ADD,
        guards=(G.IN_CHARGE,),
    ),
    Step(
        verb=V.HAND_UP,
        sources=AT_CENTRE,
        permission=P.CASE_HAND_UP,
        asks=("reason",),
        guards=(G.LEVEL_ABOVE,),
    ),
    Step(
        verb=V.HAND_UP,
        sources=WITH_BODY,
        target=S.FILED,
        permission=P.CASE_HAND_UP,
        asks=("reason",),
        stops=BODY_CLOCKS,
        starts=clocks(C.DISPATCH),
        orders=Orders.RECALL,
        guards=(G.LEVEL_ABOVE,),
    ),
    Step(
        verb=V.HAND_DOWN,
        sources=AT_CENTRE,
        permission=P.CASE_HAND_DOWN,
        asks=("reason",),
        guards=(G.LEVEL_BELOW,),
    ),
)
