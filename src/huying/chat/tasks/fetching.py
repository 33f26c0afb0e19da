"""Pictures fetched from the vendor, who keeps them for three days, and kept as the house keeps photos."""

import logging
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from huying.cases.actions import StoredPhoto, store_photo
from huying.chat.actions.matters import append_pictures
from huying.chat.channels.asking import Refused
from huying.chat.channels.vendors import adapter_for
from huying.chat.models import Message, Person
from huying.chat.queries.accounts import held_account
from huying.chat.queries.waiting import content_of
from huying.kernel.errors import HuyingError, Invalid

_log = logging.getLogger(__name__)
_BATCH: Final = 10
_LEASE: Final = timedelta(minutes=5)
_LATER: Final = timedelta(minutes=5)
# By then a media id is good no more (微信, 企业微信: three days).
_GIVEN_UP: Final = timedelta(days=3)


def fetch_due(now: datetime) -> int:
    """Fetch what is due; how many messages were in hand."""
    with transaction.atomic():
        due = (
            Message.objects.filter(fetch_at__lte=now).order_by("fetch_at").select_for_update(skip_locked=True)
        )
        taken = list(due[:_BATCH])
        for row in taken:
            row.fetches += 1
            Message.objects.filter(district=row.district, id=row.id).update(
                fetch_at=now + _LEASE, fetches=row.fetches
            )
    for row in taken:
        _fetch(row, now)
    return len(taken)


def _fetch(row: Message, now: datetime) -> None:
    try:
        pictures = _pictures(row, now)
    except (Refused, Invalid) as no:
        # A picture that is none, or is there no more, is told of to nobody: what was written stands.
        _put(row, [], now, str(no))
    except HuyingError as away:
        _again(row, now, away.message)
    except Exception as fault:
        _log.exception("pictures of %s in %s", row.id, row.district)
        _again(row, now, type(fault).__name__)
    else:
        _put(row, pictures, now, "")


def _pictures(row: Message, now: datetime) -> list[StoredPhoto]:
    person = Person.objects.get(district=row.district, id=row.person_id)
    account = held_account(row.district, person.account_id)
    if account is None:
        raise Refused("渠道已停用")
    adapter = adapter_for(account)
    return [store_photo(row.district, adapter.fetch(one, now)) for one in content_of(row).get("media", ())]


@transaction.atomic
def _put(row: Message, pictures: Sequence[StoredPhoto], now: datetime, error: str) -> None:
    """Keep them with the message; put to the case where it was filed meanwhile. Under the lock that filing takes."""
    person = Person.objects.select_for_update().filter(district=row.district, id=row.person_id).first()
    rows = Message.objects.filter(district=row.district, id=row.id)
    appeal = rows.values_list("appeal_id", flat=True).first()
    rows.update(photos=[asdict(one) for one in pictures], fetch_at=None, error=error[:200])
    if person is not None and appeal and pictures:
        append_pictures(person, appeal, pictures, now)


def _again(row: Message, now: datetime, error: str) -> None:
    over = now - row.at > _GIVEN_UP
    later = None if over else now + _LATER * min(row.fetches, 12)
    Message.objects.filter(district=row.district, id=row.id).update(fetch_at=later, error=error[:200])
