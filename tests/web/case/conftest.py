from pathlib import Path
from typing import Any

import pytest

from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.cases.models import Case
from huying.kernel import clock
from huying.people.actions import ensure_callers
from tests.cast import DISTRICT, GRID, Cast

WORDS = "春风路垃圾没人收，臭得很"


@pytest.fixture
def received(cast: Cast) -> Case:
    """The case of Li Fang's appeal, just received."""
    caller = ensure_callers(DISTRICT, [("李芳", "13812345678")], clock.now())[0]
    new = NewAppeal(text=WORDS, channel="web", kind="complaint", area=GRID, caller_id=caller)
    receipt = receive(DISTRICT, [new], by=cast.system, now=clock.now())[0]
    return Case.objects.get(district=DISTRICT, id=receipt.case_id)


@pytest.fixture
def signed(cast: Cast, received: Case) -> Case:
    """The same case, given to 城市管理局 and signed for."""
    ref = (DISTRICT, received.id)
    advance(ref, Verb.FILE, by=cast.dispatcher, now=clock.now(), item="X1")
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=clock.now(), body=cast.urban)
    return advance(ref, Verb.SIGN, by=cast.handler, now=clock.now())


@pytest.fixture(autouse=True)
def own_store(settings: Any, tmp_path: Path) -> None:
    """Photos of these tests go nowhere else."""
    settings.MEDIA_ROOT = tmp_path
