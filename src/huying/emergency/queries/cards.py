"""Cards as lists and boards show them: few statements whatever their number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q, QuerySet

from huying.access.actor import Actor
from huying.emergency.models import Emergency
from huying.emergency.policy import visible_to
from huying.emergency.rules.kinds import Source
from huying.kernel.numbers import case_number


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card in a line: how many were alerted, can go, are there; seconds to the first yes and to the first arrival,
    None for none yet."""

    id: int
    number: str
    name: str
    kind: str
    source: Source
    words: str
    place_text: str
    area: str
    lon: float | None
    lat: float | None
    opened_at: datetime
    opened_by: str
    ring: int
    handed: bool
    taken_by: str
    over_at: datetime | None
    over_words: str
    enough: int
    alerted: int
    accepted: int
    arrived: int
    first_yes: int | None
    first_there: int | None

    @property
    def open(self) -> bool:
        return self.over_at is None


@dataclass(frozen=True, slots=True)
class CardFilter:
    """Which cards: ``open`` None for both; ``kind`` a plan's code; ``area`` a prefix; opened from ``since`` on and
    before ``until``."""

    open: bool | None = None
    kind: str = ""
    area: str = ""
    since: datetime | None = None
    until: datetime | None = None


def cards_for(
    actor: Actor, wanted: CardFilter, *, before: int | None = None, limit: int = 50
) -> list[CardLine]:
    """The cards the actor sees, the newest first, from below ``before`` on; two statements."""
    rows = _fitting(actor, wanted)
    if before is not None:
        rows = rows.filter(id__lt=before)
    return lines_of(list(rows.order_by("-id")[:limit]))


def open_cards_within(actor: Actor, area: str) -> list[CardLine]:
    """The open cards of an area, the oldest first: what a wall shows at once."""
    here = Q(area__startswith=area) | Q(
        area__in=[area[:length] for length in (6, 9, 12) if length < len(area)]
    )
    return lines_of(list(_fitting(actor, CardFilter(open=True)).filter(here).order_by("id")[:20]))


def open_card_of(actor: Actor, case_id: int) -> int | None:
    """The open card of a case, for who sees it."""
    rows = Emergency.objects.filter(visible_to(actor), case_id=case_id, over_at=None)
    return rows.values_list("id", flat=True).first()


def lines_of(cards: Sequence[Emergency]) -> list[CardLine]:
    """These cards as lines; one statement for all of their alerts."""
    if not cards:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT emergency_id, count(*), count(*) FILTER (WHERE answer = 'accepted'), count(arrived_at), "
            "min(answered_at) FILTER (WHERE answer IN ('accepted', 'left')), min(arrived_at) "
            "FROM emergency_alert WHERE district = %s AND emergency_id = ANY(%s) GROUP BY emergency_id",
            [cards[0].district, [card.id for card in cards]],
        )
        counted = {row[0]: row[1:] for row in cursor.fetchall()}
    return [_line(card, *counted.get(card.id, (0, 0, 0, None, None))) for card in cards]


def _line(
    card: Emergency, alerted: int, accepted: int, arrived: int, yes: datetime | None, there: datetime | None
) -> CardLine:
    return CardLine(
        id=card.id, number=case_number(card.district, card.case_id), name=card.plan["name"], kind=card.kind,
        source=Source(card.source), words=card.words, place_text=card.place_text, area=card.area, lon=card.lon,
        lat=card.lat, opened_at=card.opened_at, opened_by=card.opened_by, ring=card.ring, handed=card.hand > 0,
        taken_by=card.taken_by, over_at=card.over_at, over_words=card.over_words, enough=card.plan["enough"],
        alerted=alerted, accepted=accepted, arrived=arrived, first_yes=_seconds(card, yes),
        first_there=_seconds(card, there),
    )  # fmt: skip


def _seconds(card: Emergency, at: datetime | None) -> int | None:
    return None if at is None else max(0, round((at - card.opened_at).total_seconds()))


def _fitting(actor: Actor, wanted: CardFilter) -> QuerySet[Emergency]:
    rows = Emergency.objects.filter(visible_to(actor))
    if wanted.open is not None:
        rows = rows.filter(over_at__isnull=wanted.open)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.area:
        rows = rows.filter(area__startswith=wanted.area)
    if wanted.since is not None:
        rows = rows.filter(opened_at__gte=wanted.since)
    if wanted.until is not None:
        rows = rows.filter(opened_at__lt=wanted.until)
    return rows
