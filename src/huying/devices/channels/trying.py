"""A batch kept, tried again, and in the end message by message: one that cannot be kept holds up no other."""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from huying.devices.channels.waiting import MOST_WAITING, Arrived

_log = logging.getLogger(__name__)
#: From this try on each message is kept by itself.
_ALONE: Final = 3
#: So many in a row that fail: it is rather the database, and asking for each of them would last.
_IN_A_ROW: Final = 10
_LONGEST_WAIT: Final = 5.0
#: Seconds until what was set aside is tried again, and how many times as long as the try before took at least: one that
#: runs into the database's time limit each time takes a twentieth of ours.
_AGAIN: Final = 10.0
_SHARE: Final = 20

Keep = Callable[[Sequence[Arrived]], None]


@dataclass(slots=True)
class Trying:
    """``keep`` puts away for good or raises; ``kept`` is told what was put away; ``more`` takes what waits, if anything.

    While nothing at all can be kept everything waits: then it is the database that is away.
    """

    keep: Keep
    kept: Callable[[Sequence[Arrived]], None]
    more: Callable[[], Arrived | None]
    stopping: threading.Event
    _aside: deque[Arrived] = field(default_factory=lambda: deque(maxlen=MOST_WAITING), init=False)
    _next: float = field(default=0.0, init=False)

    def put_away(self, batch: Sequence[Arrived]) -> None:
        """Return when each of the batch is kept or set aside, or when ``stopping`` is set."""
        rest, tries = list(batch), 0
        while rest and not self.stopping.is_set():
            tries += 1
            rest = self._together(rest) if tries < _ALONE else self._one_by_one([*self._newer(), *rest])
            if rest:
                wait = min(2.0 ** (tries - 1), _LONGEST_WAIT)
                _log.warning("%d messages are not kept; tried again in %.0f s", len(rest), wait)
                self.stopping.wait(wait)

    def again(self, line: int) -> None:
        """Try the next that was set aside, if it is time. ``line``: what came by another comes again from the broker."""
        began = time.monotonic()
        if not self._aside or began < self._next:
            return
        one = self._aside.popleft()
        if one.qos and one.line != line:
            return
        if not self._keeps([one]):
            self._aside.append(one)
            ended = time.monotonic()
            self._next = ended + max(_AGAIN, _SHARE * (ended - began))

    def _together(self, batch: list[Arrived]) -> list[Arrived]:
        return [] if self._keeps(batch) else batch

    def _one_by_one(self, batch: Sequence[Arrived]) -> list[Arrived]:
        """What is still to be kept. Those that failed are the last, so that each comes first once."""
        failed: list[Arrived] = []
        some, row = False, 0
        for number, one in enumerate(batch):
            if self.stopping.is_set() or row == _IN_A_ROW:
                return self._left(batch[number:], failed, some)
            if self._keeps([one]):
                some, row = True, 0
            else:
                failed.append(one)
                row += 1
        return self._left([], failed, some)

    def _left(self, unreached: Sequence[Arrived], failed: Sequence[Arrived], some: bool) -> list[Arrived]:
        if not some:
            return [*unreached, *failed]
        self._set_aside(failed)
        return list(unreached)

    def _newer(self) -> list[Arrived]:
        """Some of what came meanwhile, without which nobody could tell whether it is the messages or the database."""
        found: list[Arrived] = []
        while len(found) < _IN_A_ROW // 2 and (one := self.more()):
            found.append(one)
        return found

    def _keeps(self, batch: Sequence[Arrived]) -> bool:
        try:
            self.keep(batch)
        except Exception:
            _log.exception("%d messages are not kept", len(batch))
            return False
        self.kept(batch)
        return True

    def _set_aside(self, failed: Sequence[Arrived]) -> None:
        self._aside.extend(failed)
        self._next = time.monotonic() + _AGAIN
        for one in failed:
            _log.error("a message on %s cannot be kept; it is set aside and tried again later", one.topic)
