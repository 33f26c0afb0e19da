"""Crossing off what somebody looked into."""

from datetime import datetime

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.models import Stumble
from huying.kernel.errors import Denied, NotFound


def settle_stumble(by: Actor, stumble_id: int, now: datetime) -> None:
    """Mark a stumble as looked into. Raises Denied without account:edit, NotFound."""
    if not by.may_everywhere(Permission.ACCOUNT_EDIT):
        raise Denied
    rows = Stumble.objects.filter(district=by.district, pk=stumble_id, settled_at__isnull=True)
    if not rows.update(settled_at=now):
        raise NotFound
