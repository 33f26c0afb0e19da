"""A test message to a subscription: it waits in no line and changes nothing but the log."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from huying.access.actor import Actor
from huying.kernel.errors import Conflict
from huying.webhooks.actions.leasing import Came, Due
from huying.webhooks.actions.making import held
from huying.webhooks.models import Delivery, Subscription
from huying.webhooks.rules.kinds import Sending
from huying.webhooks.rules.payloads import PING, body_of, ping_id
from huying.webhooks.rules.rests import is_delivered

# The button is no way to knock at somebody's door again and again.
_MOST: Final = 10
_WITHIN: Final = timedelta(minutes=10)


@transaction.atomic
def ping(by: Actor, number: int, now: datetime) -> tuple[Subscription, Due]:
    """A test message, kept and not sent yet. Raises Denied, NotFound; Conflict after ten within ten minutes."""
    row = held(by, number)
    rows = Delivery.objects.filter(district=row.district, subscription_id=row.pk, kind=PING)
    if rows.filter(made_at__gt=now - _WITHIN).count() >= _MOST:
        raise Conflict("测试得太频繁，请过十分钟再试。")
    name, site = ping_id(row.district, row.pk, now), str(settings.HUYING_ADDRESS).rstrip("/")
    data = {"district": str(row.district), "subscription": row.name, "links": {"site": site}}
    kept = Delivery.objects.create(
        district=row.district, subscription_id=row.pk, position=0, message=name, kind=PING,
        body=body_of(name, PING, now, data).decode(), state=Sending.WAITING.value, made_at=now,
    )  # fmt: skip
    return row, Due(kept.id, None, name, kept.body, False, 0)


def came_of(row: Subscription, one: Due, came: Came, now: datetime) -> None:
    """Keep what came of a test message."""
    attempt = {
        "at": now.isoformat(), "status": came.status, "error": came.error[:200], "answer": came.answer[:1000],
        "took_ms": came.took_ms,
    }  # fmt: skip
    state = Sending.DELIVERED if is_delivered(came.status) else Sending.FAILED
    rows = Delivery.objects.filter(district=row.district, id=one.id)
    rows.update(state=state.value, settled_at=now, tries=1, attempts=[attempt])
