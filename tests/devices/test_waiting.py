"""What waits to be kept is bounded, and what can come again is not let go for what cannot."""

import logging
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huying.devices.channels import waiting
from huying.devices.channels.waiting import Arrived, Waiting
from tests.cast import MONDAY


def arrived(number: int, qos: int = 0) -> Arrived:
    return Arrived("x", str(number).encode(), number, qos, 1, MONDAY)


def taken(found: Waiting) -> list[int]:
    numbers = []
    while one := found.take(0):
        numbers.append(one.mid)
    return numbers


@given(some.lists(some.sampled_from([0, 1, None]), max_size=60), some.integers(1, 8))
def test_in_order_all_of_quality_1_and_never_more_than_the_most_beside_them(
    steps: list[int | None], most: int
) -> None:
    found, expected = Waiting(most), list[Arrived]()
    for number, qos in enumerate(steps):
        if qos is None:
            one = found.take(0)
            assert one == (expected.pop(0) if expected else None)
            continue
        found.put(arrived(number, qos))
        expected.append(arrived(number, qos))
        loose = [one for one in expected if not one.qos]
        if len(expected) > most and loose:
            expected.remove(loose[0])
    assert taken(found) == [one.mid for one in expected]


def test_how_many_were_let_go_is_told_once_a_minute(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(waiting.time, "monotonic", lambda: clock[0])
    found = Waiting(2)
    with caplog.at_level(logging.WARNING):
        for number in range(6):
            found.put(arrived(number))
        assert [one.getMessage().split()[0] for one in caplog.records] == ["1"]
        clock[0] += 61
        assert taken(found) == [4, 5]
    assert [one.getMessage().split()[0] for one in caplog.records] == ["1", "3"]


def test_who_waits_for_a_message_is_woken_by_it() -> None:
    found = Waiting()
    threading.Timer(0.1, lambda: found.put(arrived(7))).start()
    one = found.take(10)
    assert one is not None
    assert one.mid == 7
