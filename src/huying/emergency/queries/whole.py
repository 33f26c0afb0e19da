"""One card with everything its page shows; and what a responder sees of the card they were alerted for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.emergency.models import Alert, Emergency, Mark, Outside, Responder, Review
from huying.emergency.policy import may, must_see
from huying.emergency.queries.cards import CardLine, lines_of
from huying.emergency.queries.links import read_link
from huying.emergency.rules.kinds import Answer, MarkKind, ResponderKind
from huying.emergency.rules.plans import Plan, plan_of
from huying.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One responder alerted. ``seconds``: from the alarm to the answer, ``there`` to the arrival."""

    id: int
    responder_id: int
    name: str
    kind: ResponderKind
    ring: int
    metres: int
    lon: float
    lat: float
    reported: bool
    alerted_at: datetime
    answer: Answer | None
    answered_at: datetime | None
    answered_by: str
    arrived_at: datetime | None
    seconds: int | None
    there: int | None


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One line of the timeline; ``after``: whole seconds since the alarm, below nought for what was before it."""

    id: int
    at: datetime
    after: int
    kind: MarkKind
    words: str
    facts: dict[str, Any]
    who: str
    photo: bool
    sound: bool
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class OutsideRow:
    """One handing over to an outside service."""

    line: str
    reference: str
    words: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One writing of the review; the newest holds."""

    lessons: str
    measures: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class CardWhole:
    """A card's page. ``next_at``: when the next ring or level is due; ``may_lead``: the actor may lead it."""

    line: CardLine
    plan: Plan
    next_at: datetime | None
    length: int
    alerts: Sequence[AlertRow]
    marks: Sequence[MarkRow]
    outside: Sequence[OutsideRow]
    reviews: Sequence[ReviewRow]
    may_lead: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class Called:
    """What a responder sees of the card: what, where, how far, what they said, whether it is over or enough go."""

    district: int
    alert_id: int
    responder_id: int
    card_id: int
    name: str
    registered: bool
    resting: bool
    what: str
    words: str
    place_text: str
    area: str
    lon: float | None
    lat: float | None
    metres: int
    opened_at: datetime
    answer: Answer | None
    arrived_at: datetime | None
    over_at: datetime | None
    enough: bool
    accepted: int


def card_for(actor: Actor, card_id: int) -> CardWhole:
    """The card as this actor may see it; six statements. Raises NotFound."""
    card = must_see(actor, Emergency.objects.filter(district=actor.district, id=card_id).first())
    of = {"district": card.district, "emergency_id": card.id}
    leads = may(actor, Permission.EMERGENCY_COMMAND, card)
    own = actor.account_id is not None and card.opened_by_account == actor.account_id
    return CardWhole(
        line=lines_of([card])[0],
        plan=plan_of(card.kind, card.plan),
        next_at=card.next_at,
        length=card.length,
        alerts=[_alert(card, row) for row in Alert.objects.filter(**of).order_by("ring", "metres", "id")],
        marks=[_mark(card, row) for row in Mark.objects.filter(**of).order_by("-at", "-id")],
        outside=[
            OutsideRow(row.line, row.reference, row.words, row.at, row.by)
            for row in Outside.objects.filter(**of).order_by("at", "id")
        ],
        reviews=[
            ReviewRow(row.lessons, row.measures, row.at, row.by)
            for row in Review.objects.filter(**of).order_by("-id")
        ],
        may_lead=leads,
        may_end=leads or own,
    )


def file_for(actor: Actor, card_id: int, mark_id: int) -> tuple[str, str]:
    """(photo path, sound path) of a line of a card the actor sees. Raises NotFound."""
    card = must_see(actor, Emergency.objects.filter(district=actor.district, id=card_id).first())
    row = Mark.objects.filter(district=card.district, emergency_id=card.id, id=mark_id).first()
    if row is None or not (row.photo or row.sound):
        raise NotFound
    return row.photo, row.sound


def called_by(link: str) -> Called:
    """What the holder of a personal link sees. Raises NotFound for a link that nobody was given."""
    found = read_link(link)
    alert = Alert.objects.filter(district=found[0], id=found[1]).first() if found else None
    if alert is None:
        raise NotFound
    return _called(alert)


def calls_of(actor: Actor, limit: int = 20) -> list[Called]:
    """What the actor's own account was alerted for, the newest first."""
    if actor.account_id is None:
        return []
    own = Responder.objects.filter(district=actor.district, account_id=actor.account_id, left_at=None)
    rows = Alert.objects.filter(
        district=actor.district, responder_id__in=list(own.values_list("id", flat=True))
    ).order_by("-id")[:limit]
    return [_called(row) for row in rows]


def _called(alert: Alert) -> Called:
    card = Emergency.objects.get(district=alert.district, id=alert.emergency_id)
    row = Responder.objects.get(district=alert.district, id=alert.responder_id)
    accepted = Alert.objects.filter(
        district=alert.district, emergency_id=card.id, answer=Answer.ACCEPTED.value
    ).count()
    return Called(
        district=alert.district, alert_id=alert.id, responder_id=row.id, card_id=card.id, name=alert.name,
        registered=row.left_at is None, resting=row.rests_since is not None, what=card.plan["name"],
        words=card.words, place_text=card.place_text, area=card.area, lon=card.lon, lat=card.lat,
        metres=alert.metres, opened_at=card.opened_at, answer=Answer(alert.answer) if alert.answer else None,
        arrived_at=alert.arrived_at, over_at=card.over_at, enough=accepted >= card.plan["enough"],
        accepted=accepted,
    )  # fmt: skip


def _alert(card: Emergency, row: Alert) -> AlertRow:
    return AlertRow(
        id=row.id, responder_id=row.responder_id, name=row.name, kind=ResponderKind(row.kind), ring=row.ring,
        metres=row.metres, lon=row.lon, lat=row.lat, reported=row.reported, alerted_at=row.alerted_at,
        answer=Answer(row.answer) if row.answer else None, answered_at=row.answered_at,
        answered_by=row.answered_by, arrived_at=row.arrived_at, seconds=_after(card, row.answered_at),
        there=_after(card, row.arrived_at),
    )  # fmt: skip


def _mark(card: Emergency, row: Mark) -> MarkRow:
    return MarkRow(
        id=row.id, at=row.at, after=_after(card, row.at) or 0, kind=MarkKind(row.kind), words=row.words,
        facts=row.facts, who=row.who, photo=bool(row.photo), sound=bool(row.sound), lon=row.lon, lat=row.lat,
    )  # fmt: skip


def _after(card: Emergency, at: datetime | None) -> int | None:
    return None if at is None else int((at - card.opened_at).total_seconds())
