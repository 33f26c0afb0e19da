"""Micro-batches: what arrives while one batch is being written becomes the next."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Generic, TypeVar

from huying.api.problems import Busy

Given = TypeVar("Given")
Answer = TypeVar("Answer")
BATCH_MOST: Final = 64
WAITING_MOST: Final = 1000


class Batches(Generic[Given, Answer]):
    """One thread calls ``write`` with everything that waits; each giver awaits its own answer.

    ``write`` answers in the order given and does not raise. Belongs to one event loop at a time.
    """

    def __init__(
        self,
        write: Callable[[Sequence[Given]], Sequence[Answer]],
        *,
        batch_most: int = BATCH_MOST,
        waiting_most: int = WAITING_MOST,
    ) -> None:
        self._write = write
        self._batch_most, self._waiting_most = batch_most, waiting_most
        self._waiting: deque[tuple[Given, asyncio.Future[Answer]]] = deque()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="intake")
        self._writing: asyncio.Task[None] | None = None
        self._closing = False

    async def put(self, given: Given) -> Answer:
        """The answer once it was written. Raises Busy when too many wait already, or the process is ending."""
        if self._closing or len(self._waiting) >= self._waiting_most:
            raise Busy
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((given, future))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return await future

    async def aclose(self, last: Callable[[], None] | None = None) -> None:
        """Take nothing more, write what waits, then run ``last`` in the writer's thread and end it."""
        self._closing = True
        if self._writing is not None:
            await self._writing
        if last is not None:
            await asyncio.get_running_loop().run_in_executor(self._thread, last)
        self._thread.shutdown(wait=False)

    async def _write_all(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            # Requests that have already reached the sockets join this batch instead of waiting for the next.
            await asyncio.sleep(0)
            size = min(len(self._waiting), self._batch_most)
            batch = [self._waiting.popleft() for _ in range(size)]
            try:
                answers = await loop.run_in_executor(self._thread, self._write, [given for given, _ in batch])
            except Exception as error:
                _fail([future for _, future in batch], error)
                continue
            for (_, future), answer in zip(batch, answers, strict=True):
                if not future.done():
                    future.set_result(answer)


def _fail(futures: Sequence["asyncio.Future[Answer]"], error: Exception) -> None:
    for future in futures:
        if not future.done():
            future.set_exception(error)
