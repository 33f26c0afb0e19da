"""Threads that write batches, each with a database connection of its own."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from types import TracebackType
from typing import Any

from django.db import connections


class Writers:
    """``give`` work and leave the block when all of it is done; the first failure is raised to whoever gives.

    With one writer everything happens in the calling thread, within its transaction. No more work waits than
    there are writers: a file of any size never stands in memory.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._pool = ThreadPoolExecutor(count, "import") if count > 1 else None
        self._under_way: deque[Future[None]] = deque()

    def __enter__(self) -> "Writers":
        return self

    def give(self, work: Callable[..., None], *given: Any) -> None:
        if self._pool is None:
            work(*given)
            return
        if len(self._under_way) > self._count:
            self._under_way.popleft().result()
        self._under_way.append(self._pool.submit(work, *given))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is None:
            return
        try:
            while self._under_way and error is None:
                self._under_way.popleft().result()
        finally:
            for waiting in self._under_way:
                waiting.cancel()
            # Each thread has its own connection; none leaves before every one of them has closed it.
            together = Barrier(self._count)
            for _ in range(self._count):
                self._pool.submit(_close, together)
            self._pool.shutdown()


def _close(together: Barrier) -> None:
    connections.close_all()
    together.wait()
