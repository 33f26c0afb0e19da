"""How far the followers of the ledger are, watched from outside while a load runs."""

import threading
import time
from bisect import bisect_left
from collections.abc import Mapping
from typing import Any, Final

import psycopg
from django.db import connection

from huying.simulate.bench.house import scratch

Place = tuple[int, int, int]
_EVERY = 0.05
# Followed at a pace of their own, as ``site.wiring.APART`` says: no caller and no desk waits for them.
APART: Final = frozenset({"hot issues"})


class Watch:
    """Notes twenty times a second up to which entry every follower has come; a context for the time of a load."""

    def __init__(self) -> None:
        self._address = scratch.address(connection.settings_dict["NAME"])
        self._seen: list[tuple[float, Place]] = []
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()

    def done_at(self, place: Place) -> float | None:
        """When every follower had passed the entry at this place (seconds since 1970); None when not seen."""
        at = bisect_left(self._seen, place, key=lambda seen: seen[1])
        return self._seen[at][0] if at < len(self._seen) else None

    def _look(self) -> None:
        with psycopg.connect(**self._address, autocommit=True) as own:  # type: ignore[arg-type]
            while not self._ending.wait(_EVERY):
                row = own.execute(
                    "SELECT position, case_id, seq FROM cases_cursor WHERE handler <> ALL(%s) "
                    "ORDER BY position, case_id, seq LIMIT 1",
                    [list(APART)],
                ).fetchone()
                if row:
                    self._seen.append((time.time(), (row[0], row[1], row[2])))


def behind() -> Mapping[str, int]:
    """How many entries each follower has still before it, but for those apart."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.handler, (SELECT count(*) FROM cases_entry e WHERE e.district = c.district AND "
            "(e.position, e.case_id, e.seq) > (c.position, c.case_id, c.seq)) FROM cases_cursor c "
            "WHERE c.handler <> ALL(%s)",
            [list(APART)],
        )
        return dict(cursor.fetchall())


def settled(within: float) -> bool:
    """Wait until nobody is behind; False when that did not come within so many seconds."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if not any(behind().values()):
            return True
        time.sleep(0.1)
    return False


def delays(watch: Watch, since_appeal: int) -> list[float]:
    """Seconds from each receipt after that appeal until all that the platform did about it by itself was done and
    counted, found and shown."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.case_id, min(extract(epoch FROM e.at)), max(e.position), "
            "(array_agg(e.seq ORDER BY e.position DESC, e.seq DESC))[1] FROM cases_entry e WHERE e.case_id IN "
            "(SELECT case_id FROM cases_caseappeal WHERE appeal_id > %s) GROUP BY e.case_id",
            [since_appeal],
        )
        rows: list[Any] = cursor.fetchall()
    found = [
        (watch.done_at((position, case_id, seq)), float(began)) for case_id, began, position, seq in rows
    ]
    return [done - began for done, began in found if done is not None]
