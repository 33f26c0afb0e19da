"""What came in through the broker put away: whose topic it is says which device may have said it."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from django.db import OperationalError, close_old_connections, connection, transaction

from huying.access.actor import system
from huying.devices.actions import Given, keep, write_down
from huying.devices.channels.listening import Arrived
from huying.devices.rules.messages import Unread
from huying.kernel.clock import now as present
from huying.kernel.errors import Unavailable
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
    """Keep a batch in one transaction. A message at which the program itself fails is kept in the log, the others go on.

    Raises OperationalError while the database is away, Unavailable where the store refuses for the moment: nothing of
    what is left was kept, and all of it is to be tried again.
    """
    close_old_connections()
    by_district = _sorted(batch)
    try:
        _keep_all(by_district)
    except OperationalError:
        connection.close()
        raise
    except Unavailable:
        raise
    except Exception:
        _log.exception("a batch of %d is kept one by one", len(batch))
        for district, given in by_district.items():
            for one in given:
                _keep_one(district, one)


def _sorted(batch: Sequence[Arrived]) -> dict[int, list[Given]]:
    known = {row.code for row in districts()}
    found: dict[int, list[Given]] = defaultdict(list)
    for one in batch:
        named = topic_of(one.topic)
        if named is None or named[0] not in known:
            _log.warning("a message on %s belongs to no district here", one.topic)
            continue
        found[named[0]].append(Given(one.payload, named[1], DOOR))
    return found


@transaction.atomic
def _keep_all(by_district: dict[int, list[Given]]) -> None:
    for district, given in sorted(by_district.items()):
        keep(system(district, "MQTT"), given, present())


def _keep_one(district: int, given: Given) -> None:
    try:
        keep(system(district, "MQTT"), [given], present())
    except (OperationalError, Unavailable):
        raise
    except Exception:
        _log.exception("a message of %s of %s is not kept", given.device, district)
        write_down(district, [given], {0: Unread.FAULT}, present())
