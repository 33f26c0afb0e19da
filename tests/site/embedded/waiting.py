"""Waiting for processes, and killing them."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from huying.site.embedded import locks, server
from huying.site.embedded.place import Place


def until(holds: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.05)


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def ended(data: Path) -> bool:
    """Whether server and keeper are both gone."""
    if not data.is_dir():
        return True
    free = locks.try_exclusive(Place(data).keeper)
    if free is None:
        return False
    locks.release(free)
    return server.running_pid(Place(data)) is None
