"""What arrives while one batch is being written becomes the next; nobody is forgotten."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from huying.api.intake.batches import Batches
from huying.api.problems import Busy


class Slow:
    """A writer that waits to be let go, and remembers its batches."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.go = threading.Event()

    def __call__(self, given: Sequence[int]) -> list[str]:
        self.batches.append(list(given))
        self.go.wait(5)
        return [f"kept {each}" for each in given]


async def _started(slow: Slow) -> None:
    while not slow.batches:
        await asyncio.sleep(0.001)


def test_those_who_wait_form_the_next_batch_in_order() -> None:
    async def scene() -> tuple[Slow, list[str]]:
        slow = Slow()
        batches = Batches(slow, batch_most=4)
        first = asyncio.create_task(batches.put(0))
        await _started(slow)
        others = [asyncio.create_task(batches.put(number)) for number in range(1, 8)]
        await asyncio.sleep(0.01)
        slow.go.set()
        answers = await asyncio.gather(first, *others)
        await batches.aclose()
        return slow, list(answers)

    slow, answers = asyncio.run(scene())
    assert slow.batches == [[0], [1, 2, 3, 4], [5, 6, 7]]
    assert answers == [f"kept {number}" for number in range(8)]


def test_too_many_waiting_are_turned_away_and_the_rest_kept() -> None:
    async def scene() -> None:
        slow = Slow()
        batches = Batches(slow, waiting_most=2)
        tasks = [asyncio.create_task(batches.put(0))]
        await _started(slow)
        tasks += [asyncio.create_task(batches.put(number)) for number in (1, 2)]
        await asyncio.sleep(0)
        with pytest.raises(Busy):
            await batches.put(3)
        slow.go.set()
        assert await asyncio.gather(*tasks) == ["kept 0", "kept 1", "kept 2"]
        await batches.aclose()

    asyncio.run(scene())


def test_closing_writes_what_waits_and_takes_nothing_more() -> None:
    async def scene() -> None:
        slow, ended = Slow(), []
        batches = Batches(slow)
        task = asyncio.create_task(batches.put(1))
        await _started(slow)
        slow.go.set()
        await batches.aclose(lambda: ended.append(threading.current_thread().name))
        assert await task == "kept 1"
        assert ended[0].startswith("intake")
        with pytest.raises(Busy):
            await batches.put(2)

    asyncio.run(scene())


def test_a_writer_that_breaks_breaks_its_own_batch_alone() -> None:
    def write(given: Sequence[int]) -> list[int]:
        if 0 in given:
            raise RuntimeError("broken")
        return list(given)

    async def scene() -> None:
        batches = Batches(write)
        with pytest.raises(RuntimeError):
            await batches.put(0)
        assert await batches.put(5) == 5
        await batches.aclose()

    asyncio.run(scene())
