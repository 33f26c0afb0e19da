"""Duties that are done seldom, beside the turns."""

from datetime import UTC, datetime, timedelta

import pytest

from huying.jobs.seldom import Seldom

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_each_is_done_at_the_start_and_then_in_its_own_time():
    done: list[str] = []
    seldom = Seldom(
        {"a": (HOUR, lambda _now: done.append("a")), "b": (3 * HOUR, lambda _now: done.append("b"))}
    )
    for hours in (0, 0.5, 1, 2, 3):
        assert seldom.look(NOW + hours * HOUR) == 0
    assert done == ["a", "b", "a", "a", "a", "b"]


def test_one_that_fails_waits_for_its_time_and_holds_up_none():
    done: list[str] = []

    def broken(_now: datetime) -> None:
        done.append("broken")
        raise ValueError("rubbish")

    seldom = Seldom({"broken": (HOUR, broken), "b": (HOUR, lambda _now: done.append("b"))})
    with pytest.raises(ValueError, match="rubbish"):
        seldom.look(NOW)
    seldom.look(NOW + timedelta(seconds=5))
    assert done == ["broken", "b"]
