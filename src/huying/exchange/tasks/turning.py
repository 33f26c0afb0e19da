"""The lanes of the exchange, and one round of everything for whoever does not wait for the worker."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from huying.exchange.actions.clearing import clear_old as clear_old_letters
from huying.exchange.actions.taking import take_in
from huying.exchange.queries.held import OpenPeer
from huying.exchange.tasks.lanes import Lanes
from huying.exchange.tasks.picturing import fetch_pictures
from huying.exchange.tasks.pulling import pull
from huying.exchange.tasks.sending import send

__all__ = ["LANES", "clear_old_letters", "once"]

# Letters a second of each system while somebody is at a desk. What follows an order costs many times what telling does.
_IN, _OUT = 20, 100

LANES: Final[Mapping[str, Lanes]] = {
    "exchange pull": Lanes("pull", pull, lambda peer: peer.hears),
    "exchange in": Lanes("in", take_in, lambda peer: peer.hears, at_desks=_IN),
    "exchange pictures": Lanes("pictures", fetch_pictures, lambda peer: peer.hears),
    "exchange out": Lanes("out", send, lambda peer: peer.tells, at_desks=_OUT),
}


def once(peer: OpenPeer, now: datetime, most: int = 1000) -> dict[str, int]:
    """Ask, take in and hand over until nothing is left or ``most`` rounds are done: how much of each."""
    done = {"pulled": 0, "taken": 0, "pictured": 0, "sent": 0}
    for _ in range(most):
        step = {
            "pulled": pull(peer, now) if peer.hears else 0,
            "taken": take_in(peer, now) if peer.hears else 0,
            "pictured": fetch_pictures(peer, now) if peer.hears else 0,
            "sent": send(peer, now) if peer.tells else 0,
        }
        done = {name: done[name] + step[name] for name in done}
        if not any(step.values()):
            break
    return done
