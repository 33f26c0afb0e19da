"""Every system has lanes of its own, so that a slow one holds up no other; and the database is given time to breathe."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from typing import Final

from django.db import OperationalError, connection

from huying.cases.queries.busy import breathe, is_somebody_at_a_desk
from huying.exchange.queries.held import OpenPeer, open_peers
from huying.kernel.clock import now as present
from huying.places.queries import districts

_log = logging.getLogger(__name__)
_AT_ONCE: Final = 8
_FAULT_SECONDS: Final = 5.0
_LONGEST_REST: Final = 60.0
#: While somebody is at a desk a lane rests at least so many times as long as it worked: what follows its letters works
#: as much again, and on a slow machine the same pace would leave the desks little.
_SHARE: Final = 15

Work = Callable[[OpenPeer, datetime], int]


class Lanes:
    """One kind of work, for every system side by side: as long as there is some for it, and then again at the next look.

    Between two batches a lane rests as long as the database needs it to; while somebody is at a desk it does
    ``at_desks`` letters a second at most, and works a sixteenth of the time: a backlog may take its time, a person may
    not be kept waiting.
    """

    def __init__(
        self, name: str, work: Work, wants: Callable[[OpenPeer], bool], at_desks: int | None = None
    ) -> None:
        self.name, self.work, self.wants, self.at_desks = name, work, wants, at_desks
        self._running: dict[int, Future[None]] = {}
        self._pool: ThreadPoolExecutor | None = None
        self._ending = threading.Event()

    def look(self, now: datetime) -> int:
        """Start what is not running; 0, for what there was to do is done beside."""
        for district in districts():
            for peer in open_peers(district.code):
                last = self._running.get(peer.id)
                if self.wants(peer) and (last is None or last.done()):
                    self._running[peer.id] = self._threads().submit(self._run, peer)
        return 0

    def _threads(self) -> ThreadPoolExecutor:
        if self._pool is None:
            # Made in the process that works: a pool does not live through a fork.
            self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix=f"exchange {self.name}")
        return self._pool

    def _run(self, peer: OpenPeer) -> None:
        try:
            while not self._ending.is_set():
                began = time.perf_counter()
                done = self.work(peer, present())
                if not done:
                    return
                self._rest(done, time.perf_counter() - began)
                peer = next((one for one in open_peers(peer.district) if one.id == peer.id), peer)
                if peer not in open_peers(peer.district):
                    return
        except OperationalError:
            connection.close()
            time.sleep(_FAULT_SECONDS)
        except Exception:
            _log.exception("%s of %s failed; it is tried again", self.name, peer.code)
            connection.close()
            time.sleep(_FAULT_SECONDS)

    def _rest(self, done: int, took: float) -> None:
        if self.at_desks and is_somebody_at_a_desk():
            self._ending.wait(min(max(done / self.at_desks - took, _SHARE * took), _LONGEST_REST))
        else:
            breathe(took)
