"""A system set up or changed as a whole: of settings by which it could not be reached nothing is kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from huying.access.actor import Actor
from huying.exchange.actions.peers import PeerForm, change_peer, create_peer, put_map
from huying.exchange.policy import must_edit
from huying.exchange.queries.peers import peer_for
from huying.exchange.tasks.connecting import check


def set_up(by: Actor, new: PeerForm, map: Mapping[str, Any], why: str, now: datetime) -> None:
    """A system, switched off, with its first mapping. Raises Denied, Invalid with ``fields``, Conflict for its code."""
    must_edit(by)
    check(new, map)
    with transaction.atomic():
        create_peer(by, new, now)
        put_map(by, new.code, map, why, now)


def set_anew(by: Actor, new: PeerForm, now: datetime) -> None:
    """Let other settings hold from now on; its connector stays. Raises Denied, NotFound, Invalid with ``fields``."""
    must_edit(by)
    check(new, peer_for(by, new.code).map)
    change_peer(by, new, now)
