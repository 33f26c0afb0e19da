"""The background worker: reactions, the watch over clocks, daily duties, a heartbeat. Any number may run.

Each duty is safe to run twice at once and to be killed at any moment: reactions move their cursor in the same
transaction, clocks are claimed by conditional UPDATE, daily duties are idempotent.
"""

import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import OperationalError, close_old_connections, connection

from huying.cases.actions import Handler, beat, fire_due
from huying.jobs.beside import Turn, start_beside
from huying.jobs.reactions import Reactions
from huying.kernel.clock import now as present
from huying.kernel.ending import end_when_told

_log = logging.getLogger(__name__)
_IDLE_SECONDS: Final = 0.15
_GRACE_SECONDS: Final = 12
_BEAT_EVERY: Final = timedelta(seconds=10)
_SWEEP_EVERY: Final = timedelta(seconds=1)
_RETRY_EVERY: Final = timedelta(minutes=10)

Duty = Callable[[datetime], None]


@dataclass(slots=True)
class Worker:
    """Runs until it is told to stop; a database that is away is waited for.

    ``beside`` runs in threads of its own, for what waits for the outside world. ``wake`` is called once after each
    round in which something happened, for those who wait for the ledger.
    """

    handlers: Mapping[str, Handler]
    periodic: Mapping[str, tuple[timedelta, Duty]] = field(default_factory=dict)
    beside: Mapping[str, Turn] = field(default_factory=dict)
    wake: Callable[[], None] = field(default=lambda: None)
    stopping: threading.Event = field(default_factory=threading.Event)
    _last: dict[str, datetime] = field(default_factory=dict)
    _turns: int = 0
    _reactions: Reactions = field(init=False)

    def __post_init__(self) -> None:
        self._reactions = Reactions(self.handlers, present)

    def run(self) -> None:
        end_when_told(self.stopping)
        # Between two statements a turn waits for whoever thinks in another thread: at most a millisecond, not five.
        sys.setswitchinterval(0.001)
        threads = start_beside(self.beside, self.stopping)
        self._work()
        for thread in threads:
            thread.join(_GRACE_SECONDS)

    def _work(self) -> None:
        while not self.stopping.is_set():
            try:
                busy = self.turn()
            except OperationalError:
                _log.warning("the database is away; trying again")
                connection.close()
                close_old_connections()
                self.stopping.wait(1.0)
                continue
            if not busy:
                self.stopping.wait(_IDLE_SECONDS)

    def turn(self) -> bool:
        """One round of everything that is due; True when there was something to do."""
        began = time.perf_counter()
        taken = self._reactions.turn()
        fired = self._sweep()
        if taken or fired:
            self._guarded("wake", lambda now: self.wake())
        if self._is_time("retry", _RETRY_EVERY):
            self._guarded("retry", self._reactions.retry)
        for name, (every, duty) in self.periodic.items():
            if self._is_time(name, every):
                self._guarded(name, duty)
        self._turns += 1
        if self._is_time("beat", _BEAT_EVERY):
            took = round((time.perf_counter() - began) * 1000)
            beat(_name(), present(), {"turns": self._turns, "took_ms": took, "taken": taken, "fired": fired})
        return bool(taken or fired)

    def _sweep(self) -> int:
        if not self._is_time("sweep", _SWEEP_EVERY):
            return 0
        fired = 0
        while not self.stopping.is_set():
            step = fire_due(present())
            fired += step
            if step == 0:
                break
        return fired

    def _is_time(self, name: str, every: timedelta) -> bool:
        now = present()
        last = self._last.get(name)
        if last is not None and now - last < every:
            return False
        self._last[name] = now
        return True

    def _guarded(self, name: str, duty: Duty) -> None:
        try:
            duty(present())
        except OperationalError:
            raise
        except Exception:
            _log.exception("%s failed; it is tried again in its time", name)


def _name() -> str:
    return f"worker:{socket.gethostname()[:30]}:{os.getpid()}"
