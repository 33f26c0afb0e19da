"""Cases told for tests of assessment: all the way to a verdict, by people whose accounts are known."""

from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from huying.access.actor import Actor
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.actions.reactions import following, reading
from huying.cases.lifecycle import Outcome, Verb
from huying.figures.tasks import count
from tests.cases.walking import REPLY
from tests.cast import DISTRICT, GRID, MONDAY, Cast


def live(
    cast: Cast,
    body: int,
    area: str = GRID,
    start: datetime = MONDAY,
    word: str = "satisfied",
    *,
    by: Actor | None = None,
    late: bool = False,
    solved: bool = True,
) -> int:
    """One case to the verdict of its caller; ``by`` registers, dispatches and reports it, ``late`` after its limits."""
    who = by or cast.system
    new = NewAppeal(text="路口积水", channel="web", kind="complaint", area=area)
    receipt = receive(DISTRICT, [new], by=who, now=start)[0]
    soon = start + timedelta(minutes=10)
    then = start + timedelta(days=30) if late else soon

    def step(verb: Verb, at: datetime, outcome: Outcome | None = None, **facts: Any) -> None:
        whose = (
            who if verb in {Verb.FILE, Verb.DISPATCH, Verb.SIGN, Verb.CONTACT, Verb.REPORT} else cast.system
        )
        system = cast.system if by is None or verb in {Verb.FILE, Verb.DISPATCH} else whose
        advance((DISTRICT, receipt.case_id), verb, by=system, now=at, outcome=outcome, **facts)

    step(Verb.FILE, soon, item="010101")
    step(Verb.DISPATCH, soon, body=body)
    step(Verb.SIGN, soon)
    step(Verb.CONTACT, soon, reached=True)
    step(Verb.REPORT, then, result="已疏通。", reply=REPLY, solved=True)
    step(Verb.CHECK, then, Outcome.PASSED)
    if solved:
        step(Verb.FOLLOW_UP, then, Outcome.SOLVED, appeal=receipt.appeal_id, satisfaction=word)
    step(Verb.CLOSE, then)
    return receipt.case_id


def counted(now: datetime) -> None:
    """Let figures follow the ledger by their own cursor; within a test's one transaction nothing else is under way."""
    with patch.object(reading, "horizon", lambda: 2**62):
        while following.follow("figures", DISTRICT, count, now):
            pass
