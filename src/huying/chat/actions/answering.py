"""What we say: kept first, sent by a duty or given back at once where the vendor waits for it."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from huying.access.actor import Actor
from huying.chat.actions.keeping import sealed_content
from huying.chat.models import Message, Person
from huying.chat.policy import must_answer
from huying.chat.queries.waiting import content_of
from huying.chat.rules.kinds import Medium, Side, Standing
from huying.kernel.errors import Invalid, NotFound
from huying.people.actions.viewings import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind

MOST: Final = 600
# The vendor waits for five seconds; a sender must not take what is just being given back.
_GIVEN_BACK: Final = timedelta(seconds=8)


def say(
    person: Person,
    text: str,
    now: datetime,
    *,
    once: str,
    answers: int | None = None,
    by: Actor | None = None,
) -> None:
    """Keep one message of ours to somebody; kept twice under one name it is said once."""
    row = Message(
        district=person.district, person_id=person.id, side=Side.OURS.value, medium=Medium.TEXT.value,
        state=Standing.WAITING.value, once=once[:64], said_sealed=sealed_content(person.district, {"text": text}),
        draft=person.draft, at=now, next_at=now, answers=answers, by_account=by.account_id if by else None,
        by_key=by.key_id if by else None,
    )  # fmt: skip
    Message.objects.bulk_create([row], ignore_conflicts=True)


def hold_back(district: int, person: int, now: datetime) -> None:
    """Keep the sender from what is about to be given back with the vendor's own request."""
    rows = Message.objects.filter(district=district, person_id=person, side=Side.OURS.value)
    rows.filter(state=Standing.WAITING.value, next_at__lte=now).update(next_at=now + _GIVEN_BACK)


@transaction.atomic
def given_back(district: int, message: int, now: datetime) -> str:
    """The answer to a message of theirs, taken to be given back at once; "" where there is none yet.

    Asked again, because the vendor did not get it, it is given again.
    """
    row = (
        Message.objects.select_for_update()
        .filter(district=district, answers=message, state__in=[Standing.WAITING.value, Standing.SENT.value])
        .order_by("id")
        .first()
    )
    if row is None or (row.state == Standing.SENT.value and row.tries):
        # What went out by itself is not said once more.
        return ""
    row.state, row.next_at, row.done_at = Standing.SENT.value, None, row.done_at or now
    row.save(update_fields=["state", "next_at", "done_at"])
    return str(content_of(row).get("text", ""))


@transaction.atomic
def speak(by: Actor, number: int, text: str, key: str, now: datetime) -> None:
    """Answer somebody oneself; pressed twice it is said once. Raises Denied, NotFound, Invalid."""
    must_answer(by)
    words = text.strip()
    if not 1 <= len(words) <= MOST:
        told = "请写答复，最多 600 字。"
        raise Invalid(told, fields={"text": told})
    person = _asking(by, number)
    say(person, words, now, once=f"s:{key}", by=by)


@transaction.atomic
def settle_person(by: Actor, number: int, now: datetime) -> None:
    """Nobody is asked for any more. Raises Denied, NotFound."""
    must_answer(by)
    person = _asking(by, number)
    person.wants_at, person.wants_danger, person.wants_told_at, person.wants_rung_at = None, False, None, None
    person.save(update_fields=["wants_at", "wants_danger", "wants_told_at", "wants_rung_at"])
    seen = NewViewing(ViewingKind.VIEW, "对话：接待完毕", person.phone_caller_id or person.caller_id)
    record_viewings(by, [seen], now)


def _asking(by: Actor, number: int) -> Person:
    row = Person.objects.select_for_update().filter(district=by.district, id=number).first()
    by_hand = Q(by_account__isnull=False) | Q(by_key__isnull=False)
    answered = row is not None and Message.objects.filter(by_hand, district=by.district, person_id=number)
    if row is None or (row.wants_at is None and not answered):
        raise NotFound
    return row
