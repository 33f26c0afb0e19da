"""The audit of who saw whose data: rows are added, never changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.people.models import Viewing
from huying.people.rules.kinds import ViewingKind


@dataclass(frozen=True, slots=True)
class NewViewing:
    """One thing seen: ``what`` in words, of which caller and case, why."""

    kind: ViewingKind
    what: str
    caller_id: int | None = None
    case_id: int | None = None
    reason: str = ""


def record_viewings(actor: Actor, seen: Iterable[NewViewing], now: datetime) -> None:
    """Write down what the actor saw, in the caller's transaction if there is one; one statement."""
    Viewing.objects.bulk_create(
        Viewing(
            district=actor.district,
            at=now,
            account_id=actor.account_id,
            key_id=actor.key_id,
            actor_name=actor.name[:60],
            kind=view.kind,
            what=view.what[:200],
            caller_id=view.caller_id,
            case_id=view.case_id,
            reason=view.reason[:200],
        )
        for view in seen
    )
