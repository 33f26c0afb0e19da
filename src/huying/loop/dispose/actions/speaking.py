"""Speaking on a case, and having read what others said."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.actions import StoredPhoto
from huying.cases.queries import must_see
from huying.cases.queries.seeing import must_stand
from huying.kernel.errors import Denied
from huying.loop.dispose.models import Message, Read
from huying.loop.dispose.rules import clean_words


@transaction.atomic
def speak(
    actor: Actor,
    district: int,
    case_id: int,
    text: str,
    *,
    key: str,
    now: datetime,
    photos: Sequence[StoredPhoto] = (),
    lon: float | None = None,
    lat: float | None = None,
) -> int:
    """Say something to everybody on the case; the message's number. Said twice under one key, it stands once.

    Raises NotFound for a case the actor may not see, Conflict for one that was erased, Invalid for words that cannot be.
    """
    must_see(actor, district, case_id, Permission.CASE_SPEAK)
    if actor.account_id is None and actor.key_id is None:
        raise Denied
    must_stand(district, case_id)
    words = clean_words(text, len(photos))
    known = Message.objects.filter(district=district, idempotency_key=key).first()
    if known is not None:
        return known.id
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('dispose_message_id')")
        number: int = cursor.fetchone()[0]
    Message.objects.create(
        district=district,
        id=number,
        case_id=case_id,
        account_id=actor.account_id,
        key_id=actor.key_id,
        said_by=actor.name[:60] if actor.account_id is None else "",
        body_id=next(iter(sorted(actor.body_ids)), None),
        text=words,
        photos=[photo.path for photo in photos],
        lon=lon,
        lat=lat,
        said_at=now,
        idempotency_key=key,
    )
    read_up_to(actor, district, case_id, number, now)
    return number


def read_up_to(actor: Actor, district: int, case_id: int, message_id: int, now: datetime) -> None:
    """Note that the actor has read the conversation to this message; reading never goes back."""
    must_see(actor, district, case_id, Permission.CASE_SPEAK)
    if actor.account_id is None:
        return
    of = {"district": district, "case_id": case_id, "account_id": actor.account_id}
    row, made = Read.objects.get_or_create(**of, defaults={"message_id": message_id, "read_at": now})
    if not made and row.message_id < message_id:
        Read.objects.filter(**of, message_id__lt=message_id).update(message_id=message_id, read_at=now)
