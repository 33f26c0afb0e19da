"""What the other side calls a case that we gave it."""

from datetime import datetime

from django.db import transaction

from huying.cases.queries.exchanged import appeals_on
from huying.exchange.models import Linked, Outgoing
from huying.exchange.queries.held import OpenPeer
from huying.exchange.rules.kinds import OutState


@transaction.atomic
def link(peer: OpenPeer, row: Outgoing, number: str, now: datetime) -> bool:
    """Keep their number of the case that a letter told; False where the number is another case already.

    What waits to be told of the case is told under their number from now on.
    """
    appeals = appeals_on(peer.district, [row.case_id]).get(row.case_id, [])
    appeal = row.appeal_id or (appeals[0] if appeals else 0)
    if not appeal:
        return False
    held, _made = Linked.objects.get_or_create(
        district=peer.district, peer_id=peer.id, number=number[:64],
        defaults={"case_id": row.case_id, "appeal_id": appeal, "at": row.made_at, "since": now},
    )  # fmt: skip
    waiting = Outgoing.objects.filter(
        district=peer.district, peer_id=peer.id, case_id=row.case_id, state=OutState.WAITING.value, number=""
    )
    if held.case_id == row.case_id:
        waiting.exclude(id=row.id).update(number=number[:64])
    return held.case_id == row.case_id
