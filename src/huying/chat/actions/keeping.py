"""A message that came in, kept before anybody thinks about it. The same message again is the same row."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from django.db import transaction

from huying.chat.models import Account, Message, Person
from huying.chat.queries.reaching import REPLY, WHO
from huying.chat.queries.waiting import SAID
from huying.chat.rules.accounts import Held
from huying.chat.rules.incoming import ID_MOST, MEDIA_MOST, Incoming, shortened
from huying.chat.rules.kinds import Medium, Side, Standing, Vendor
from huying.kernel.errors import Invalid
from huying.people.queries import caller_with_phone
from huying.people.queries.sealed import mark_of, seal

MOST_A_MINUTE: Final = 20
MOST_A_DAY: Final = 300
_PICTURES_EACH: Final = 6
_HEARD_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """Who wrote, and the message's number; None where they wrote too often, and nothing was kept."""

    person: int
    message: int | None
    is_new: bool = True


@transaction.atomic
def keep(account: Held, heard: Incoming, now: datetime) -> Kept:
    """Keep one message. Raises Invalid for one that names nobody, or nothing to know it by."""
    if not (0 < len(heard.who) <= ID_MOST and 0 < len(heard.id) <= ID_MOST):
        raise Invalid("请求没有说清是谁发的。")
    person = _person(account, heard, now)
    once = mark_of(account.district, "chat.once", f"{account.id}:{heard.id}").hex()
    of = {"district": account.district}
    if number := Message.objects.filter(once=once, **of).values_list("id", flat=True).first():
        return Kept(person.id, number, is_new=False)
    if _too_often(person, now):
        return Kept(person.id, None)
    pictures = heard.media[:_PICTURES_EACH] if heard.medium is Medium.PICTURE else ()
    row = Message(
        person_id=person.id, side=Side.THEIRS.value, medium=heard.medium.value, state=Standing.WAITING.value, once=once,
        said_sealed=sealed_content(account.district, _content(heard)), draft=person.draft, at=now, next_at=now,
        fetch_at=now if pictures else None, **of,
    )  # fmt: skip
    row.save(force_insert=True)
    row.refresh_from_db(fields=["id"])
    _seen(account, person, heard, now)
    return Kept(person.id, row.id)


def sealed_content(district: int, content: dict[str, Any]) -> bytes | None:
    """What a message says, sealed."""
    return seal(district, SAID, orjson.dumps(content).decode())


def _person(account: Held, heard: Incoming, now: datetime) -> Person:
    """Who writes; their row is locked, so that what they write is taken one after another."""
    digest = mark_of(account.district, WHO, f"{account.id}:{heard.who}")
    of = {"district": account.district, "account_id": account.id, "who_digest": digest}
    if not Person.objects.filter(**of).exists():
        fresh = Person(**of, who_sealed=seal(account.district, WHO, heard.who), first_at=now, last_at=now)
        Person.objects.bulk_create([fresh], ignore_conflicts=True)
    return Person.objects.select_for_update().get(**of)


def _seen(account: Held, person: Person, heard: Incoming, now: datetime) -> None:
    person.last_at = max(person.last_at, now)
    person.left_at = now if heard.medium is Medium.LEAVE else None
    if account.vendor is Vendor.SMS and person.phone_caller_id is None:
        # The number is their own: what is answered goes to it and to nobody else.
        person.phone_caller_id = caller_with_phone(account.district, heard.who)
    if heard.reply_to:
        person.reply_sealed = seal(account.district, REPLY, heard.reply_to)
        person.reply_until = heard.reply_until
    person.save(update_fields=["last_at", "left_at", "reply_sealed", "reply_until", "phone_caller_id"])
    stale = Account.objects.filter(pk=account.id).exclude(heard_at__gt=now - _HEARD_EVERY)
    stale.update(heard_at=now)


def _too_often(person: Person, now: datetime) -> bool:
    said = Message.objects.filter(
        district=person.district, person_id=person.id, side=Side.THEIRS.value, at__gt=now - timedelta(days=1)
    )
    lately = list(said.order_by("-id").values_list("at", flat=True)[:MOST_A_DAY])
    within = sum(at > now - timedelta(minutes=1) for at in lately)
    return within >= MOST_A_MINUTE or len(lately) >= MOST_A_DAY


def _content(heard: Incoming) -> dict[str, Any]:
    content: dict[str, Any] = {"text": shortened(heard.text)}
    media = [one for one in heard.media if 0 < len(one) <= MEDIA_MOST][:_PICTURES_EACH]
    if media:
        content["media"] = media
    if heard.lon is not None and heard.lat is not None:
        content |= {"lon": heard.lon, "lat": heard.lat}
    if heard.in_group:
        content["group"] = True
    return content
