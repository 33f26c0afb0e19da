"""What we say, sent in the order it was said; a vendor that is away is tried again, one that refuses is not."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from huying.chat.channels.adapter import Adapter
from huying.chat.channels.asking import Refused, TokenOver
from huying.chat.channels.vendors import adapter_for
from huying.chat.models import Message, Person
from huying.chat.queries.accounts import held_account
from huying.chat.queries.reaching import reach_of
from huying.chat.queries.waiting import content_of
from huying.chat.rules.kinds import Standing
from huying.kernel.errors import HuyingError

_log = logging.getLogger(__name__)
_BATCH: Final = 10
# Longer than a whole batch may take, so that only what a killed worker held comes back.
_LEASE: Final = timedelta(minutes=5)
_LATER: Final = (5, 30, 120, 600, 1800, 3600)
_CLAIM: Final = """
UPDATE chat_message SET next_at = %s, tries = tries + 1 WHERE (district, id) IN (
    SELECT district, id FROM chat_message m WHERE side = 'ours' AND next_at <= %s AND NOT EXISTS (
        SELECT 1 FROM chat_message e WHERE e.district = m.district AND e.person_id = m.person_id AND e.side = 'ours'
        AND e.next_at IS NOT NULL AND e.id < m.id
    ) ORDER BY next_at LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING district, id
"""


def send_due(now: datetime) -> int:
    """Try what is due, one message of each person; how many were in hand."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [now + _LEASE, now, _BATCH])
        taken = cursor.fetchall()
    adapters: dict[tuple[int, int], Adapter | None] = {}
    for district, number in taken:
        _tried(Message.objects.get(district=district, id=number), adapters, now)
    return len(taken)


def _tried(row: Message, adapters: dict[tuple[int, int], Adapter | None], now: datetime) -> None:
    person = Person.objects.filter(district=row.district, id=row.person_id).first()
    if person is None or person.left_at is not None:
        _settle(row, Standing.DROPPED, now, "对方已不在")
        return
    adapter = _adapter(row.district, person.account_id, adapters)
    if adapter is None:
        _settle(row, Standing.DROPPED, now, "渠道已停用")
        return
    try:
        adapter.send(reach_of(person), str(content_of(row).get("text", "")), now)
    except Refused as no:
        _settle(row, Standing.DROPPED, now, str(no))
    except (HuyingError, TokenOver) as away:
        _again(row, now, str(away))
    except Exception as fault:
        # A fault of ours with one vendor must not stop the others.
        _log.exception("message %s of %s", row.id, row.district)
        _again(row, now, type(fault).__name__)
    else:
        _settle(row, Standing.SENT, now, "")


def _adapter(district: int, account: int, adapters: dict[tuple[int, int], Adapter | None]) -> Adapter | None:
    if (district, account) not in adapters:
        held = held_account(district, account)
        adapters[district, account] = adapter_for(held) if held else None
    return adapters[district, account]


def _settle(row: Message, state: Standing, now: datetime, error: str) -> None:
    fields: Mapping[str, object] = {
        "state": state.value, "next_at": None, "done_at": now, "error": error[:200],
    }  # fmt: skip
    Message.objects.filter(district=row.district, id=row.id).update(**fields)


def _again(row: Message, now: datetime, error: str) -> None:
    if row.tries > len(_LATER):
        _settle(row, Standing.FAILED, now, error)
        return
    later = now + timedelta(seconds=_LATER[row.tries - 1])
    Message.objects.filter(district=row.district, id=row.id).update(next_at=later, error=error[:200])
