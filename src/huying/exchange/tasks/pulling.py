"""Asking a system for its letters: fetched, kept together with the cursor, then acknowledged."""

import logging
from datetime import datetime

from huying.exchange.actions import keeping
from huying.exchange.channels.interface import Away
from huying.exchange.queries.held import OpenPeer
from huying.exchange.rules.kinds import Way
from huying.exchange.tasks.connecting import connector_of
from huying.kernel.errors import HuyingError

_log = logging.getLogger(__name__)


def pull(peer: OpenPeer, now: datetime) -> int:
    """Ask once, if it is time; how many letters came. What goes wrong is written into the system's health."""
    cursor = keeping.claim_pull(peer, now)
    if cursor is None:
        return 0
    try:
        connector = connector_of(peer)
        if not connector.asked:
            keeping.ask_later(peer, now + connector.every)
            return 0
        fetched = connector.fetch(cursor, now)
        following = now if fetched.more else now + connector.every
        keeping.keep_pulled(
            peer, fetched.records, cursor, fetched.cursor, following, now, origin=fetched.origin,
            unreadable=fetched.unreadable,
        )  # fmt: skip
        connector.kept(fetched, now)
    except Away as away:
        keeping.failed(peer, Way.IN, away.message, now, away.rest)
    except HuyingError as error:
        keeping.failed(peer, Way.IN, "；".join(error.fields.values()) or error.message, now)
    else:
        return len(fetched.records) + len(fetched.unreadable)
    return 0
