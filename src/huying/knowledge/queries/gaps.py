"""Questions without an article, the most asked first."""

from typing import Final

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.knowledge.models import Gap
from huying.knowledge.policy import must_read
from huying.knowledge.rules.gaps import Asked, Group, grouped
from huying.knowledge.rules.kinds import GapKind

# More than anybody reads; the older ones come up again when the newer are settled.
_LOOKED_THROUGH: Final = 600


def gaps_for(actor: Actor, kind: GapKind | None = None) -> list[Group]:
    """The open questions of the actor's district in groups, the most asked first. Raises Denied."""
    must_read(actor)
    rows = Gap.objects.filter(district=actor.district, settled_at=None)
    if kind is not None:
        rows = rows.filter(kind=kind)
    return grouped(_asked(row) for row in rows.order_by("-at", "-id")[:_LOOKED_THROUGH])


def gap_for(actor: Actor, gap_id: int) -> Group:
    """The open group that a question stands in. Raises Denied, NotFound."""
    for group in gaps_for(actor):
        if any(one.id == gap_id for one in group.members):
            return group
    raise NotFound("这条缺口已经处理过了。")


def open_gaps(district: int) -> int:
    """How many questions wait for an article."""
    return Gap.objects.filter(district=district, settled_at=None).count()


def _asked(row: Gap) -> Asked:
    return Asked(row.id, GapKind(row.kind), row.words, row.reply, row.at)
