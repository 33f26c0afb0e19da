"""Connectors that are made, kept while their system's settings stay, and let go when they change."""

import threading
from collections.abc import Mapping
from typing import Any, Final

from huying.exchange.actions.peers import PeerForm
from huying.exchange.channels.interface import Connector, Settled
from huying.exchange.channels.registry import CONNECTORS
from huying.exchange.queries.held import OpenPeer
from huying.exchange.queries.linked import LinkBook
from huying.exchange.rules.mapping import peer_map

_lock: Final = threading.Lock()
_made: dict[int, tuple[str, Connector]] = {}


def connector_of(peer: OpenPeer) -> Connector:
    """The connector of a system. Raises Invalid for settings that cannot be used."""
    with _lock:
        version, kept = _made.get(peer.id, ("", None))
        if kept is not None and version == peer.version:
            return kept
        if kept is not None:
            kept.close()
        made = CONNECTORS[peer.connector](
            Settled(peer.code, peer.settings, peer.secret, peer.map, LinkBook(peer.district, peer.id))
        )
        _made[peer.id] = (peer.version, made)
        return made


def let_go() -> None:
    """Close every connector, as when a process ends."""
    with _lock:
        for _version, kept in _made.values():
            kept.close()
        _made.clear()


def check(form: PeerForm, map: Mapping[str, Any]) -> None:
    """Raise Invalid, with ``fields``, where no connector can be made of these settings."""
    # A secret that is there already is not asked for again.
    made = CONNECTORS[form.connector](
        Settled(form.code, form.settings, form.secret or "unchanged", peer_map(map))
    )
    made.close()
