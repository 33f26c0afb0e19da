"""Who may read letters and who may mend them, and as whom a system acts."""

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.permissions import Permission
from huying.access.roles import Role
from huying.exchange.models import Peer
from huying.kernel.errors import Denied

# As what a system may act: it gives appeals and urges like a seat, asks callers like who follows up, and speaks for
# the callers who spoke to it.
_GIVING = frozenset(
    {Permission.CASE_READ, Permission.APPEAL_RECEIVE, Permission.CASE_REMIND, Permission.CALLER_UNMASK}
)
_ASKING = frozenset({Permission.CASE_FOLLOW_UP, Permission.CASE_REOPEN})
_SAYING = frozenset({Permission.CASE_NOTE})
# What a body's own system may do for it, on cases on which the body has an order.
_WORKING = frozenset({Permission.ORDER_SIGN, Permission.ORDER_REPORT})
_PERSONAL = frozenset({Permission.APPEAL_WITHDRAW, Permission.APPEAL_RATE})


def must_read(by: Actor) -> None:
    """Raise Denied unless the actor may see how the exchange fares."""
    if not (by.may_everywhere(Permission.EXCHANGE_READ) or by.may_everywhere(Permission.EXCHANGE_EDIT)):
        raise Denied


def must_edit(by: Actor) -> None:
    """Raise Denied unless the actor may set up systems and mend letters."""
    if not by.may_everywhere(Permission.EXCHANGE_EDIT):
        raise Denied


def peer_actor(peer: Peer) -> Actor:
    """The system as it acts here; the ledger names it by its key."""
    body = peer.body_id
    working = (Grant(Role.DEPARTMENT_HANDLER, peer.area, body, _WORKING),) if body is not None else ()
    return Actor(
        kind=ActorKind.KEY,
        district=peer.district,
        name=peer.name,
        key_id=peer.key_id,
        grants=(
            Grant(Role.SEAT, peer.area, only=_GIVING),
            Grant(Role.EVALUATOR, peer.area, only=_ASKING),
            Grant(Role.STREET_DISPATCHER, peer.area, only=_SAYING),
            Grant(Role.RESIDENT, peer.area, only=_PERSONAL),
            *working,
        ),
    )
