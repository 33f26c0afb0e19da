"""Last month's orders under another edition of the list, before it goes live."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from django.core.cache import cache as store
from django.db import connection

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.lifecycle import OrderRole
from huying.cases.models import Pause
from huying.cases.queries.settings.timing import timing_of
from huying.catalogue.queries import content_for, edition_for, live_list
from huying.catalogue.rules import AppealKind, Level
from huying.catalogue.rules.holding import Held
from huying.catalogue.rules.what_if import PastClock, Replayed, Stage, replay
from huying.kernel.errors import Denied
from huying.people.queries import body_for, register_of
from huying.worktime import Limit
from huying.worktime import Pause as Span

# Past this many stages a page is no longer drawn at once; the newest of the month are taken.
MOST: Final = 60_000
# How long a reckoning is kept, so that its numbers open without all of it being done anew.
KEPT_SECONDS: Final = 300
_STREET: Final = 9

_READ: Final = """
    SELECT k.id, k.case_id, o.body_id, c.item, c.condition, c.kind, c.area, k.kind, k.amount, k.unit,
           k.starts_at, k.due_at, k.stopped_at, k.extensions, o.role
    FROM cases_case c
    JOIN cases_clock k ON k.district = c.district AND k.case_id = c.id AND k.kind = ANY(%s)
    JOIN cases_order o ON o.district = k.district AND o.id = k.order_id
    WHERE c.district = %s AND c.opened_at >= %s AND c.opened_at < %s
    ORDER BY c.opened_at DESC, k.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """Every stage of the orders, and the moment as of which they were replayed."""

    rows: Sequence[Replayed]
    at: datetime


def replay_for(actor: Actor, number: int, first: datetime, last: datetime, now: datetime) -> Reckoned:
    """Every stage of the orders of cases opened from ``first`` until before ``last``, beside what it would have
    been under the edition of this number; as of ``KEPT_SECONDS`` ago at most, unless an edition or a unit's duties
    changed.

    Raises Denied for who does not edit the list; NotFound without such an edition or without a list in force.
    """
    if not actor.may_everywhere(Permission.CATALOGUE_EDIT):
        raise Denied
    edition, live = edition_for(actor, number), live_list(actor.district)
    asked = (edition.id, edition.edited_at, live.edition_id, register_of(actor.district), first, last)
    # One reckoning a district: months are large, and what has run out is not thrown away by itself.
    place = f"what-if-{actor.district}"
    kept: tuple[object, Reckoned] | None = store.get(place)
    if kept is None or kept[0] != asked:
        kept = (asked, Reckoned(_replayed(actor, number, first, last, now), now))
        store.set(place, kept, KEPT_SECONDS)
    return kept[1]


def _replayed(
    actor: Actor, number: int, first: datetime, last: datetime, now: datetime
) -> Sequence[Replayed]:
    district, timing = actor.district, timing_of(actor.district)
    after, before = Held(content_for(actor, number)), live_list(actor.district).held

    @cache
    def body_of(duty: tuple[str, Level] | None, area: str) -> int | None:
        if duty is None:
            return None
        lead, level = duty
        here = level is not Level.DISTRICT and len(area) >= _STREET
        street = body_for(district, "street", area, now) if here else None
        return street if street is not None else body_for(district, lead, area, now)

    def due(clock: PastClock, limit: Limit) -> datetime:
        return timing.due(clock.started, limit, clock.pauses, clock.extensions)

    return list(replay(past_clocks(district, first, last, now), before, after, due, body_of, now))


def past_clocks(district: int, first: datetime, last: datetime, now: datetime) -> list[PastClock]:
    """Every stage of the orders of cases opened between two moments, the newest cases first, at most ``MOST``."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [[stage.value for stage in Stage], district, first, last, MOST])
        rows = cursor.fetchall()
    pauses = _pauses(district, {row[1] for row in rows}, now)
    return [
        PastClock(
            case_id=row[1],
            body_id=row[2],
            item=row[3],
            condition=row[4],
            kind=AppealKind(row[5]) if row[5] else None,
            area=row[6],
            stage=Stage(row[7]),
            limit=Limit(row[8], row[9]),
            started=row[10],
            due=row[11],
            ended=row[12],
            pauses=pauses.get(row[0], ()),
            extensions=row[13],
            lead=row[14] == OrderRole.LEAD.value,
        )
        for row in rows
    ]


def _pauses(district: int, cases: set[int], now: datetime) -> Mapping[int, Sequence[Span]]:
    found: dict[int, list[Span]] = {}
    rows = Pause.objects.filter(district=district, case_id__in=cases).order_by("starts_at")
    for clock_id, starts, ends in rows.values_list("clock_id", "starts_at", "ends_at"):
        found.setdefault(clock_id, []).append((starts, ends or now))
    return found
