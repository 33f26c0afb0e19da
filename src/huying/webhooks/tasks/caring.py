"""Subscriptions that stopped themselves are told to who answers for them; the log is cleared after its days."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import connection
from django.urls import reverse

from huying.access.permissions import Permission
from huying.notices.actions.planning import ToStaff, write_for_staff
from huying.notices.queries.audience import posts_held
from huying.notices.queries.wording import Happened
from huying.notices.rules.audiences import holding, languages
from huying.texts.rules.occasions import Occasion
from huying.texts.rules.occasions import Placeholder as P
from huying.webhooks.models import Subscription
from huying.webhooks.rules.kinds import Stop

_TOLD_WITHIN: Final = timedelta(days=3)
_MOST: Final = 5000


def tell_stopped(district: int, now: datetime) -> None:
    """Tell once, of each subscription that stopped itself in the last days, which one and why."""
    rows = Subscription.objects.filter(
        district=district, removed_at=None, stop__in=[Stop.FAILING.value, Stop.GONE.value],
        stopped_at__gt=now - _TOLD_WITHIN,
    )  # fmt: skip
    found = []
    people = None
    for row in rows:
        if people is None:
            people = languages(holding(posts_held(district, now), Permission.WEBHOOK_EDIT, str(district)))
        told = Happened(
            district, Occasion.PUSH_STOPPED, title=row.name, terms={P.RESULT: Stop(row.stop).zh},
            path=reverse("webhook:one", args=[row.pk]),
        )  # fmt: skip
        stopped = row.stopped_at or now
        found.append(
            ToStaff(told, 0, stopped, people, once=f"push_stopped:{row.pk}:{int(stopped.timestamp())}")
        )
    write_for_staff(district, found, now)


def clear_log(district: int, now: datetime) -> None:
    """Take away what was settled longer ago than the log is kept, and what waited for a subscription removed since.

    A few thousand at a time.
    """
    before = now - timedelta(days=settings.HUYING_WEBHOOK_DAYS)
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM webhooks_delivery WHERE (district, id) IN (SELECT district, id FROM webhooks_delivery "
            "WHERE district = %s AND settled_at < %s LIMIT %s)",
            [district, before, _MOST],
        )
        cursor.execute(
            "DELETE FROM webhooks_delivery WHERE (district, id) IN (SELECT d.district, d.id FROM webhooks_delivery d "
            "JOIN webhooks_subscription s ON s.id = d.subscription_id AND s.removed_at < %s "
            "WHERE d.district = %s AND d.settled_at IS NULL LIMIT %s)",
            [before, district, _MOST],
        )
