"""一事一考核: the score of a case with its lines, and many cases by their scores."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

import orjson
from django.db.models import Q

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.figures.models import MatterScore
from huying.figures.queries.versions import rules_of
from huying.figures.rules.matters import STANDARD, ScoreLine, Sheet
from huying.figures.rules.measures import Measure
from huying.figures.rules.versions import RuleKind
from huying.kernel.errors import Invalid
from huying.loop.supervise.queries.scopes import scope_for

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class LineWorth:
    """One line of the sheet, and what it was worth on this case."""

    line: ScoreLine
    worth: Decimal

    @property
    def whole(self) -> bool:
        return self.worth == max(self.line.most, 0)


@dataclass(frozen=True, slots=True)
class Matter:
    """The score of a closed case by a version of the sheet (0: the platform's)."""

    score: Decimal
    lines: Sequence[LineWorth]
    counts: Sequence[tuple[Measure, int]]
    version: int
    day: date
    body_id: int


@dataclass(frozen=True, slots=True)
class ScoredCase:
    """One line of the list."""

    line: CaseLine
    score: Decimal
    day: date
    body_id: int
    lost: Sequence[LineWorth]


@dataclass(frozen=True, slots=True)
class MattersWanted:
    """What the list is narrowed by; scores are 0 to 100, both included. ``worst``: lowest score first, else newest."""

    since: date | None = None
    until: date | None = None
    body_id: int | None = None
    item: str = ""
    area: str = ""
    least: int | None = None
    most: int | None = None
    worst: bool = True


def matter_of(actor: Actor, case_id: int) -> Matter | None:
    """The score of a case the actor sees already; None for who reads no figures, or while it has none."""
    if not actor.may(Permission.FIGURE_READ):
        return None
    row = MatterScore.objects.filter(district=actor.district, case_id=case_id).first()
    if row is None:
        return None
    counts = [(one, row.counts[one.value]) for one in Measure if row.counts.get(one.value)]
    return Matter(row.score, _lines(_sheets(actor.district), row), counts, row.version, row.day, row.body_id)


def matters_for(
    actor: Actor, wanted: MattersWanted, now: datetime, after: str = "", limit: int = PAGE
) -> tuple[list[ScoredCase], str]:
    """Scored cases within the actor's posts, and the next cursor. Raises Denied, NotFound; Invalid for a cursor."""
    scope = scope_for(actor, wanted.area, wanted.body_id)
    rows = MatterScore.objects.filter(_wanted(wanted), district=scope.district)
    if len(scope.area) > 6:
        rows = rows.filter(area__startswith=scope.area)
    if scope.body_id is not None:
        rows = rows.filter(body_id=scope.body_id)
    if after:
        rows = rows.filter(_further(after, wanted.worst))
    order = ("score", "case_id") if wanted.worst else ("-day", "-case_id")
    found = list(rows.order_by(*order)[: limit + 1])
    shown = found[:limit]
    lines = {line.id: line for line in lines_of(actor, [row.case_id for row in shown], now)}
    sheets = _sheets(actor.district)
    listed = [
        ScoredCase(
            lines[row.case_id], row.score, row.day, row.body_id,
            [one for one in _lines(sheets, row) if not one.whole],
        )
        for row in shown if row.case_id in lines
    ]  # fmt: skip
    more = len(found) > limit
    return listed, _cursor(shown[-1], wanted.worst) if more else ""


def _sheets(district: int) -> dict[int, Sheet]:
    own = [one for one in rules_of(district, RuleKind.MATTER) if isinstance(one, Sheet)]
    return {0: STANDARD, **{one.version: one for one in own}}


def _lines(sheets: dict[int, Sheet], row: MatterScore) -> list[LineWorth]:
    sheet = sheets.get(row.version, STANDARD)
    return [LineWorth(one, Decimal(row.lines.get(one.code, "0"))) for one in sheet.lines]


def _wanted(wanted: MattersWanted) -> Q:
    told = {
        "day__gte": wanted.since, "day__lte": wanted.until, "body_id": wanted.body_id, "item": wanted.item or None,
        "score__gte": wanted.least, "score__lte": wanted.most,
    }  # fmt: skip
    return Q(**{name: value for name, value in told.items() if value is not None})


def _cursor(row: MatterScore, worst: bool) -> str:
    return orjson.dumps([str(row.score) if worst else row.day.isoformat(), row.case_id]).hex()


def _further(after: str, worst: bool) -> Q:
    try:
        told, case_id = orjson.loads(bytes.fromhex(after))
        number = int(case_id)
        if worst:
            points = Decimal(told)
            return Q(score__gt=points) | Q(score=points, case_id__gt=number)
        day = date.fromisoformat(told)
    except (ValueError, TypeError, InvalidOperation) as error:
        raise Invalid("翻页位置无效，请回到第一页。", fields={"after": "翻页位置无效。"}) from error
    return Q(day__lt=day) | Q(day=day, case_id__lt=number)
