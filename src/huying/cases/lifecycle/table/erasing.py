"""删除: what was said and by whom is erased by law; that there was a case stays (个人信息保护法 47)."""

from typing import Final

from huying.access.permissions import Permission as P
from huying.cases.lifecycle.states import CLOSED_STATES
from huying.cases.lifecycle.steps import Guard as G
from huying.cases.lifecycle.steps import Step
from huying.cases.lifecycle.verbs import Verb as V

# Written by the platform in the name of the officer, in the transaction that erases: nobody presses it by itself.
ERASING: Final[tuple[Step, ...]] = (
    Step(
        verb=V.ERASE,
        sources=CLOSED_STATES,
        permission=P.PERSON_ERASE,
        asks=("basis",),
        guards=(G.SYSTEM_ONLY, G.AT_REST),
    ),
)
