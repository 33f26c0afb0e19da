"""A district with some weeks of matters, counted as the worker counts them."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.models import Entry
from huying.cases.queries.proofs.chain import link_of
from huying.cases.queries.settings.timing import forget_timing
from huying.figures.tasks import count
from tests.cases.walking import REPLY
from tests.cast import DISTRICT, GRID, MONDAY, Cast, gather
from tests.teams.conftest import draw

# Tuesday, 17 March 2026, 09:00 in Shanghai.
NOW = MONDAY + timedelta(days=15)


@pytest.fixture
def cast(db: None) -> Cast:
    forget_timing()
    gathered = gather()
    draw(gathered)
    return gathered


def live(
    cast: Cast, start: datetime, area: str = GRID, item: str = "X10101", word: str = "satisfied", closed: bool = True,
    channel: str = "web", spot: tuple[float, float] | None = (114.3001, 22.7001),
) -> int:  # fmt: skip
    """One case, closed within the hour to its caller's content, or left with its unit."""
    lon, lat = spot or (None, None)
    new = NewAppeal(text="路口积水", channel=channel, kind="complaint", area=area, lon=lon, lat=lat)
    receipt = receive(DISTRICT, [new], by=cast.system, now=start)[0]
    ref = (DISTRICT, receipt.case_id)

    def step(verb: Verb, outcome: Outcome | None = None, **facts: Any) -> None:
        advance(ref, verb, by=cast.system, now=start + timedelta(minutes=10), outcome=outcome, **facts)

    step(Verb.FILE, item=item)
    step(Verb.DISPATCH, body=cast.urban)
    if closed:
        step(Verb.SIGN)
        step(Verb.CONTACT, reached=True)
        step(Verb.REPORT, result="已疏通。", reply=REPLY, solved=True)
        step(Verb.CHECK, Outcome.PASSED)
        step(Verb.FOLLOW_UP, Outcome.SOLVED, appeal=receipt.appeal_id, satisfaction=word)
        step(Verb.CLOSE)
    return receipt.case_id


def counted(now: datetime = NOW) -> None:
    """Everything in the ledger into the figures."""
    count(DISTRICT, [link_of(entry) for entry in Entry.objects.order_by("case_id", "seq")], now)
