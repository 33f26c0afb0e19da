"""The one thread of a process that reads what is new, for all of its screens."""

import logging
import threading
from collections.abc import Callable
from typing import Any, Final

from django.db import DatabaseError, InterfaceError, OperationalError, connection

from huying.cases.queries.desks.happenings import Happening, Place, happenings_after, last_happenings
from huying.kernel import clock
from huying.kernel.errors import HuyingError
from huying.live.streams import KEPT
from huying.live.waking import listen

# Seconds between two looks when nobody says that there is something new.
LOOK_EVERY: Final = 1.0
# After being woken: what is committed within this time comes along.
_GATHER: Final = 0.02
_log = logging.getLogger(__name__)

Told = Callable[[int, list[Happening], bool], None]


class Following:
    """Follows the districts that were named and tells each batch: (district, happenings, whether it begins anew).

    ``told`` is called in the thread of the follower.
    """

    def __init__(self, told: Told) -> None:
        self._told = told
        self._places: dict[int, Place] = {}
        self._heard_on: Any = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)

    def begin(self, district: int, end: Place) -> None:
        """Follow this district too, from this place on."""
        self._places.setdefault(district, end)
        if not self._thread.is_alive():
            self._thread.start()

    def stop(self) -> None:
        """End within a second; does not wait for it."""
        self._stopping.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
                self._look()
                self._wait()
            except (OperationalError, InterfaceError):
                _log.warning("the database is away; trying again")
                connection.close()
                self._stopping.wait(LOOK_EVERY)
            except (DatabaseError, HuyingError):
                _log.exception("what is new could not be read; trying again")
                self._stopping.wait(LOOK_EVERY)
        connection.close()

    def _listen(self) -> None:
        connection.ensure_connection()
        if self._heard_on is not connection.connection:
            listen()
            self._heard_on = connection.connection

    def _look(self) -> None:
        for district, place in list(self._places.items()):
            batch = happenings_after(district, place, clock.now(), KEPT)
            ran_away = len(batch) == KEPT
            if ran_away:
                # More came than anybody could read: the screens begin anew from its end.
                batch = last_happenings(district, clock.now(), KEPT)
            if batch:
                self._places[district] = batch[-1].place
                self._told(district, batch, ran_away)

    def _wait(self) -> None:
        for _ in self._heard_on.notifies(timeout=LOOK_EVERY, stop_after=1):
            self._stopping.wait(_GATHER)
