"""Told to end, also while the event that says so is held."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from huying.kernel.ending import end_when_told


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


def test_told_while_the_event_is_held_it_ends_and_does_not_wait_for_itself() -> None:
    ending = threading.Event()
    end_when_told(ending)
    # Where a loop that waits for the event stands again and again.
    with ending._cond:  # type: ignore[attr-defined]
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGTERM)
        assert not ending.is_set()
    assert ending.wait(10)


def test_told_again_nothing_happens() -> None:
    ending = threading.Event()
    end_when_told(ending)
    os.kill(os.getpid(), signal.SIGINT)
    assert ending.wait(10)
    assert {signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)} == {signal.SIG_IGN}
