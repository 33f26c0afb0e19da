from collections.abc import Callable
from datetime import timedelta

import pytest

from huying.cases.actions import NewAppeal, Receipt, advance, receive
from huying.cases.lifecycle import Verb
from huying.cases.models import Case
from huying.cases.queries.settings.timing import forget_timing
from tests.cast import DISTRICT, GRID, MONDAY, Cast, gather


@pytest.fixture
def cast(db: None) -> Cast:
    forget_timing()
    return gather()


@pytest.fixture
def appeal(cast: Cast) -> Receipt:
    """A resident's appeal, just received."""
    new = NewAppeal(text="春风路垃圾没人收，臭得很", channel="web", kind="complaint", area=GRID)
    return receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0]


@pytest.fixture
def with_handler(cast: Cast, appeal: Receipt) -> Case:
    """The appeal's case, filed, given to 城市管理局 and signed for."""
    ref = (DISTRICT, appeal.case_id)
    advance(ref, Verb.FILE, by=cast.dispatcher, now=MONDAY + timedelta(minutes=5), item="X1")
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=MONDAY + timedelta(minutes=6), body=cast.urban)
    return advance(ref, Verb.SIGN, by=cast.handler, now=MONDAY + timedelta(minutes=20))


@pytest.fixture
def after() -> Callable[[float], object]:
    """A moment so many minutes after Monday, 09:00."""
    return lambda minutes: MONDAY + timedelta(minutes=minutes)
