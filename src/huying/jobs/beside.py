"""Work beside the worker's turns: each kind in a thread of its own, so that a slow outside holds up no case."""

import logging
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import OperationalError, connection

from huying.kernel.clock import now as present

_log = logging.getLogger(__name__)
# Short, for a ring of an alarm and its messages are among what is looked for.
_IDLE_SECONDS: Final = 0.25
_FAULT_SECONDS: Final = 5.0

Turn = Callable[[datetime], int]
"""One round: how much there was to do."""


@dataclass(frozen=True, slots=True)
class Unhurried:
    """A kind of work that may begin a second late: while there is none it is looked for once in so many seconds."""

    turn: Turn
    seconds: float = 1.0

    def __call__(self, now: datetime) -> int:
        return self.turn(now)


def start_beside(turns: Mapping[str, Turn], stopping: threading.Event) -> list[threading.Thread]:
    """Run each until ``stopping`` is set; what fails is said and tried again."""
    threads = [
        threading.Thread(target=_run, args=(name, turn, stopping), name=name, daemon=True)
        for name, turn in turns.items()
    ]
    for thread in threads:
        thread.start()
    return threads


def _run(name: str, turn: Turn, stopping: threading.Event) -> None:
    idle = turn.seconds if isinstance(turn, Unhurried) else _IDLE_SECONDS
    while not stopping.is_set():
        rest = 0.0
        try:
            rest = 0.0 if turn(present()) else idle
        except OperationalError:
            connection.close()
            rest = _FAULT_SECONDS
        except Exception:
            _log.exception("%s failed; it is tried again", name)
            rest = _FAULT_SECONDS
        if rest:
            stopping.wait(rest)
    connection.close()
