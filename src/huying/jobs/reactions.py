"""One turn of following the ledger: every handler of every district takes what is new."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from huying.cases.actions import Handler, Stumbled, Window, follow, retry_stumbles
from huying.places.queries import districts

_log = logging.getLogger(__name__)
_REST: Final = timedelta(seconds=2)
_LONGEST_REST: Final = timedelta(minutes=5)
# Small while nothing waits, so that the handlers take turns. Who is far behind takes more at a time: some of what a
# batch costs is the same however large it is.
_BATCH: Final = 100
_LARGEST: Final = 400


@dataclass(slots=True)
class Reactions:
    """The handlers of one worker. One that stumbles rests, twice as long each time, while the others go on."""

    handlers: Mapping[str, Handler]
    now: Callable[[], datetime]
    _rests: dict[tuple[str, int], tuple[datetime, timedelta]] = field(default_factory=dict)
    _batches: dict[tuple[str, int], int] = field(default_factory=dict)

    def turn(self, most: int = 2) -> int:
        """Let each handler take up to ``most`` batches; how many entries were taken in all.

        Few at a time: what one handler writes the others follow too, and who waits for the last of them waits for
        every handler's turn.
        """
        taken, window = 0, Window()
        for district in districts():
            for name, handle in self.handlers.items():
                taken += self._follow(name, district.code, handle, most, window)
        return taken

    def retry(self, now: datetime) -> None:
        """Give every handler once more what it could not take."""
        for district in districts():
            for name, handle in self.handlers.items():
                retry_stumbles(name, district.code, handle, now)

    def _follow(self, name: str, district: int, handle: Handler, most: int, window: Window) -> int:
        now = self.now()
        rests_until, rest = self._rests.get((name, district), (now, _REST))
        if now < rests_until:
            return 0
        taken = 0
        try:
            for _ in range(most):
                batch = self._batches.get((name, district), _BATCH)
                step = follow(name, district, handle, self.now(), batch, window)
                taken += step
                self._batches[(name, district)] = min(2 * batch, _LARGEST) if step >= _BATCH else _BATCH
                if step == 0:
                    break
        except Stumbled:
            _log.warning("%s of %s rests for %s", name, district, rest)
            self._rests[(name, district)] = (now + rest, min(rest * 2, _LONGEST_REST))
            return taken
        self._rests.pop((name, district), None)
        return taken
