"""Hearing that the process is to end, before the server waits for every answer that is under way."""

import asyncio
import signal
import threading
from collections.abc import Callable
from types import FrameType


def when_told_to_end(call: Callable[[], None]) -> None:
    """Call this in the running loop at SIGTERM or SIGINT, and leave what the server does then as it is.

    The loop hears of signals by its own pipe; only the handler beside it is replaced, and called in its turn.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        before = signal.getsignal(number)

        def told(number: int, frame: FrameType | None, before: object = before) -> None:
            loop.call_soon_threadsafe(call)
            if callable(before):
                before(number, frame)

        signal.signal(number, told)
        signal.siginterrupt(number, False)
