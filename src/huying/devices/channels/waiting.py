"""What came in and waits to be kept: in the order it came, and never so much that the machine suffers.

What the broker keeps for us (quality 1) is bounded there. What nobody keeps (quality 0) comes without end while the
database is away: of that the oldest is let go.
"""

import logging
import threading
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

_log = logging.getLogger(__name__)
#: So many messages wait at most, unless all of them are the broker's to send again.
MOST_WAITING: Final = 20_000
_TOLD_EVERY: Final = 60.0


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message on its line: its topic, what it says, its packet number on that line, and when it came.

    ``retain``: the broker kept it for whoever subscribes, and says it again each time.
    """

    topic: str
    payload: bytes
    mid: int
    qos: int
    line: int
    at: datetime
    retain: bool = False


@dataclass(slots=True)
class Waiting:
    """One puts, another takes. ``dropped``: how many were let go and are not yet told in the log."""

    most: int = MOST_WAITING
    dropped: int = field(default=0, init=False)
    _here: OrderedDict[int, Arrived] = field(default_factory=OrderedDict, init=False)
    _loose: deque[int] = field(default_factory=deque, init=False)
    _number: int = field(default=0, init=False)
    _told: float = field(default=-_TOLD_EVERY, init=False)
    _changed: threading.Condition = field(default_factory=threading.Condition, init=False)

    def put(self, one: Arrived) -> None:
        """Let it wait; beyond the most the oldest of quality 0 goes, be it this one."""
        with self._changed:
            self._number += 1
            self._here[self._number] = one
            if not one.qos:
                self._loose.append(self._number)
            if len(self._here) > self.most and self._loose:
                del self._here[self._loose.popleft()]
                self.dropped += 1
            self._tell()
            self._changed.notify()

    def take(self, seconds: float) -> Arrived | None:
        """The one that waits longest; None when none came within so many seconds."""
        with self._changed:
            self._tell()
            if not self._changed.wait_for(lambda: self._here, seconds):
                return None
            _, one = self._here.popitem(last=False)
            if not one.qos:
                # Of those of quality 0 it is the oldest, for it is the oldest of all.
                self._loose.popleft()
            return one

    def _tell(self) -> None:
        if self.dropped and time.monotonic() >= self._told + _TOLD_EVERY:
            self._told = time.monotonic()
            _log.warning("%d messages of quality 0 were let go: too many wait", self.dropped)
            self.dropped = 0
