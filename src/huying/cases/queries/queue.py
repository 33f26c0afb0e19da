"""Lists of cases, most urgent first: what every desk shows. Filters come from the URL, pages follow a cursor."""

import base64
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

import orjson
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL

from huying.access.actor import Actor
from huying.cases.clocks import Lamp, lamp
from huying.cases.lifecycle import CLOSED_STATES, ClockKind, State
from huying.cases.models import Case
from huying.cases.policy import visible_to
from huying.cases.queries.filtering import CaseFilter, fits
from huying.cases.queries.searching import matching
from huying.catalogue.queries import live_edition, live_list
from huying.kernel.errors import Invalid
from huying.kernel.numbers import case_number
from huying.people.queries import bodies
from huying.places.queries import area_path

__all__ = [
    "CaseFilter",
    "CaseLine",
    "CasePage",
    "count_for",
    "counts_by_state",
    "line_of",
    "lines_of",
    "queue_for",
]

PAGE: Final = 50
_FAR: Final = datetime(9999, 1, 1, tzinfo=UTC)
_COLUMNS: Final = (
    "district", "id", "state", "level", "title", "kind", "item", "area", "lon", "lat", "channel", "urgency", "body_id",
    "due_kind", "due_at", "warn_at", "opened_at", "closed_at", "appeals", "reworks", "length",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list. Times are aware; names are in Chinese as the screen shows them."""

    district: int
    id: int
    number: str
    state: State
    level: str
    title: str
    kind: str
    item: str
    item_name: str
    area: str
    area_name: str
    lon: float | None
    lat: float | None
    channel: str
    urgency: int
    body_id: int | None
    body_name: str
    due_kind: ClockKind | None
    due_at: datetime | None
    lamp: Lamp
    opened_at: datetime
    closed_at: datetime | None
    appeals: int
    reworks: int
    version: int


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of lines and the cursors of the next one; "" at the end."""

    lines: Sequence[CaseLine]
    after: str = ""
    filter: CaseFilter = field(default_factory=CaseFilter)


def queue_for(
    actor: Actor, wanted: CaseFilter, now: datetime, after: str = "", limit: int = PAGE
) -> CasePage:
    """The actor's cases that fit, most urgent and soonest due first; closed ones newest first.

    Raises Invalid for a cursor that is none.
    """
    cases = Case.objects.filter(visible_to(actor)).filter(fits(wanted, now))
    if wanted.text:
        cases = matching(cases, actor.district, wanted.text)
    cases = _recent(cases, after) if wanted.closed else _urgent(cases, after)
    found = list(cases.values_list(*_COLUMNS)[: limit + 1])
    rows = [dict(zip(_COLUMNS, values, strict=True)) for values in found]
    more = len(rows) > limit
    shown = rows[:limit]
    names = _Names(actor.district, now)
    return CasePage(
        lines=[_line(row, names, now) for row in shown],
        after=_cursor(shown[-1], closed=wanted.closed) if more else "",
        filter=wanted,
    )


def lines_of(actor: Actor, ids: Sequence[int], now: datetime) -> list[CaseLine]:
    """The lines of these cases that the actor may see, in the order given."""
    cases = Case.objects.filter(visible_to(actor), district=actor.district, id__in=list(ids))
    names = _Names(actor.district, now)
    rows = [dict(zip(_COLUMNS, values, strict=True)) for values in cases.values_list(*_COLUMNS)]
    by_id = {row["id"]: _line(row, names, now) for row in rows}
    return [by_id[number] for number in ids if number in by_id]


def line_of(case: Case, now: datetime) -> CaseLine:
    """The line of a case already read by who may see it."""
    return _line({name: getattr(case, name) for name in _COLUMNS}, _Names(case.district, now), now)


def count_for(actor: Actor, wanted: CaseFilter, now: datetime, most: int = 1000) -> int:
    """How many fit, counted up to ``most``: beyond that a list says "1000+"."""
    cases = Case.objects.filter(visible_to(actor)).filter(fits(wanted, now))
    if wanted.text:
        cases = matching(cases, actor.district, wanted.text)
    return cases.values("id")[:most].count()


def counts_by_state(
    actor: Actor, states: Collection[State], wanted: CaseFilter, now: datetime, most: int = 1000
) -> Mapping[State, int]:
    """How many of the actor's open cases that fit stand in each of these states, counted up to ``most``; one query."""
    here = Case.objects.filter(visible_to(actor), fits(wanted, now), state=RawSQL("asked.state", []))
    inner, given = here.values("id")[:most].query.sql_with_params()
    counts = f"SELECT asked.state, (SELECT count(*) FROM ({inner}) c) FROM unnest(%s::text[]) asked(state)"
    with connection.cursor() as cursor:
        cursor.execute(counts, [*given, sorted(states)])
        return {State(state): count for state, count in cursor.fetchall()}


def _urgent(cases: QuerySet[Case], after: str) -> QuerySet[Case]:
    ordered = cases.order_by("-urgency", F("due_at").asc(nulls_last=True), "id")
    if not after:
        return ordered
    urgency, due_at, number = _read_cursor(after)
    later = Q(urgency__lt=urgency)
    if due_at == _FAR:
        return ordered.filter(later | Q(urgency=urgency, due_at__isnull=True, id__gt=number))
    return ordered.filter(
        later
        | Q(urgency=urgency, due_at__gt=due_at)
        | Q(urgency=urgency, due_at__isnull=True)
        | Q(urgency=urgency, due_at=due_at, id__gt=number)
    )


def _recent(cases: QuerySet[Case], after: str) -> QuerySet[Case]:
    ordered = cases.order_by("-opened_at", "-id")
    if not after:
        return ordered
    _, opened_at, number = _read_cursor(after)
    return ordered.filter(Q(opened_at__lt=opened_at) | Q(opened_at=opened_at, id__lt=number))


def _cursor(row: Mapping[str, Any], *, closed: bool) -> str:
    at = row["opened_at"] if closed else row["due_at"] or _FAR
    packed = orjson.dumps([row["urgency"], at.isoformat(), row["id"]])
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def _read_cursor(text: str) -> tuple[int, datetime, int]:
    try:
        urgency, at, number = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return int(urgency), datetime.fromisoformat(at), int(number)
    except (ValueError, TypeError) as error:
        raise Invalid("翻页位置无效，请回到第一页。", fields={"after": "翻页位置无效。"}) from error


class _Names:
    """The names of items, areas and bodies of one district, looked up without further queries."""

    def __init__(self, district: int, now: datetime) -> None:
        self._items = live_list(district).held.items if live_edition(district) is not None else {}
        self._bodies = {body.id: body.short_name or body.name for body in bodies(district, now)}
        self._district = district

    def item(self, code: str) -> str:
        line = self._items.get(code)
        return line.name if line else code

    def body(self, body_id: int | None) -> str:
        return self._bodies.get(body_id, "") if body_id else ""

    def area(self, code: str) -> str:
        return " ".join(area_path(self._district, code)[1:])


def _line(row: Mapping[str, Any], names: _Names, now: datetime) -> CaseLine:
    state = State(row["state"])
    still = state in CLOSED_STATES
    return CaseLine(
        district=row["district"], id=row["id"], number=case_number(row["district"], row["id"]), state=state,
        level=row["level"], title=row["title"], kind=row["kind"], item=row["item"], item_name=names.item(row["item"]),
        area=row["area"], area_name=names.area(row["area"]), lon=row["lon"], lat=row["lat"], channel=row["channel"],
        urgency=row["urgency"], body_id=row["body_id"], body_name=names.body(row["body_id"]),
        due_kind=ClockKind(row["due_kind"]) if row["due_kind"] else None, due_at=row["due_at"],
        lamp=Lamp.STILL if still else lamp(now, row["warn_at"], row["due_at"]), opened_at=row["opened_at"],
        closed_at=row["closed_at"], appeals=row["appeals"], reworks=row["reworks"], version=row["length"],
    )  # fmt: skip
