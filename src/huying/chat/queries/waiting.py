"""对话待接: who asks for a person, and what was said with them. Every look is written down by the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from huying.access.actor import Actor
from huying.chat.models import Account, Message, Person
from huying.chat.policy import must_answer
from huying.chat.rules.conversation import Stage
from huying.chat.rules.kinds import Medium, Side, Standing, Vendor
from huying.kernel.errors import NotFound
from huying.people.queries.sealed import unseal

SAID = "chat.said"
_MOST = 100


@dataclass(frozen=True, slots=True)
class Said:
    """One message as staff read it."""

    id: int
    at: datetime
    side: Side
    medium: Medium
    state: Standing
    text: str
    pictures: int
    error: str


@dataclass(frozen=True, slots=True)
class Thread:
    """Who writes, nameless, and what was said, oldest first; nothing said where only a line is asked for."""

    id: int
    vendor: Vendor
    channel: str
    stage: Stage
    wants_at: datetime | None
    danger: bool
    last_at: datetime
    caller_id: int | None
    staff: bool
    said: Sequence[Said] = ()


def waiting_for(actor: Actor) -> list[Thread]:
    """Who asks for a person, danger first, then the one that waited longest; nobody for who answers in a part of the
    district alone. Raises Denied."""
    try:
        must_answer(actor)
    except NotFound:
        return []
    rows = Person.objects.filter(district=actor.district, wants_at__isnull=False)
    found = list(rows.order_by("-wants_danger", "wants_at")[:_MOST])
    accounts = {row.pk: row for row in Account.objects.filter(district=actor.district)}
    return [_thread(row, accounts[row.account_id]) for row in found]


def thread_for(actor: Actor, number: int) -> Thread:
    """What was said with somebody who asks for a person or was answered by one. Raises Denied, NotFound."""
    must_answer(actor)
    of = {"district": actor.district}
    row = Person.objects.filter(id=number, **of).first()
    messages = list(Message.objects.filter(person_id=number, **of).order_by("-id")[:_MOST])
    # A conversation that nobody asked a person into is read by nobody.
    if row is None or (row.wants_at is None and not any(one.by_account or one.by_key for one in messages)):
        raise NotFound
    account = Account.objects.get(pk=row.account_id)
    return _thread(row, account, [_said(one) for one in reversed(messages)])


def content_of(row: Message) -> dict[str, Any]:
    """What a message says; nothing where its words are gone."""
    text = unseal(row.district, SAID, row.said_sealed)
    return dict(orjson.loads(text)) if text else {}


def _thread(row: Person, account: Account, said: Sequence[Said] = ()) -> Thread:
    return Thread(
        row.id, Vendor(account.vendor), account.name, Stage(row.stage), row.wants_at, row.wants_danger, row.last_at,
        row.phone_caller_id or row.caller_id, row.staff_id is not None, said,
    )  # fmt: skip


def _said(row: Message) -> Said:
    content = content_of(row)
    return Said(
        row.id, row.at, Side(row.side), Medium(row.medium), Standing(row.state), str(content.get("text", "")),
        len(content.get("media", ())), row.error,
    )  # fmt: skip
