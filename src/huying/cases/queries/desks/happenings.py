"""What happens to cases, in the one order in which everybody is told: by the settled part of the ledger.

The order is that of the reactions (``following``): position, case, number. What lies below the horizon is never
joined by a late commit, so whoever remembers one place can go on from it without loss or doubling.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from huying.access.actor import Actor
from huying.cases.clocks import Lamp, lamp
from huying.cases.lifecycle import CLOSED_STATES, Outcome, State, Verb
from huying.cases.policy import audience_of
from huying.cases.queries.horizon import horizon
from huying.cases.queries.lists.lines import Names
from huying.kernel.numbers import case_number

Place = tuple[int, int, int]
START: Final[Place] = (0, 0, 0)
# Of a quiet street among busy ones, no more than this is looked through for its last happenings.
_LOOKED_THROUGH: Final = 500
_QUESTION: Final = """
SELECT e.position, e.case_id, e.seq, e.verb, e.outcome, e.at, c.state, c.area, c.item, c.body_id, c.urgency,
    c.lon, c.lat, c.warn_at, c.due_at
FROM ({entries}) e JOIN cases_case c ON c.district = %s AND c.id = e.case_id
ORDER BY e.position, e.case_id, e.seq
"""
_ENTRY: Final = (
    "SELECT position, case_id, seq, verb, outcome, at FROM cases_entry WHERE district = %s AND position < %s "
)
_AFTER: Final = _QUESTION.format(
    entries=_ENTRY + "AND (position, case_id, seq) > (%s, %s, %s) ORDER BY position, case_id, seq LIMIT %s"
)
_LAST: Final = _QUESTION.format(entries=_ENTRY + "ORDER BY position DESC, case_id DESC, seq DESC LIMIT %s")


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the ledger, with the case as it stands now. No words of a caller and no name of a person.

    ``place`` is its place in the order of the district; times are aware; ``lon`` and ``lat`` in CGCS2000 degrees.
    """

    place: Place
    district: int
    number: str
    verb: Verb
    outcome: Outcome | None
    at: datetime
    state: State
    area: str
    area_name: str
    item: str
    item_name: str
    body_id: int | None
    urgency: int
    lon: float | None
    lat: float | None
    warn_at: datetime | None
    due_at: datetime | None

    @property
    def open(self) -> bool:
        return self.state not in CLOSED_STATES

    def lamp(self, now: datetime) -> Lamp:
        """How its nearest limit stands."""
        return lamp(now, self.warn_at, self.due_at) if self.open else Lamp.STILL


def happenings_after(district: int, place: Place, now: datetime, most: int) -> list[Happening]:
    """What settled after a place, in order, at most so many. Two statements."""
    return _read(_AFTER, district, [district, horizon(), *place, most, district], now)


def last_happenings(district: int, now: datetime, most: int) -> list[Happening]:
    """The last so many settled happenings, in order. Two statements."""
    return _read(_LAST, district, [district, horizon(), most, district], now)


def recent_for(actor: Actor, area: str, now: datetime, most: int) -> tuple[Place, list[Happening]]:
    """The end of what settled, and the last happenings of the actor's audience, newest first.

    Raises Denied; NotFound for an area outside the actor's posts.
    """
    audience = audience_of(actor, area)
    last = last_happenings(actor.district, now, _LOOKED_THROUGH)
    heard = [one for one in reversed(last) if audience.hears(one.area, one.body_id)]
    return last[-1].place if last else START, heard[:most]


def _read(question: str, district: int, given: Sequence[Any], now: datetime) -> list[Happening]:
    with connection.cursor() as cursor:
        cursor.execute(question, given)
        rows = cursor.fetchall()
    names = Names(district, now)
    return [_happening(district, row, names) for row in rows]


def _happening(district: int, row: Sequence[Any], names: Names) -> Happening:
    (
        position,
        case_id,
        seq,
        verb,
        outcome,
        at,
        state,
        area,
        item,
        body_id,
        urgency,
        lon,
        lat,
        warn_at,
        due_at,
    ) = row
    return Happening(
        place=(position, case_id, seq), district=district, number=case_number(district, case_id), verb=Verb(verb),
        outcome=Outcome(outcome) if outcome else None, at=at, state=State(state), area=area,
        area_name=names.area(area), item=item, item_name=names.item(item), body_id=body_id, urgency=urgency,
        lon=lon, lat=lat, warn_at=warn_at, due_at=due_at,
    )  # fmt: skip
