"""What a worker's phone carries through a day without a signal: no more than the work in their own grid needs.

Of those who called nothing is in it. The phone keeps it sealed, and throws it away when its owner goes off duty.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.cases.lifecycle import OrderState
from huying.cases.queries.lists.queue import CaseFilter, CaseLine, queue_for
from huying.catalogue.queries import live_edition, live_list
from huying.patrol.policy import body_of, home_of, must_walk
from huying.patrol.queries.checks import CheckInfo, my_checks
from huying.patrol.queries.finds import FindInfo, own_finds
from huying.patrol.queries.tours import TourInfo, open_tour_of
from huying.places.queries import area_name


@dataclass(frozen=True, slots=True)
class Pack:
    """``items``: (code, group, name) that a find may be put under. ``orders``: what one's body has still to do here."""

    home: str
    home_name: str
    body_id: int | None
    tour: TourInfo | None
    checks: Sequence[CheckInfo]
    orders: Sequence[CaseLine]
    finds: Sequence[FindInfo]
    items: Sequence[tuple[str, str, str]]


def pack_for(actor: Actor, now: datetime, most: int = 100) -> Pack:
    """The actor's own. Raises Denied for who does not patrol."""
    must_walk(actor)
    home, body = home_of(actor), body_of(actor)
    mine = CaseFilter(
        area=home, orders_of=frozenset({body}) if body is not None else frozenset(),
        order_states=frozenset({OrderState.SENT, OrderState.SIGNED}),
    )  # fmt: skip
    return Pack(
        home=home,
        home_name=area_name(actor.district, home),
        body_id=body,
        tour=open_tour_of(actor),
        checks=my_checks(actor),
        orders=queue_for(actor, mine, now, limit=most).lines if body is not None else [],
        finds=own_finds(actor),
        items=_items(actor.district),
    )


def _items(district: int) -> Sequence[tuple[str, str, str]]:
    if live_edition(district) is None:
        return []
    lines = live_list(district).held.items.values()
    return [(line.code, line.group_name, line.name) for line in lines]
