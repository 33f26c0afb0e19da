"""Told once more: a stretch of the ledger, batch by batch behind the pages, or single deliveries of the log."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from django.db import connection, transaction

from huying.access.actor import Actor
from huying.cases.ledger import Link
from huying.cases.queries.horizon import Told, horizon
from huying.cases.queries.pushed import entries_after, first_position
from huying.kernel.errors import Conflict, Invalid
from huying.webhooks.actions.making import held
from huying.webhooks.actions.telling import deliveries
from huying.webhooks.models import Delivery, Replay, Subscription
from huying.webhooks.rules.kinds import Sending

_BATCH: Final = 500
# What was settled before is sent once more under its name; what still waits is left as it stands.
_AGAIN: Final = """
UPDATE webhooks_delivery d SET state = 'waiting', next_at = %s, settled_at = NULL, tries = 0, replay = true,
    body = given.body
FROM unnest(%s::text[], %s::text[]) AS given(message, body)
WHERE d.district = %s AND d.message = given.message AND d.next_at IS NULL
"""


@transaction.atomic
def replay(
    by: Actor, number: int, now: datetime, *, since: datetime | None = None, position: int | None = None
) -> int:
    """Tell a subscription once more what happened since a moment or after a position of the ledger; the replay's number.

    It goes out behind what happens now, in the order of the ledger, each message under the name it had. Raises Denied,
    NotFound; Invalid without a beginning or for one in the future; Conflict while it is stopped or another runs.
    """
    row = held(by, number)
    if (since is None) == (position is None):
        raise Invalid("请写明从什么时间或从办理链的哪个位置开始重放。")
    if since is not None and since > now:
        raise Invalid("重放的开始时间不能在以后。", fields={"since": "重放的开始时间不能在以后。"})
    if row.stopped_at is not None:
        raise Conflict("这个订阅停着，请先启用。")
    if Replay.objects.filter(district=row.district, subscription_id=row.pk, done_at=None).exists():
        raise Conflict("上一次重放还没有做完。")
    return ask_replay(row, by.name, now, since=since, place=position)


def ask_replay(
    row: Subscription, who: str, now: datetime, *, since: datetime | None, place: int | None = None
) -> int:
    """Keep a replay up to what is settled now. Must run in a transaction."""
    until = horizon()
    if since is not None:
        place = first_position(row.district, since, until) - 1
    asked = Replay.objects.create(
        district=row.district, subscription_id=row.pk, since=since, position=place or 0, until=until,
        asked_at=now, asked_by=who[:60],
    )  # fmt: skip
    return asked.pk


@transaction.atomic
def resend(by: Actor, number: int, ids: Collection[int], now: datetime) -> int:
    """Send single deliveries of the log once more, whatever became of them; how many. Raises Denied, NotFound."""
    row = held(by, number)
    rows = Delivery.objects.filter(district=row.district, subscription_id=row.pk, id__in=ids, next_at=None)
    return rows.update(state=Sending.WAITING.value, next_at=now, settled_at=None, tries=0, replay=True)


@transaction.atomic
def go_on(now: datetime) -> int:
    """One batch of the replay that waits longest; how many entries were looked at."""
    asked = Replay.objects.select_for_update(skip_locked=True).filter(done_at=None).order_by("pk").first()
    if asked is None:
        return 0
    row = Subscription.objects.get(pk=asked.subscription_id)
    place = Told(asked.position, asked.case_id, asked.seq)
    begin = asked.since or datetime.min.replace(tzinfo=now.tzinfo)
    entries = entries_after(asked.district, place, asked.until, begin, _BATCH)
    if entries and row.removed_at is None:
        asked.told += _tell(row, entries, now)
        asked.position, asked.case_id, asked.seq = entries[-1][0], entries[-1][1].case_id, entries[-1][1].seq
    if len(entries) < _BATCH or row.removed_at is not None:
        asked.done_at = now
    asked.save()
    return max(len(entries), 1)


def _tell(row: Subscription, entries: Sequence[tuple[int, Link]], now: datetime) -> int:
    places = {(one.case_id, one.seq): position for position, one in entries}
    found = deliveries([(row, [one for _position, one in entries])], now)
    for one in found:
        one.position, one.replay = places[one.case_id or 0, one.seq or 0], True
    with connection.cursor() as cursor:
        cursor.execute(
            _AGAIN, [now, [one.message for one in found], [one.body for one in found], row.district]
        )
    Delivery.objects.bulk_create(found, batch_size=500, ignore_conflicts=True)
    return len(found)
