"""Boards: a few stored rows summed, whatever the number of cases behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import connection

from huying.access.actor import Actor
from huying.figures.queries.boards.figuring import Figures
from huying.figures.queries.boards.lists import naming
from huying.figures.queries.boards.sums import COLUMNS, counts_of, sums
from huying.figures.queries.versions import formulas_of, threshold_on
from huying.figures.rules.formulas import Figure, Formula, in_force
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period
from huying.figures.rules.ranking import ranked
from huying.kernel.errors import Invalid, NotFound
from huying.loop.supervise.queries.naming import namer
from huying.loop.supervise.queries.scopes import Scope, scope_for
from huying.loop.supervise.rules.cuts import Cut

_DAY: Final = "d"
_MONTH: Final = "m"


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One area, body or item class: ``counts`` by measure, ``figures`` by formula code.

    ``rank`` is by the board's order, equal values sharing a rank; None where the row has no value or too
    little to judge. ``whole`` is the total of all.
    """

    key: str
    name: str
    counts: Mapping[Measure, int]
    figures: Mapping[str, Figure]
    rank: int | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """Rows, best first, with the total of all; by which formulas of which versions, over which days and scope.

    Rows in which less than ``least`` was judged have no rank.
    """

    by: Cut
    period: Period
    scope: Scope
    formulas: Sequence[Formula]
    rows: Sequence[BoardRow]
    total: BoardRow
    least: int = 1


def board_for(
    actor: Actor, period: Period, by: Cut = Cut.BODY, area: str = "", order: str = "score"
) -> Board:
    """The board of a period, ranked by the indicator with code ``order``.

    A post within one body sees that body's row alone, by body. One query each for rows, the total,
    formulas and the threshold. Raises Denied; NotFound for an area outside the actor's posts.
    """
    scope = scope_for(actor, area)
    cut = Cut.BODY if scope.body_id is not None else by
    formulas = formulas_for(actor, period.last)
    name = namer(scope.district, cut)
    rows = [_row(key, name(key), counts, formulas) for key, counts in _sums(scope, cut, period)]
    if scope.body_id is None:
        totals = _sums(scope, Cut.ALL, period)
        total = _row("", "合计", totals[0][1] if totals else {}, formulas, whole=True)
    else:
        total = rows[0] if rows else _row(str(scope.body_id), name(str(scope.body_id)), {}, formulas)
    least = threshold_on(scope.district, period.last).least
    return Board(cut, period, scope, formulas, _ranked(rows, order, least), total, least)


def formulas_for(actor: Actor, on: date) -> tuple[Formula, ...]:
    """The district's indicators that hold on a day."""
    return in_force(formulas_of(actor.district), on)


def days_for(actor: Actor, period: Period, area: str = "") -> list[tuple[date, Mapping[Measure, int]]]:
    """The counts of each day on which there were any, in order: what a chart of the period is drawn from."""
    scope = scope_for(actor, area)
    cut, key = (Cut.ALL, "") if scope.body_id is None else (Cut.BODY, str(scope.body_id))
    return _by_start(scope, _DAY, cut, key, period.first, period.last)


def cell_for(
    actor: Actor, period: Period, by: Cut, key: str = "", area: str = "", now: datetime | None = None
) -> tuple[str, Mapping[Measure, int]]:
    """What one row of a board is called, and its counts; of ``Cut.ALL`` the whole scope's. One query."""
    scope = scope_for(actor, area)
    cut, wanted = (by, key) if scope.body_id is None or by is Cut.POST else (Cut.BODY, str(scope.body_id))
    if cut is Cut.BODY and not (wanted.isascii() and wanted.isdigit()):
        raise Invalid(fields={"key": "没有这一行。"})
    if cut in {Cut.GRID, Cut.POST}:
        return _apart(scope, cut, wanted, period, now)
    found = _sums(scope, cut, period, wanted)
    return namer(scope.district, cut)(wanted), found[0][1] if found else {}


def _apart(
    scope: Scope, cut: Cut, key: str, period: Period, now: datetime | None
) -> tuple[str, Mapping[Measure, int]]:
    """A grid or a person, which are counted in one scope alone."""
    if not (key.isascii() and key.isdigit()):
        raise Invalid(fields={"key": "没有这一行。"})
    named = naming(scope.district, cut, [key], now)(key)
    if not (named.area.startswith(scope.area) and scope.body_id in {None, named.body_id}):
        raise NotFound
    within = key[:9] if cut is Cut.GRID else str(scope.district)
    found = sums(scope.district, cut.value, [within], period, key)
    return named.name, found[0][1] if found else {}


def months_for(
    actor: Actor, last: date, count: int, area: str = ""
) -> list[tuple[Period, Mapping[str, Figure]]]:
    """The indicators of ``count`` months up to that of ``last``, each by the formulas of its own last day. Two queries.

    A month in which nothing was counted is left out.
    """
    scope = scope_for(actor, area)
    cut, key = (Cut.ALL, "") if scope.body_id is None else (Cut.BODY, str(scope.body_id))
    until, months = last.replace(day=1), last.year * 12 + last.month - count
    since = date(months // 12, months % 12 + 1, 1)
    own, found = formulas_of(actor.district), _by_start(scope, _MONTH, cut, key, since, until)
    periods = [(Period.month(start.year, start.month), counts) for start, counts in found]
    return [(period, Figures(counts, in_force(own, period.last))) for period, counts in periods]


def _by_start(
    scope: Scope, span: str, cut: Cut, key: str, first: date, last: date
) -> list[tuple[date, Mapping[Measure, int]]]:
    """The counts of one row's days or months in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT start, {', '.join(COLUMNS)} FROM figures_tally WHERE district = %s AND cut = %s AND scope = %s "
            "AND span = %s AND key = %s AND start BETWEEN %s AND %s ORDER BY start",
            [scope.district, cut.value, scope.area, span, key, first, last],
        )
        return [(start, counts_of(numbers)) for start, *numbers in cursor.fetchall()]


def _sums(
    scope: Scope, cut: Cut, period: Period, key: str | None = None
) -> list[tuple[str, Mapping[Measure, int]]]:
    only = key if scope.body_id is None else str(scope.body_id)
    return sums(scope.district, cut.value, [scope.area], period, only)


def _row(
    key: str, name: str, counts: Mapping[Measure, int], formulas: Sequence[Formula], *, whole: bool = False
) -> BoardRow:
    return BoardRow(key, name, counts, Figures(counts, formulas), whole=whole)


def _ranked(rows: Sequence[BoardRow], order: str, least: int) -> list[BoardRow]:
    return [
        BoardRow(row.key, row.name, row.counts, row.figures, rank) for row, rank in ranked(rows, order, least)
    ]
