"""A run over real rows: what it tells, and that nothing in it can write."""

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.cases.models import Case, Entry
from huying.cases.queries.settings.timing import forget_timing
from huying.catalogue.actions import load_starter
from huying.catalogue.queries import items_for_text
from huying.catalogue.rules.what_if import Stage
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.lab.channels import ask_run, do_run
from huying.lab.queries import KIND, run_for, runs_for
from huying.lab.rules.scenarios import Scenario
from huying.longwork.actions import do_next
from huying.longwork.models import LongWork
from huying.longwork.rules.states import WorkState
from tests.cast import DISTRICT, STREET, Cast, gather

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 10, 10, tzinfo=ZONE)
FEBRUARY = date(2026, 2, 1)
NEVER = threading.Event()
HALF = Scenario("减半", {Stage.HANDLE: 50})


@pytest.fixture
def cast(transactional_db: None, settings: Any, tmp_path: Any) -> Iterator[Cast]:
    settings.HUYING_WORK_DIR = tmp_path / "work"
    forget_timing()
    found = gather()
    load_starter(found.system, DISTRICT, NOW - timedelta(days=200))
    yield found
    forget_timing()


def worked_through(cast: Cast, month: int, days: int) -> None:
    """One case sent to the urban management bureau on the second of the month and reported so many days later."""
    at = datetime(2026, month, 3, 10, tzinfo=ZONE)
    item = items_for_text(DISTRICT)[0].code
    new = NewAppeal(text="路口垃圾没人收", channel="hotline", area=STREET, item=item)
    case = (DISTRICT, receive(DISTRICT, [new], by=cast.system, now=at)[0].case_id)
    by = cast.dispatcher
    advance(case, Verb.FILE, by=by, now=at, item=item)
    advance(case, Verb.DISPATCH, by=by, now=at, body=cast.urban)
    advance(case, Verb.SIGN, by=cast.handler, now=at)
    facts = {"reply": "您好，垃圾已于今天上午清运，今后每日两次巡查。", "result": "清运", "solved": True}
    advance(case, Verb.REPORT, by=cast.handler, now=at + timedelta(days=days), **facts)


def run(cast: Cast, *scenarios: Scenario) -> Any:
    number = ask_run(cast.supervisor, FEBRUARY, scenarios, NOW, NOW.date())
    assert do_next({KIND: do_run}, NEVER)
    return run_for(cast.supervisor, number)


def test_other_limits_are_replayed_and_few_cases_teach_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huying.longwork.actions.doing._asker", lambda work: cast.supervisor)
    worked_through(cast, 2, 3)
    before = (Case.objects.count(), Entry.objects.count())
    found = run(cast, HALF, Scenario("少人", {}, staff=50))
    assert found.state is WorkState.DONE, found.error
    (model,) = found.result["models"]
    assert (model["body"], model["jobs"], model["may"], model["error"]) == (cast.urban, 1, False, None)
    half, fewer = found.result["scenarios"]
    handle = next(row for row in half["limits"] if row["stage"] == "handle")
    assert handle["clocks"] == 1
    assert handle["other"] >= handle["late"]
    assert fewer["staff"] == []
    assert (Case.objects.count(), Entry.objects.count()) == before
    assert [one.id for one in runs_for(cast.supervisor)] == [found.id]


def test_the_database_refuses_whatever_a_run_would_write(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huying.longwork.actions.doing._asker", lambda work: cast.supervisor)
    worked_through(cast, 2, 3)

    def writing(*given: Any) -> None:
        with transaction.atomic():
            Case.objects.update(title="改了")

    monkeypatch.setattr("huying.lab.channels.running.past_of", writing)
    found = run(cast, HALF)
    assert found.state is WorkState.FAILED
    assert not Case.objects.filter(title="改了").exists()


def test_who_may_not_and_what_cannot_be_asked(cast: Cast) -> None:
    for by in (cast.seat, cast.dispatcher, cast.handler, cast.auditor):
        with pytest.raises(Denied):
            ask_run(by, FEBRUARY, [HALF], NOW, NOW.date())
        with pytest.raises(Denied):
            runs_for(by)
    for month in (date(2026, 3, 1), date(2026, 2, 2), date(2026, 4, 1)):
        with pytest.raises(Invalid):
            ask_run(cast.supervisor, month, [HALF], NOW, NOW.date())
    assert not LongWork.objects.exists()


def test_a_run_is_seen_by_who_asked_alone(cast: Cast) -> None:
    number = ask_run(cast.supervisor, FEBRUARY, [HALF], NOW, NOW.date())
    assert run_for(cast.supervisor, number).scenarios == [HALF]
    with pytest.raises(NotFound):
        run_for(cast.evaluator, number)
