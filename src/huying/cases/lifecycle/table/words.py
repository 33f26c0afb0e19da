"""Sets of states and clocks that several rows of the table share."""

from typing import Final

from huying.cases.lifecycle.clockkinds import ClockKind as C
from huying.cases.lifecycle.states import State as S

BIRTH: Final[frozenset[S]] = frozenset()
AT_CENTRE: Final = frozenset({S.RECEIVED, S.FILED})
WITH_BODY: Final = frozenset({S.DISPATCHED, S.HANDLING})
ORDER_CLOCKS: Final = frozenset({C.SIGN, C.CONTACT, C.HANDLE})
BODY_CLOCKS: Final = ORDER_CLOCKS | {C.RULING, C.SUSPENSION}


def on(*states: S) -> frozenset[S]:
    return frozenset(states)


def clocks(*kinds: C) -> frozenset[C]:
    return frozenset(kinds)
