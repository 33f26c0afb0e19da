"""A message that cannot be kept holds up no other; while nothing can be kept, everything waits."""

import threading
from collections.abc import Sequence
from typing import Any

import pytest

from huying.devices.channels import trying
from huying.devices.channels.trying import Trying
from huying.devices.channels.waiting import Arrived, Waiting
from tests.cast import MONDAY
from tests.devices.test_waiting import arrived


class Store:
    """Keeps everything but the bad, within so many tries; time passes only where somebody waits."""

    def __init__(self, bad: set[int], tries: int = 2000) -> None:
        self.bad, self.tries, self.clock = bad, tries, 0.0
        self.slow = 0.0
        self.acknowledged: list[int] = []
        self.waiting, self.stopping = Waiting(), threading.Event()
        self.trying = Trying(self.keep, self.kept, lambda: self.waiting.take(0), self.stopping)

    def keep(self, batch: Sequence[Arrived]) -> None:
        self.tries -= 1
        if self.tries <= 0:
            self.stopping.set()
        if any(one.mid in self.bad for one in batch):
            self.clock += self.slow
            raise RuntimeError("the database")

    def kept(self, batch: Sequence[Arrived]) -> None:
        self.acknowledged += [one.mid for one in batch]

    def wait(self, seconds: float) -> bool:
        self.clock += seconds
        return self.stopping.is_set()


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Any:
    def make(bad: set[int], tries: int = 2000) -> Store:
        store = Store(bad, tries)
        monkeypatch.setattr(store.stopping, "wait", store.wait)
        monkeypatch.setattr(trying.time, "monotonic", lambda: store.clock)
        return store

    return make


def batch(*numbers: int, line: int = 1) -> list[Arrived]:
    return [Arrived("x", b"", number, 1, line, MONDAY) for number in numbers]


@pytest.mark.parametrize("bad", [{3}, set(range(30)), {0, 49}])
def test_the_others_of_a_batch_are_kept_whichever_cannot_be(made: Any, bad: set[int]) -> None:
    store = made(bad, tries=100)
    store.trying.put_away(batch(*range(50)))
    assert sorted(store.acknowledged) == sorted(set(range(50)) - bad)


def test_one_that_fails_alone_lets_the_next_pass(made: Any) -> None:
    store = made({1})
    store.waiting.put(arrived(2, 1))
    store.trying.put_away(batch(1))
    assert store.acknowledged == [2]
    store.trying.put_away(batch(3))
    assert store.acknowledged == [2, 3]


def test_what_was_set_aside_is_tried_again_later_and_acknowledged_then(made: Any) -> None:
    store = made({1})
    store.trying.put_away(batch(1, 2))
    store.bad.clear()
    store.trying.again(1)
    assert store.acknowledged == [2]
    store.clock += 11
    store.trying.again(1)
    assert store.acknowledged == [2, 1]


def test_what_was_set_aside_on_a_line_that_ended_comes_again_from_the_broker(made: Any) -> None:
    store = made({1})
    store.trying.put_away(batch(1, 2))
    store.bad.clear()
    store.clock += 11
    store.trying.again(2)
    store.trying.again(1)
    assert store.acknowledged == [2]


def test_one_that_runs_into_the_time_limit_takes_little_of_the_time(made: Any) -> None:
    store = made({1, 3})
    store.trying.put_away(batch(1, 2, 3))
    store.slow, began = 30.0, store.clock
    before = store.tries
    while store.clock < began + 6000:
        store.trying.again(1)
        store.clock += 1
    assert 5 <= before - store.tries <= 11


def test_while_nothing_can_be_kept_all_wait_and_nothing_is_set_aside(made: Any) -> None:
    store = made(set(range(50)), tries=100)
    store.trying.put_away(batch(*range(50)))
    assert (store.acknowledged, store.stopping.is_set()) == ([], True)
    store.clock += 1000
    store.bad.clear()
    store.trying.again(1)
    assert store.acknowledged == []


def test_a_database_that_comes_back_gets_all_of_it(made: Any) -> None:
    store = made(set(range(50)))
    come_back = store.wait

    def wait(seconds: float) -> bool:
        if store.clock > 100:
            store.bad.clear()
        return bool(come_back(seconds))

    store.stopping.wait = wait
    store.trying.put_away(batch(*range(50)))
    assert sorted(store.acknowledged) == list(range(50))
