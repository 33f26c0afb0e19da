"""A handler takes every entry exactly once; a fault costs one entry, rests, and is settled later."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.cases.actions import NewAppeal, Stumbled, Thinking, Window, follow, receive, retry_stumbles
from huying.cases.actions.reactions.beats import beat, forget_silent
from huying.cases.ledger import Link
from huying.cases.models import Heartbeat, Stumble
from tests.cast import DISTRICT, GRID, MONDAY, Cast, gather

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    return gather()


def fill(cast: Cast, count: int) -> None:
    news = [NewAppeal(text=f"第{number}件", channel="web", area=GRID) for number in range(count)]
    receive(DISTRICT, news, by=cast.system, now=MONDAY)


def test_workers_silent_for_a_day_are_forgotten(cast: Cast) -> None:
    beat("old", MONDAY - timedelta(days=1, seconds=1), {})
    beat("ill", MONDAY - timedelta(hours=23), {})
    forget_silent(MONDAY)
    assert [row.name for row in Heartbeat.objects.all()] == ["ill"]


class Handler:
    """Keeps what it was given; fails on the cases it is told to."""

    def __init__(self, bad: set[int]) -> None:
        self.bad = bad
        self.seen: list[int] = []

    def __call__(self, district: int, entries: Sequence[Link], now: datetime) -> None:
        if any(entry.case_id in self.bad for entry in entries):
            raise ValueError("this one is bad")
        self.seen += [entry.case_id for entry in entries]


def test_every_entry_is_taken_once_and_in_order(cast: Cast) -> None:
    fill(cast, 5)
    handler = Handler(set())
    assert follow("h", DISTRICT, handler, MONDAY, batch=2) == 2
    assert follow("h", DISTRICT, handler, MONDAY, batch=10) == 3
    assert follow("h", DISTRICT, handler, MONDAY) == 0
    assert len(set(handler.seen)) == 5
    assert handler.seen == sorted(handler.seen)


def test_one_read_serves_all_who_follow_in_a_turn(cast: Cast) -> None:
    fill(cast, 6)
    window, handlers = Window(), [Handler(set()) for _ in range(3)]
    assert follow("h1", DISTRICT, handlers[1], MONDAY, 4) == 4
    with CaptureQueriesContext(connection) as asked:
        taken = [
            follow(f"h{number}", DISTRICT, handler, MONDAY, 6, window)
            for number, handler in enumerate(handlers)
        ]
    assert taken == [6, 2, 6]
    assert handlers[0].seen == handlers[1].seen == handlers[2].seen
    assert sum("ledger_horizon" in query["sql"] for query in asked.captured_queries) == 1


def test_who_has_taken_a_window_reads_on_and_who_is_behind_reads_anew(cast: Cast) -> None:
    fill(cast, 4)
    window, ahead, behind = Window(), Handler(set()), Handler(set())
    assert follow("ahead", DISTRICT, ahead, MONDAY, 3) == 3
    assert follow("ahead", DISTRICT, ahead, MONDAY, 3, window) == 1
    fill(cast, 2)
    assert follow("ahead", DISTRICT, ahead, MONDAY, 9, window) == 2
    assert follow("behind", DISTRICT, behind, MONDAY, 9, window) == 6
    assert ahead.seen == behind.seen


def test_a_bad_entry_is_stepped_over_and_settled_later(cast: Cast) -> None:
    fill(cast, 4)
    first = Handler(set())
    follow("look", DISTRICT, first, MONDAY)
    bad = first.seen[1]
    handler = Handler({bad})
    with pytest.raises(Stumbled):
        follow("h", DISTRICT, handler, MONDAY)
    assert Stumble.objects.get().case_id == bad
    assert follow("h", DISTRICT, handler, MONDAY) == 2
    assert retry_stumbles("h", DISTRICT, handler, MONDAY) == 0
    handler.bad.clear()
    assert retry_stumbles("h", DISTRICT, handler, MONDAY + timedelta(minutes=10)) == 1
    assert sorted(handler.seen) == sorted(first.seen)
    assert Stumble.objects.get().settled_at is not None


class Thinker:
    """Thinks of the cases it is given; fails on those it is told to, and lets ``meanwhile`` happen while it thinks."""

    def __init__(self, bad: set[int], meanwhile: Callable[[], object] = lambda: None) -> None:
        self.bad, self.meanwhile = bad, meanwhile
        self.written: list[int] = []

    def think(self, district: int, entries: Sequence[Link], now: datetime) -> list[int]:
        assert not connection.in_atomic_block
        self.meanwhile()
        if any(entry.case_id in self.bad for entry in entries):
            raise ValueError("no thought")
        return [entry.case_id for entry in entries]

    def write(self, district: int, thought: list[int], now: datetime) -> None:
        assert connection.in_atomic_block
        self.written += thought

    def handler(self, batch: int = 3) -> Thinking[list[int]]:
        return Thinking(self.think, self.write, batch)


def test_who_thinks_long_holds_nobody_up_and_takes_every_entry_once(cast: Cast) -> None:
    fill(cast, 5)
    mind = Thinker(set())
    assert [follow("h", DISTRICT, mind.handler(), MONDAY) for _ in range(3)] == [3, 2, 0]
    assert len(set(mind.written)) == len(mind.written) == 5


def test_what_another_worker_took_meanwhile_is_not_written_again(cast: Cast) -> None:
    fill(cast, 5)
    other = Thinker(set())
    slow = Thinker(set(), meanwhile=lambda: follow("h", DISTRICT, other.handler(), MONDAY))
    assert follow("h", DISTRICT, slow.handler(), MONDAY) == 0
    assert slow.written == []
    assert len(other.written) == 3


def test_a_thought_that_fails_costs_one_entry(cast: Cast) -> None:
    fill(cast, 4)
    first = Thinker(set())
    follow("look", DISTRICT, first.handler(10), MONDAY)
    mind = Thinker({first.written[1]})
    with pytest.raises(Stumbled):
        follow("h", DISTRICT, mind.handler(), MONDAY)
    assert follow("h", DISTRICT, mind.handler(), MONDAY) == 2
    assert sorted(mind.written) == sorted({*first.written} - {first.written[1]})
