"""Sets of states and clocks that several rows of the table share."""

from typing import Final

from huying.cases.lifecycle.clockkinds import ClockKind as C
from huying.cases.lifecycle.states import State as S
from huying.cases.lifecycle.steps import ALL_CLOCKS

BIRTH: Final[frozenset[S]] = frozenset()
AT_CENTRE: Final = frozenset({S.RECEIVED, S.FILED})
WITH_BODY: Final = frozenset({S.DISPATCHED, S.HANDLING})
ORDER_CLOCKS: Final = frozenset({C.SIGN, C.CONTACT, C.HANDLE})
# A promise outlives the case: turf now, the trees in spring.
ENDING: Final = ALL_CLOCKS - {C.PROMISE}
# Asked of whoever holds the case: when another body does, that one has the whole time again.
OF_HOLDER: Final = frozenset({C.SUPERVISION})
PROMISE_FACTS: Final = ("promise", "promise_until", "season", "proviso")
BODY_CLOCKS: Final = ORDER_CLOCKS | {C.RULING, C.SUSPENSION}


def on(*states: S) -> frozenset[S]:
    return frozenset(states)


def clocks(*kinds: C) -> frozenset[C]:
    return frozenset(kinds)
