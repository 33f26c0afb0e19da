"""Somebody is sent to look; what both sides changed is never written over."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from huying.cases.actions import NewAppeal, receive
from huying.cases.models import Statement
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound, StaleVersion
from huying.patrol.actions import NewAnswer, answer, ask, change, withdraw
from huying.patrol.models import Check
from huying.patrol.queries import check_for, checks_for, checks_of, my_check, my_checks, pack_for
from huying.patrol.rules.kinds import CheckAnswer, CheckKind
from tests.cast import DISTRICT, GRID, MONDAY
from tests.patrol.conftest import SPOT, Street, after, key

pytestmark = [pytest.mark.django_db, pytest.mark.database]
DUE = MONDAY + timedelta(hours=24)
SEEN = NewAnswer(
    key=UUID(key("answer")), base=1, answer=CheckAnswer.REAL, note="缺一个", seen_at=after(30), sent_at=after(200),
    spot=SPOT,
)  # fmt: skip


@pytest.fixture
def case_id(street: Street) -> int:
    new = NewAppeal(
        text="东门井盖没了", channel="hotline", area=GRID, lon=SPOT.lon, lat=SPOT.lat, place_text="东门"
    )
    return receive(DISTRICT, [new], by=street.cast.system, now=MONDAY)[0].case_id


@pytest.fixture
def task(street: Street, case_id: int) -> int:
    return ask(street.cast.dispatcher, case_id, CheckKind.VERIFY, "看井盖在不在", DUE, MONDAY)


def test_the_task_is_in_the_pack_of_who_works_there_and_tells_nothing_of_who_called(
    street: Street, task: int
) -> None:
    (mine,) = pack_for(street.worker, after(1)).checks
    assert (mine.id, mine.words, mine.place_text, mine.lon, mine.version) == (
        task,
        "看井盖在不在",
        "东门",
        SPOT.lon,
        1,
    )
    assert not hasattr(mine, "caller_id")
    assert [one.id for one in my_checks(street.colleague)] == [task]


def test_the_answer_stands_with_its_own_time_and_on_the_case(street: Street, task: int, case_id: int) -> None:
    answer(street.worker, task, SEEN, after(200))
    answer(street.worker, task, replace(SEEN, note="又一次"), after(201))
    row = check_for(street.cast.dispatcher, task)
    assert (row.answer, row.note, row.seen_at, row.answered_at) == (
        CheckAnswer.REAL,
        "缺一个",
        after(30),
        after(200),
    )
    assert my_checks(street.worker) == []
    noted = Statement.objects.get(district=DISTRICT, case_id=case_id)
    assert noted.text == "网格员王秀英核实：属实。缺一个。"
    assert [one.id for one in checks_of(street.cast.dispatcher, case_id)] == [task]


def test_what_was_changed_meanwhile_is_not_answered_over(street: Street, task: int) -> None:
    change(street.cast.dispatcher, task, "看西门的那个", DUE, after(10))
    with pytest.raises(StaleVersion):
        answer(street.worker, task, SEEN, after(200))
    theirs = my_check(street.worker, task)
    assert (theirs.version, theirs.words, theirs.answer) == (2, "看西门的那个", None)
    answer(street.worker, task, replace(SEEN, base=2), after(201))
    # A colleague, offline since before, answers what is answered.
    with pytest.raises(StaleVersion):
        answer(street.colleague, task, replace(SEEN, key=UUID(key("other")), base=2, note="都在"), after(202))
    assert my_check(street.colleague, task).note == "缺一个"
    merged = replace(SEEN, key=UUID(key("merged")), base=3, note="缺一个\n都在")
    answer(street.colleague, task, merged, after(203))
    assert my_check(street.worker, task).note == "缺一个\n都在"


def test_what_was_withdrawn_is_not_answered(street: Street, task: int) -> None:
    withdraw(street.cast.dispatcher, task, after(5))
    with pytest.raises(StaleVersion):
        answer(street.worker, task, SEEN, after(200))
    with pytest.raises(Conflict):
        answer(street.worker, task, replace(SEEN, base=2), after(200))
    with pytest.raises(Conflict):
        withdraw(street.cast.dispatcher, task, after(6))
    assert my_checks(street.worker) == []


@pytest.mark.parametrize("wrong", [{"answer": CheckAnswer.DONE}, {"note": "长" * 1501}])
def test_what_cannot_be_seen_is_refused(street: Street, task: int, wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        answer(street.worker, task, replace(SEEN, **wrong), after(200))
    assert check_for(street.cast.dispatcher, task).answer is None


def test_who_may_send_and_look(street: Street, case_id: int) -> None:
    cast = street.cast
    for by in (cast.other_dispatcher, street.worker):
        with pytest.raises(NotFound):
            ask(by, case_id, CheckKind.VERIFY, "看一下", DUE, MONDAY)
    for by in (cast.supervisor, cast.leader):
        with pytest.raises(Denied):
            ask(by, case_id, CheckKind.VERIFY, "看一下", DUE, MONDAY)
    for words, due in ((" ", DUE), ("看一下", MONDAY)):
        with pytest.raises(Invalid):
            ask(cast.dispatcher, case_id, CheckKind.VERIFY, words, due, MONDAY)
    assert not Check.objects.exists()
    task = ask(cast.dispatcher, case_id, CheckKind.VERIFY, "看一下", DUE, MONDAY)
    with pytest.raises(Conflict):
        ask(cast.dispatcher, case_id, CheckKind.VERIFY, "再看一下", DUE, MONDAY)
    ask(cast.dispatcher, case_id, CheckKind.INSPECT, "办好没有", DUE, MONDAY)
    with pytest.raises(Denied):
        answer(cast.dispatcher, task, SEEN, after(200))
    assert list(checks_for(cast.other_dispatcher)) == []
    with pytest.raises(NotFound):
        check_for(cast.other_dispatcher, task)
