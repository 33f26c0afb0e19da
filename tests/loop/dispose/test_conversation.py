"""Everybody on a case can speak on it; nobody else knows that anything was said."""

from datetime import timedelta

import pytest

from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.kernel.errors import Invalid, NotFound
from huying.loop.dispose.actions import read_up_to, speak
from huying.loop.dispose.models import Message
from huying.loop.dispose.queries import conversation_for
from tests.cast import DISTRICT, GRID, MONDAY, Cast, gather

LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def case_id(cast: Cast) -> int:
    new = NewAppeal(text="涵洞积水，车过不去", channel="web", area=GRID)
    number = receive(DISTRICT, [new], by=cast.system, now=MONDAY)[0].case_id
    advance((DISTRICT, number), Verb.FILE, by=cast.dispatcher, now=MONDAY, item="X1")
    advance((DISTRICT, number), Verb.DISPATCH, by=cast.dispatcher, now=MONDAY, body=cast.water)
    return number


def test_what_is_said_is_read_by_those_on_the_case(cast: Cast, case_id: int) -> None:
    number = speak(cast.helper, DISTRICT, case_id, "泵车十分钟到", key="m1", now=LATER)
    assert speak(cast.helper, DISTRICT, case_id, "泵车十分钟到", key="m1", now=LATER) == number
    said = conversation_for(cast.dispatcher, DISTRICT, case_id, LATER)
    assert [message.text for message in said] == ["泵车十分钟到"]
    read_up_to(cast.dispatcher, DISTRICT, case_id, number, LATER)
    read_up_to(cast.dispatcher, DISTRICT, case_id, number - 1, LATER)
    assert Message.objects.count() == 1


def test_an_outsider_neither_reads_nor_speaks(cast: Cast, case_id: int) -> None:
    for outsider in (cast.outsider, cast.other_dispatcher):
        with pytest.raises(NotFound):
            conversation_for(outsider, DISTRICT, case_id, LATER)
        with pytest.raises(NotFound):
            speak(outsider, DISTRICT, case_id, "我来看看", key="x", now=LATER)
    assert not Message.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "长" * 1001])
def test_empty_and_endless_words_are_refused(cast: Cast, case_id: int, text: str) -> None:
    with pytest.raises(Invalid):
        speak(cast.helper, DISTRICT, case_id, text, key="y", now=LATER)
