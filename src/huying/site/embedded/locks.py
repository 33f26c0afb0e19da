"""Who uses the server, told by file locks: the system drops a lock however its process ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _open(path: Path) -> int:
    # Not inherited by programs we start, so that the server never counts as its own user.
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def hold_shared(path: Path) -> int:
    """Join the users; waits while a keeper that found none is shutting the server down.

    The lock lasts as long as the descriptor: the life of the process and of those it forks.
    """
    descriptor = _open(path)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def try_exclusive(path: Path) -> int | None:
    """The descriptor of an exclusive lock, or None while somebody else holds any."""
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def release(descriptor: int) -> None:
    os.close(descriptor)


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Hold an exclusive lock for the block, waiting for it first."""
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
