"""How the work behind the pages is doing: signs of life, how far reactions are, what they stumbled over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.models import Cursor, Heartbeat, Stumble
from huying.kernel.errors import Denied
from huying.kernel.numbers import case_number


@dataclass(frozen=True, slots=True)
class Beat:
    """The last sign of life of one background duty."""

    name: str
    at: datetime
    note: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Follower:
    """How far a reaction has followed the ledger of the district."""

    handler: str
    case: str
    seq: int
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class StumbleInfo:
    """An entry that a reaction passed over for a person to look at."""

    id: int
    handler: str
    case: str
    seq: int
    at: datetime
    error: str


@dataclass(frozen=True, slots=True)
class Health:
    """Everything of one district; heartbeats are the installation's."""

    beats: Sequence[Beat]
    followers: Sequence[Follower]
    stumbles: Sequence[StumbleInfo]


def health_for(actor: Actor, limit: int = 100) -> Health:
    """The state of the background work. Raises Denied without account:edit or audit:read."""
    if not (actor.may(Permission.ACCOUNT_EDIT) or actor.may(Permission.AUDIT_READ)):
        raise Denied
    mine = {"district": actor.district}
    open_ones = Stumble.objects.filter(settled_at__isnull=True, **mine).order_by("-id")[:limit]
    return Health(
        beats=[Beat(row.name, row.at, row.note) for row in Heartbeat.objects.order_by("name")],
        followers=[
            Follower(row.handler, _number(actor.district, row.case_id), row.seq, row.moved_at)
            for row in Cursor.objects.filter(**mine).order_by("handler")
        ],
        stumbles=[
            StumbleInfo(row.pk, row.handler, _number(actor.district, row.case_id), row.seq, row.at, row.error)
            for row in open_ones
        ],
    )


def _number(district: int, case_id: int) -> str:
    return case_number(district, case_id) if case_id > 0 else ""
