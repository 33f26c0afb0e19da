"""The only writers of subscriptions and their log."""

from huying.webhooks.actions.making import NewSubscription, change, create, new_secret_for, remove
from huying.webhooks.actions.replaying import replay, resend
from huying.webhooks.actions.standing import pause, start
from huying.webhooks.actions.telling import push

__all__ = [
    "NewSubscription",
    "change",
    "create",
    "new_secret_for",
    "pause",
    "push",
    "remove",
    "replay",
    "resend",
    "start",
]
