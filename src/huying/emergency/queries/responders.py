"""Who is registered: lists with filters, one of them, and how many of each kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.emergency.models import Alert, Emergency, Responder
from huying.emergency.policy import may_at, responders_of
from huying.emergency.queries.phones import masked, place
from huying.emergency.rules.choosing import FRESH
from huying.emergency.rules.hours import Hours
from huying.emergency.rules.kinds import Answer, ResponderKind
from huying.kernel.errors import NotFound
from huying.people.models import Account
from huying.people.models.keyring import keyring


@dataclass(frozen=True, slots=True)
class ResponderRow:
    """One registered; the phone masked. ``reported_at``: when they said themselves where they are, if it is believed."""

    id: int
    kind: ResponderKind
    name: str
    contact: str
    phone: str
    skills: tuple[str, ...]
    area: str
    place_text: str
    lon: float
    lat: float
    hours: Hours
    on_roster: bool
    rests_since: datetime | None
    reported_at: datetime | None
    left_at: datetime | None
    editable: bool


@dataclass(frozen=True, slots=True)
class AlertedFor:
    """One card that this responder was alerted for."""

    card_id: int
    what: str
    at: datetime
    metres: int
    answer: Answer | None
    arrived_at: datetime | None


@dataclass(frozen=True, slots=True)
class ResponderFilter:
    """Which responders; ``words`` within the name. ``state``: "" who may be alerted, resting, left."""

    kind: str = ""
    skill: str = ""
    area: str = ""
    words: str = ""
    state: str = ""


def responders_for(
    actor: Actor,
    wanted: ResponderFilter,
    now: datetime,
    *,
    after: tuple[str, str, int] | None = None,
    limit: int = 50,
) -> list[ResponderRow]:
    """The responders the actor sees, by area and name, from behind ``after`` (area, name, id) on; one statement."""
    rows = _fitting(actor, wanted).order_by("area", "name", "id")
    if after is not None:
        rows = rows.extra(where=["(area, name, id) > (%s, %s, %s)"], params=list(after))
    return [_row(actor, row, now) for row in rows[:limit]]


def responder_with_phone(district: int, phone: str) -> tuple[int, ResponderKind] | None:
    """Whom a number in normal form is registered as (id, kind); None for nobody."""
    digest = keyring().digest(phone, place(district))
    rows = Responder.objects.filter(district=district, phone_digest=digest, left_at=None)
    row = rows.values_list("id", "kind").first()
    return (row[0], ResponderKind(row[1])) if row else None


def counts_for(actor: Actor, wanted: ResponderFilter) -> Mapping[ResponderKind, int]:
    """How many fit, by kind."""
    found = dict(_fitting(actor, wanted).values_list("kind").annotate(n=Count("id")))
    return {kind: found.get(kind.value, 0) for kind in ResponderKind}


def responder_for(
    actor: Actor, responder_id: int, now: datetime, limit: int = 30
) -> tuple[ResponderRow, list[AlertedFor]]:
    """One with what they were alerted for, the newest first. Raises NotFound."""
    row = Responder.objects.filter(responders_of(actor), id=responder_id).first()
    if row is None:
        raise NotFound
    alerts = list(Alert.objects.filter(district=row.district, responder_id=row.id).order_by("-id")[:limit])
    cards = {
        card.id: card
        for card in Emergency.objects.filter(
            district=row.district, id__in=[one.emergency_id for one in alerts]
        )
    }
    return _row(actor, row, now), [
        AlertedFor(
            one.emergency_id,
            cards[one.emergency_id].plan["name"],
            one.alerted_at,
            one.metres,
            Answer(one.answer) if one.answer else None,
            one.arrived_at,
        )
        for one in alerts
    ]


def login_of(actor: Actor, responder_id: int) -> str:
    """The login name of a responder's account; "" for none."""
    row = Responder.objects.filter(responders_of(actor), id=responder_id).first()
    if row is None or row.account_id is None:
        return ""
    return Account.objects.filter(pk=row.account_id).values_list("login", flat=True).first() or ""


def _fitting(actor: Actor, wanted: ResponderFilter) -> QuerySet[Responder]:
    rows = Responder.objects.filter(responders_of(actor), left_at__isnull=wanted.state != "left")
    if wanted.state in {"", "resting"}:
        rows = rows.filter(rests_since__isnull=not wanted.state)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.skill:
        rows = rows.filter(skills__overlap=[wanted.skill])
    if wanted.area:
        rows = rows.filter(area__startswith=wanted.area)
    if wanted.words:
        rows = rows.filter(name__icontains=wanted.words)
    return rows


def _row(actor: Actor, row: Responder, now: datetime) -> ResponderRow:
    fresh = row.now_at is not None and row.now_at > now - FRESH
    return ResponderRow(
        row.id, ResponderKind(row.kind), row.name, row.contact, masked(row.district, row.phone_sealed),
        tuple(row.skills), row.area, row.place_text, row.lon, row.lat, Hours(row.days, row.since, row.until),
        row.member_id is not None, row.rests_since, row.now_at if fresh else None, row.left_at,
        may_at(actor, Permission.RESPONDER_EDIT, row.area),
    )  # fmt: skip
