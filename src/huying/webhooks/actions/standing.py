"""Whether a subscription is in force: paused and started by people, stopped where the receiver leaves no other way."""

from datetime import datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.kernel.errors import Conflict
from huying.webhooks.actions.making import held
from huying.webhooks.actions.replaying import ask_replay
from huying.webhooks.models import Subscription
from huying.webhooks.rules.kinds import Stop


@transaction.atomic
def pause(by: Actor, number: int, now: datetime) -> None:
    """Push nothing more for now; what waits stays. Raises Denied, NotFound, Conflict."""
    row = held(by, number)
    if row.stopped_at is not None:
        raise Conflict("这个订阅已经停了。")
    _stop(row, Stop.PAUSED, by.name, now)
    note_change(by, NewChange(Subject.WEBHOOK, str(row.pk), row.name, Deed.STOP), now)


@transaction.atomic
def start(by: Actor, number: int, now: datetime, *, catch_up: bool = True) -> None:
    """Push again: what waited, what happens from now on and, to ``catch_up``, what happened since it was stopped.

    Raises Denied, NotFound, Conflict.
    """
    row = held(by, number)
    if row.stopped_at is None:
        raise Conflict("这个订阅没有停。")
    since = row.stopped_at
    row.stopped_at, row.stop, row.stopped_by = None, "", ""
    row.failures, row.failing_since, row.rest_until = 0, None, None
    row.save()
    if catch_up:
        ask_replay(row, by.name, now, since=since)
    note_change(by, NewChange(Subject.WEBHOOK, str(row.pk), row.name, Deed.START), now)


def stop_itself(row: Subscription, why: Stop, now: datetime) -> bool:
    """Stop what cannot go on; whether this call did. Who answers for it is told by ``tasks.caring``."""
    rows = Subscription.objects.filter(pk=row.pk, stopped_at=None)
    return bool(rows.update(stopped_at=now, stop=why.value, stopped_by=""))


def _stop(row: Subscription, why: Stop, who: str, now: datetime) -> None:
    row.stopped_at, row.stop, row.stopped_by = now, why.value, who[:60]
    row.save(update_fields=["stopped_at", "stop", "stopped_by"])
