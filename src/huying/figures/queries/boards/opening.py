"""Opening a number to the cases behind it, newest first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import orjson
from django.db.models import Q, QuerySet

from huying.access.actor import Actor
from huying.cases.queries.horizon import Told, told_by
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.figures.models import ClosedPeriod, FactCase, PostFact
from huying.figures.queries.boards.lists import naming
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period
from huying.kernel.errors import Invalid, NotFound
from huying.loop.supervise.queries.scopes import Scope, scope_for
from huying.loop.supervise.rules.cuts import Cut

PAGE: Final = 50
# What is added up beside the counting of a case has no rows of its own.
BESIDE: Final = {Measure.CLOSE_MINUTES: Measure.CLOSED, Measure.SCORE_POINTS: Measure.SCORED}
_ORDER: Final = ("-day", "-case_id", "-seq", "-measure", "-body_id")


Event = tuple[int, int, int]
"""What was counted at once: case, number of the entry, body."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One thing counted: what and when, on which case (its line as it stands now)."""

    measure: Measure
    day: date
    seq: int
    body_id: int
    line: CaseLine

    @property
    def event(self) -> Event:
        return self.line.id, self.seq, self.body_id


def behind_for(
    actor: Actor,
    period: Period,
    measures: Collection[Measure],
    now: datetime,
    *,
    by: Cut = Cut.ALL,
    key: str = "",
    area: str = "",
    after: str = "",
    limit: int = PAGE,
    version: int | None = None,
) -> tuple[list[Opened], str]:
    """What was counted in a cell of a board (``by`` and ``key`` of the row), and the cursor of the next page.

    With ``version`` as the period's closing of that version counted it: without what was told later, with what was
    exempted later. A case that the actor may not read is counted but not shown. Raises Denied, NotFound; Invalid for a
    cursor.
    """
    scope = scope_for(actor, area)
    closing = _closing(scope.district, period, version)
    counts = Q(exempt_at__isnull=True)
    if closing is not None:
        counts |= Q(exempt_at__gt=closing.closed_at)
    rows = _rows(scope, by, key, now).filter(
        counts,
        district=scope.district,
        measure__in=_rows_of(measures),
        day__range=(period.first, period.last),
    )
    if after:
        rows = rows.filter(_later(after))
    columns = ("measure", "day", "seq", "body_id", "case_id")
    found = list(rows.order_by(*_ORDER).values_list(*columns)[: limit + 1])
    shown = found[:limit]
    told = {(row[4], row[2]) for row in shown}
    if closing is not None:
        told = told_by(scope.district, Told(closing.position, closing.case_id, closing.seq), told)
    lines = {line.id: line for line in lines_of(actor, sorted({row[4] for row in shown}), now)}
    opened = [
        Opened(Measure(measure), day, seq, body_id, lines[case_id])
        for measure, day, seq, body_id, case_id in shown
        if case_id in lines and (case_id, seq) in told
    ]
    return opened, _cursor(shown[-1]) if len(found) > limit else ""


def _closing(district: int, period: Period, version: int | None) -> ClosedPeriod | None:
    if version is None:
        return None
    found = ClosedPeriod.objects.filter(
        district=district, first=period.first, last=period.last, version=version
    ).defer("formulas")
    row = found.first()
    if row is None:
        raise NotFound
    return row


def _rows(scope: Scope, by: Cut, key: str, now: datetime) -> QuerySet[FactCase] | QuerySet[PostFact]:
    """What stands behind a row; a person's only for who reads of the people of their area or unit."""
    if by is not Cut.POST:
        return FactCase.objects.filter(_cell(scope, by, key))
    if not (key.isascii() and key.isdigit()):
        raise Invalid(fields={"key": "没有这一行。"})
    person = naming(scope.district, Cut.POST, [key], now)(key)
    if not (
        person.body_id == scope.body_id if scope.body_id is not None else person.area.startswith(scope.area)
    ):
        raise NotFound
    return PostFact.objects.filter(account_id=int(key))


def counted_with(
    actor: Actor, opened: Sequence[Opened], measures: Collection[Measure]
) -> Mapping[Event, Sequence[Measure]]:
    """What else of these was counted with each event of a page already opened; one query."""
    if not opened:
        return {}
    rows = FactCase.objects.filter(
        district=actor.district, measure__in=_rows_of(measures), day__in={one.day for one in opened},
        case_id__in={one.line.id for one in opened}, seq__in={one.seq for one in opened},
    )  # fmt: skip
    found: dict[Event, list[Measure]] = {}
    for case_id, seq, body_id, measure in rows.values_list("case_id", "seq", "body_id", "measure"):
        found.setdefault((case_id, seq, body_id), []).append(Measure(measure))
    order = list(Measure).index
    return {event: sorted(each, key=order) for event, each in found.items()}


def _rows_of(measures: Collection[Measure]) -> list[str]:
    """Minutes and points stand behind the same cases as the closings and scores they were counted with."""
    return sorted({str(BESIDE.get(measure, measure)) for measure in measures})


def _cell(scope: Scope, by: Cut, key: str) -> Q:
    cell = Q(area__startswith=scope.area) if len(scope.area) > 6 else Q()
    if scope.body_id is not None:
        cell &= Q(body_id=scope.body_id)
    match by:
        case Cut.BODY if key.isascii() and key.isdigit():
            return cell & Q(body_id=int(key))
        case Cut.ITEM:
            return cell & Q(item=key)
        case Cut.GRID if key.startswith(scope.area):
            return cell & Q(area=key)
        case Cut.AREA:
            return cell & (Q(area__startswith=key) if key else Q(area=scope.area))
        case Cut.ALL:
            return cell
        case _:
            raise Invalid(fields={"key": "没有这一行。"})


def _cursor(row: Sequence[Any]) -> str:
    measure, day, seq, body_id, case_id = row
    return orjson.dumps([day.isoformat(), case_id, seq, measure, body_id]).hex()


def _later(after: str) -> Q:
    try:
        day, case_id, seq, measure, body_id = orjson.loads(bytes.fromhex(after))
        day = date.fromisoformat(day)
        case_id, seq, body_id, measure = int(case_id), int(seq), int(body_id), str(measure)
    except (ValueError, TypeError) as error:
        raise Invalid("翻页位置无效，请回到第一页。", fields={"after": "翻页位置无效。"}) from error
    same = Q(day=day)
    of_entry = Q(measure__lt=measure) | Q(measure=measure, body_id__lt=body_id)
    of_case = Q(seq__lt=seq) | Q(of_entry, seq=seq)
    return Q(day__lt=day) | (same & (Q(case_id__lt=case_id) | Q(of_case, case_id=case_id)))
