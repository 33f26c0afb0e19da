"""Subscriptions as a page or an interface shows them: everything but their secrets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.webhooks.models import Replay, Subscription
from huying.webhooks.policy import theirs
from huying.webhooks.rules.filters import Filters
from huying.webhooks.rules.kinds import Stop


@dataclass(frozen=True, slots=True)
class SubscriptionInfo:
    """One subscription. ``stop`` None: in force. ``area`` and ``body_id`` bound what it is told, or its key."""

    id: int
    district: int
    name: str
    address: str
    key_id: int | None
    area: str
    body_id: int | None
    filters: Filters
    fields: tuple[str, ...]
    made_at: datetime
    made_by: str
    stop: Stop | None
    stopped_at: datetime | None
    stopped_by: str
    delivered_at: datetime | None
    failures: int
    failing_since: datetime | None
    rest_until: datetime | None
    old_until: datetime | None


@dataclass(frozen=True, slots=True)
class ReplayInfo:
    """One replay: since when, who asked, how many were told so far, and whether it is done."""

    id: int
    since: datetime | None
    asked_at: datetime
    asked_by: str
    told: int
    done_at: datetime | None


def subscriptions_for(actor: Actor) -> list[SubscriptionInfo]:
    """Every subscription that the actor sets up, newest first. Raises Denied."""
    return [_info(row) for row in Subscription.objects.filter(_held(actor)).order_by("-pk")]


def subscription_for(actor: Actor, number: int) -> SubscriptionInfo:
    """One of them. Raises Denied, NotFound."""
    row = Subscription.objects.filter(_held(actor), pk=number).first()
    if row is None:
        raise NotFound
    return _info(row)


def replays_for(actor: Actor, number: int, limit: int = 5) -> list[ReplayInfo]:
    """The last replays of a subscription. Raises Denied, NotFound."""
    held = subscription_for(actor, number)
    rows = Replay.objects.filter(district=held.district, subscription_id=held.id).order_by("-pk")[:limit]
    return [ReplayInfo(row.pk, row.since, row.asked_at, row.asked_by, row.told, row.done_at) for row in rows]


def names_of(district: int, ids: set[int]) -> Mapping[int, str]:
    """The names of subscriptions, also of those removed."""
    return dict(Subscription.objects.filter(district=district, pk__in=ids).values_list("pk", "name"))


def filters_of(row: Subscription) -> Filters:
    """What a subscription asked for."""
    return Filters(row.verbs, row.areas, row.items, row.kinds, row.bodies)


def _held(actor: Actor) -> Q:
    return theirs(actor) & Q(removed_at__isnull=True)


def _info(row: Subscription) -> SubscriptionInfo:
    return SubscriptionInfo(
        id=row.pk, district=row.district, name=row.name, address=row.address, key_id=row.key_id, area=row.area,
        body_id=row.body_id, filters=filters_of(row), fields=tuple(row.fields), made_at=row.made_at,
        made_by=row.made_by, stop=Stop(row.stop) if row.stop else None, stopped_at=row.stopped_at,
        stopped_by=row.stopped_by, delivered_at=row.delivered_at, failures=row.failures, failing_since=row.failing_since,
        rest_until=row.rest_until, old_until=row.old_until,
    )  # fmt: skip
