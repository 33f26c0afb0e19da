"""The only readers of subscriptions and their log."""

from huying.webhooks.queries.log import Attempt, DeliveryInfo, deliveries_for, delivery_for, waiting_counts
from huying.webhooks.queries.outside import allowed_outside
from huying.webhooks.queries.subscriptions import (
    ReplayInfo,
    SubscriptionInfo,
    replays_for,
    subscription_for,
    subscriptions_for,
)

__all__ = [
    "Attempt",
    "DeliveryInfo",
    "ReplayInfo",
    "SubscriptionInfo",
    "allowed_outside",
    "deliveries_for",
    "delivery_for",
    "replays_for",
    "subscription_for",
    "subscriptions_for",
    "waiting_counts",
]
