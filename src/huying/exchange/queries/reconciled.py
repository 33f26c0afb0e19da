"""What comparisons of a day found, for who answers for a system."""

from huying.access.actor import Actor
from huying.exchange.models import Difference, Reconciliation
from huying.exchange.policy import must_read
from huying.kernel.errors import NotFound


def reconciliations_for(actor: Actor, peer_id: int, limit: int = 60) -> list[Reconciliation]:
    """The comparisons with a system, newest first. Raises Denied."""
    must_read(actor)
    rows = Reconciliation.objects.filter(district=actor.district, peer_id=peer_id)
    return list(rows.order_by("-id")[:limit])


def reconciliation_for(actor: Actor, number: int) -> tuple[Reconciliation, list[Difference]]:
    """One comparison with every difference. Raises Denied, NotFound."""
    must_read(actor)
    row = Reconciliation.objects.filter(district=actor.district, pk=number).first()
    if row is None:
        raise NotFound
    return row, list(row.differences.order_by("pk"))
