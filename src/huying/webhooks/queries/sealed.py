"""The secrets of a subscription, for signing."""

from datetime import datetime

from huying.people.models.keyring import keyring
from huying.webhooks.models import Subscription


def secret_place(district: int) -> str:
    """What a sealed secret is bound to."""
    return f"{district}:webhooks.secret"


def secrets_of(row: Subscription, now: datetime) -> list[str]:
    """The secrets that sign now, the newest first. Raises Unavailable when no key of the house opens them."""
    sealed = [row.secret_sealed]
    if row.old_sealed is not None and row.old_until is not None and now < row.old_until:
        sealed.append(row.old_sealed)
    return [keyring().open(one, secret_place(row.district)) for one in sealed]
