"""Reading a case's conversation and the drafts of replies beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.queries import must_see
from huying.cases.queries.page import CaseView
from huying.cases.rules.erasing import ERASED
from huying.loop.dispose.models import Message, Read, ReplyDraft
from huying.people.queries import account_names, unit_names

_DRAFTS: Final = 5


@dataclass(frozen=True, slots=True)
class Said:
    """One message; ``account_id`` is None for an outside system's. ``photos`` are paths in the store.

    ``read_by`` names who has read up to it, its writer aside.
    """

    id: int
    account_id: int | None
    name: str
    body: str
    text: str
    photos: Sequence[str]
    lon: float | None
    lat: float | None
    said_at: datetime
    read_by: Sequence[str]


def conversation_for(
    actor: Actor, district: int, case_id: int, now: datetime, after: int = 0, limit: int = 200
) -> list[Said]:
    """The messages after number ``after``, oldest first. Raises NotFound for a case the actor may not see."""
    must_see(actor, district, case_id, Permission.CASE_SPEAK)
    return _said(district, case_id, now, after, limit)


def conversation_beside(case: CaseView, now: datetime) -> list[Said]:
    """The messages of a case that is shown; nothing to whoever may not speak there."""
    return _said(case.line.district, case.line.id, now) if case.may_speak else []


def _said(district: int, case_id: int, now: datetime, after: int = 0, limit: int = 200) -> list[Said]:
    rows = list(
        Message.objects.filter(district=district, case_id=case_id, id__gt=after).order_by("id")[:limit]
    )
    if not rows:
        return []
    reads = list(Read.objects.filter(district=district, case_id=case_id))
    names = account_names(
        [row.account_id for row in rows if row.account_id is not None] + [read.account_id for read in reads]
    )
    of_body = unit_names(district)
    return [
        Said(
            id=row.id,
            account_id=row.account_id,
            name=names.get(row.account_id or 0, row.said_by),
            body=of_body.get(row.body_id or 0, ""),
            text=row.text if row.text or row.photos else ERASED,
            photos=row.photos,
            lon=row.lon,
            lat=row.lat,
            said_at=row.said_at,
            read_by=[
                names[read.account_id]
                for read in reads
                if read.message_id >= row.id
                and read.account_id != row.account_id
                and read.account_id in names
            ],
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class SaidSince:
    """One message, for those who tell others that it was said; ``said_by`` names an outside system."""

    district: int
    id: int
    case_id: int
    account_id: int | None
    said_by: str
    text: str
    said_at: datetime


def said_since(district: int, after: int, limit: int) -> list[SaidSince]:
    """The messages numbered after ``after``, oldest first."""
    rows = Message.objects.filter(district=district, id__gt=after).order_by("id")
    return [
        SaidSince(district, row.id, row.case_id, row.account_id, row.said_by, row.text, row.said_at)
        for row in rows[:limit]
    ]


def speakers_of(district: int, case_id: int) -> set[int]:
    """The accounts that have said something on the case."""
    rows = Message.objects.filter(district=district, case_id=case_id, account_id__isnull=False)
    return {one for one in rows.values_list("account_id", flat=True) if one is not None}


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft of a reply. ``by_assistant``: written through a key, not by the person's own hand."""

    id: int
    verb: str
    reply: str
    result: str
    made_at: datetime
    made_by: str
    by_assistant: bool


def drafts_beside(actor: Actor, case: CaseView) -> list[DraftLine]:
    """The actor's own drafts for steps they may take on a case that is shown, and outside systems'; newest first.

    Asks nothing where no step says anything to the caller.
    """
    verbs = {
        button.verb.value for button in case.buttons if any(fact.name == "reply" for fact in button.asks)
    }
    if not verbs:
        return []
    rows = ReplyDraft.objects.filter(
        Q(account_id=actor.account_id) | Q(account_id=None),
        district=case.line.district, case_id=case.line.id, verb__in=sorted(verbs), dropped_at=None,
    )  # fmt: skip
    return [
        DraftLine(row.id, row.verb, row.reply, row.result, row.made_at, row.made_by, row.key_id is not None)
        for row in rows.order_by("-id")[:_DRAFTS]
    ]
