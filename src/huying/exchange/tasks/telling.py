"""Who answers for the exchange is told, once, when letters wait for a person or a system is gone for long."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from huying.access.actor import system
from huying.access.permissions import Permission
from huying.exchange.queries.peers import PeerInfo, peers_for
from huying.exchange.rules.kinds import Connecting, Direction
from huying.exchange.rules.troubles import Faring, troubles
from huying.notices.actions.planning import ToStaff, write_for_staff
from huying.notices.queries.audience import posts_held
from huying.notices.queries.wording import Happened
from huying.notices.rules.audiences import holding, languages
from huying.texts.rules.occasions import Occasion
from huying.texts.rules.occasions import Placeholder as P


def tell_troubled(district: int, now: datetime) -> None:
    """Tell of each system that is on what a person must hear; what was told already is not told again."""
    day = timezone.localdate(now).isoformat()
    found = [
        (peer, trouble, once)
        for peer in peers_for(system(district))
        if peer.on and peer.turned_at is not None
        for trouble, once in troubles(_faring(peer, peer.turned_at), day, now)
    ]
    if not found:
        return
    people = languages(holding(posts_held(district, now), Permission.EXCHANGE_EDIT, str(district)))
    notices = []
    for peer, trouble, once in found:
        path = reverse("exchange:peer", args=[peer.code])
        told = Happened(
            district, Occasion.EXCHANGE_STUCK, title=peer.name, terms={P.RESULT: trouble.zh}, count=peer.stuck,
            path=path,
        )  # fmt: skip
        notices.append(ToStaff(told, 0, now, people, once=f"exchange:{peer.id}:{once}"))
    write_for_staff(district, notices, now)


def _faring(peer: PeerInfo, since: datetime) -> Faring:
    pushes = peer.connector is Connecting.REST_PUSH and peer.direction is not Direction.OUT
    asking, telling = (
        (one.failures, max(one.since, since) if one.since else None) for one in (peer.asking, peer.telling)
    )
    return Faring(peer.stuck, asking, telling, peer.oldest, peer.heard_at, since, pushes)
