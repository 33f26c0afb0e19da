"""Processes that write batches, each with a database connection of its own."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Final, Generic, TypeVar

from django.db import connections

from huying.kernel.errors import Unavailable

Given = TypeVar("Given")
Done = TypeVar("Done")
_STOPPED: Final = "写入的进程被中止，已写入的批次有效；再运行一次即可补全。"
_work: Callable[[Any], Any]


class Writers(Generic[Given, Done]):
    """``give`` what is to be worked on; ``heard`` is called here with every result, in the order of giving.

    With one writer everything happens in the calling process, within its transaction. With more, each is a
    copy of this process as it stood at the beginning, and no more waits than there are writers: a file of any
    size never stands in memory. The first failure is raised to whoever gives. Raises Unavailable when a writer dies.
    """

    def __init__(self, count: int, work: Callable[[Given], Done], heard: Callable[[Done], None]) -> None:
        self._count, self._work_on, self._heard = count, work, heard
        self._pool: ProcessPoolExecutor | None = None
        self._under_way: deque[Future[Done]] = deque()

    def __enter__(self) -> "Writers[Given, Done]":
        if self._count > 1:
            # A connection that two processes share serves neither.
            connections.close_all()
            self._pool = ProcessPoolExecutor(self._count, get_context("fork"), _begin, (self._work_on,))
            # Copied now, before the caller starts threads of its own.
            self._pool.submit(_nothing).result()
        return self

    def give(self, given: Given) -> None:
        if self._pool is None:
            self._heard(self._work_on(given))
            return
        try:
            if len(self._under_way) > self._count:
                self._heard(self._under_way.popleft().result())
            self._under_way.append(self._pool.submit(_do, given))
        except BrokenProcessPool as error:
            raise Unavailable(_STOPPED) from error

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is None:
            return
        try:
            while self._under_way and error is None:
                self._heard(self._under_way.popleft().result())
        except BrokenProcessPool as broken:
            raise Unavailable(_STOPPED) from broken
        finally:
            self._pool.shutdown(cancel_futures=True)


def _begin(work: Callable[[Any], Any]) -> None:
    global _work
    _work = work


def _do(given: Any) -> Any:
    return _work(given)


def _nothing() -> None:
    pass
