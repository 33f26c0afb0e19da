"""What came in through the broker put away: whose topic it is says which device may have said it."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from django.db import OperationalError, close_old_connections, connection

from huying.access.actor import system
from huying.devices.actions import Given, deliver
from huying.devices.channels.waiting import Arrived
from huying.kernel.clock import now as present
from huying.places.queries import districts

_log = logging.getLogger(__name__)
DOOR: Final = "mqtt"


def topic_of(topic: str) -> tuple[int, str] | None:
    """District and device of a topic such as ``huying/440310/SOS-0417``; None for another."""
    parts = topic.split("/")
    if len(parts) < 2 or len(parts[-2]) != 6 or not (parts[-2].isascii() and parts[-2].isdigit()):
        return None
    return (int(parts[-2]), parts[-1]) if parts[-1] else None


def put_away(batch: Sequence[Arrived]) -> None:
    """Keep a batch: alarms first, then the readings together.

    Raises OperationalError while the database is away, Unavailable where the store refuses for the moment: all of it is
    to be tried again, and what is kept stays kept once.
    """
    close_old_connections()
    try:
        for district, given in sorted(_sorted(batch).items()):
            deliver(system(district, "MQTT"), given, present())
    except OperationalError:
        connection.close()
        raise


def _sorted(batch: Sequence[Arrived]) -> dict[int, list[Given]]:
    known = {row.code for row in districts()}
    found: dict[int, list[Given]] = defaultdict(list)
    for one in batch:
        named = topic_of(one.topic)
        if named is None or named[0] not in known:
            _log.warning("a message on %s belongs to no district here", one.topic)
            continue
        found[named[0]].append(Given(one.payload, named[1], DOOR, one.at, one.retain))
    return found
