"""What was pushed, what came back, and what waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.kernel.numbers import case_number
from huying.webhooks.models import Delivery
from huying.webhooks.queries.subscriptions import subscription_for
from huying.webhooks.rules.kinds import Sending


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try: the status answered (0: none), what went wrong, the beginning of the answer, and how long it took."""

    at: datetime
    status: int
    error: str
    answer: str
    took_ms: int


@dataclass(frozen=True, slots=True)
class DeliveryInfo:
    """One push with its body. ``number`` is the case's, "" for a test message."""

    id: int
    message: str
    kind: str
    number: str
    seq: int | None
    body: str
    replay: bool
    state: Sending
    made_at: datetime
    next_at: datetime | None
    settled_at: datetime | None
    tries: int
    attempts: tuple[Attempt, ...]


def deliveries_for(
    actor: Actor,
    subscription: int,
    *,
    state: Sending | None = None,
    before: int | None = None,
    limit: int = 50,
) -> list[DeliveryInfo]:
    """The log of a subscription, newest first. Raises Denied, NotFound."""
    held = subscription_for(actor, subscription)
    rows = Delivery.objects.filter(district=held.district, subscription_id=held.id)
    if state is not None:
        rows = rows.filter(state=state.value)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_info(row) for row in rows.order_by("-id")[:limit]]


def delivery_for(actor: Actor, subscription: int, number: int) -> DeliveryInfo:
    """One of them. Raises Denied, NotFound."""
    held = subscription_for(actor, subscription)
    row = Delivery.objects.filter(district=held.district, subscription_id=held.id, id=number).first()
    if row is None:
        raise NotFound
    return _info(row)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many wait and how many failed."""

    waiting: int = 0
    failed: int = 0


def waiting_counts(district: int) -> Mapping[int, Standing]:
    """Subscription → how its deliveries stand; two queries over what waits and what failed alone."""
    rows = Delivery.objects.filter(district=district)
    waiting = _counted(rows.filter(next_at__isnull=False))
    failed = _counted(rows.filter(state=Sending.FAILED.value))
    return {one: Standing(waiting.get(one, 0), failed.get(one, 0)) for one in waiting.keys() | failed.keys()}


def _counted(rows: QuerySet[Delivery]) -> dict[int, int]:
    return dict(rows.values_list("subscription_id").annotate(count=Count("id")).order_by())


def _info(row: Delivery) -> DeliveryInfo:
    return DeliveryInfo(
        id=row.id, message=row.message, kind=row.kind,
        number=case_number(row.district, row.case_id) if row.case_id else "", seq=row.seq, body=row.body,
        replay=row.replay, state=Sending(row.state), made_at=row.made_at, next_at=row.next_at,
        settled_at=row.settled_at, tries=row.tries, attempts=tuple(_attempt(one) for one in row.attempts),
    )  # fmt: skip


def _attempt(one: Mapping[str, Any]) -> Attempt:
    return Attempt(
        datetime.fromisoformat(one["at"]), one["status"], one["error"], one["answer"], one["took_ms"]
    )
