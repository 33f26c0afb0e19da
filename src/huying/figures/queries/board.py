"""Boards: a few stored rows summed, whatever the number of cases behind them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection

from huying.access.actor import Actor
from huying.figures.rules.formulas import Figure, Formula, Unit, in_force, reckon
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period
from huying.kernel.errors import Invalid
from huying.loop.supervise.queries.naming import namer
from huying.loop.supervise.queries.scopes import Scope, scope_for
from huying.loop.supervise.rules.cuts import Cut

_MEASURES: Final = tuple(Measure)
_COLUMNS: Final = [measure.value for measure in _MEASURES]
_SUMS: Final = ", ".join(f"sum({name})::bigint" for name in _COLUMNS)
_DAY: Final = "d"
_MONTH: Final = "m"


class Figures(Mapping[str, Figure]):
    """A row's figures by formula code, each reckoned when it is first asked for: a board shows a few of many."""

    def __init__(self, counts: Mapping[Measure, int], formulas: Sequence[Formula]) -> None:
        self._counts, self._formulas = counts, {formula.code: formula for formula in formulas}
        self._known: dict[str, Figure] = {}

    def __getitem__(self, code: str) -> Figure:
        if code not in self._known:
            self._known[code] = reckon(self._formulas[code], self._counts)
        return self._known[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._formulas)

    def __len__(self) -> int:
        return len(self._formulas)


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One area, body or item class: ``counts`` by measure, ``figures`` by formula code.

    ``rank`` is by the board's order, equal values sharing a rank; None where the row has no value.
    ``whole`` is the total of all.
    """

    key: str
    name: str
    counts: Mapping[Measure, int]
    figures: Mapping[str, Figure]
    rank: int | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Board:
    """Rows, best first, with the total of all; by which formulas of which versions, over which days and scope."""

    by: Cut
    period: Period
    scope: Scope
    formulas: Sequence[Formula]
    rows: Sequence[BoardRow]
    total: BoardRow


def board_for(
    actor: Actor, period: Period, by: Cut = Cut.BODY, area: str = "", order: str = "score"
) -> Board:
    """The board of a period, ranked by the indicator with code ``order``.

    A post within one body sees that body's row alone, by body. One query for rows, one for the total, one for
    formulas. Raises Denied; NotFound for an area outside the actor's posts.
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
    return Board(cut, period, scope, formulas, _ranked(rows, order), total)


def formulas_for(actor: Actor, on: date) -> tuple[Formula, ...]:
    """The district's indicators that hold on a day."""
    return in_force(_own(actor.district), on)


def days_for(actor: Actor, period: Period, area: str = "") -> list[tuple[date, Mapping[Measure, int]]]:
    """The counts of each day on which there were any, in order: what a chart of the period is drawn from."""
    scope = scope_for(actor, area)
    cut, key = (Cut.ALL, "") if scope.body_id is None else (Cut.BODY, str(scope.body_id))
    return _by_start(scope, _DAY, cut, key, period.first, period.last)


def cell_for(
    actor: Actor, period: Period, by: Cut, key: str = "", area: str = ""
) -> tuple[str, Mapping[Measure, int]]:
    """What one row of a board is called, and its counts; of ``Cut.ALL`` the whole scope's. One query."""
    scope = scope_for(actor, area)
    cut, wanted = (by, key) if scope.body_id is None else (Cut.BODY, str(scope.body_id))
    if cut is Cut.BODY and not (wanted.isascii() and wanted.isdigit()):
        raise Invalid(fields={"key": "没有这一行。"})
    found = _sums(scope, cut, period, wanted)
    return namer(scope.district, cut)(wanted), found[0][1] if found else {}


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
    own, found = _own(actor.district), _by_start(scope, _MONTH, cut, key, since, until)
    periods = [(Period.month(start.year, start.month), counts) for start, counts in found]
    return [(period, Figures(counts, in_force(own, period.last))) for period, counts in periods]


def _own(district: int) -> list[Formula]:
    """The versions that the district has written itself, as written SQL: a board asks for them four times."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, zh, en, numerator, denominator, unit, better, version, valid_from "
            "FROM figures_formulaversion WHERE district = %s ORDER BY id",
            [district],
        )
        return [
            Formula(code, zh, en, above, below, Unit(unit), better, version, since)
            for code, zh, en, above, below, unit, better, version, since in cursor.fetchall()
        ]


def _by_start(
    scope: Scope, span: str, cut: Cut, key: str, first: date, last: date
) -> list[tuple[date, Mapping[Measure, int]]]:
    """The counts of one row's days or months in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT start, {', '.join(_COLUMNS)} FROM figures_tally WHERE district = %s AND cut = %s AND scope = %s "
            "AND span = %s AND key = %s AND start BETWEEN %s AND %s ORDER BY start",
            [scope.district, cut.value, scope.area, span, key, first, last],
        )
        return [(start, _counts(numbers)) for start, *numbers in cursor.fetchall()]


def _sums(
    scope: Scope, cut: Cut, period: Period, key: str | None = None
) -> list[tuple[str, Mapping[Measure, int]]]:
    """The sums of each row, or of one, as written SQL: with so many columns, composing it cost more than running it."""
    months, stretches = period.parts()
    when = [
        "(span = 'm' AND start = ANY(%s))",
        *("(span = 'd' AND start BETWEEN %s AND %s)" for _ in stretches),
    ]
    given: list[Any] = [scope.district, cut.value, scope.area, months]
    given += [day for stretch in stretches for day in stretch]
    only = key if scope.body_id is None else str(scope.body_id)
    own = "" if only is None else " AND key = %s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key, {_SUMS} FROM figures_tally WHERE district = %s AND cut = %s AND scope = %s "
            f"AND ({' OR '.join(when)}){own} GROUP BY key ORDER BY key",
            given if only is None else [*given, only],
        )
        return [(key, _counts(row)) for key, *row in cursor.fetchall()]


def _counts(numbers: Sequence[int]) -> Mapping[Measure, int]:
    return {measure: number for measure, number in zip(_MEASURES, numbers, strict=True) if number}


def _row(
    key: str, name: str, counts: Mapping[Measure, int], formulas: Sequence[Formula], *, whole: bool = False
) -> BoardRow:
    return BoardRow(key, name, counts, Figures(counts, formulas), whole=whole)


def _ranked(rows: Sequence[BoardRow], order: str) -> list[BoardRow]:
    def worth(row: BoardRow) -> tuple[bool, object]:
        figure = row.figures.get(order)
        if figure is None or figure.value is None:
            return True, 0
        return False, figure.value if figure.formula.better < 0 else -figure.value

    return list(_with_ranks(sorted(rows, key=lambda row: (*worth(row), row.key)), order))


def _with_ranks(rows: Sequence[BoardRow], order: str) -> Iterator[BoardRow]:
    last, rank = None, 0
    for place, row in enumerate(rows, start=1):
        figure = row.figures.get(order)
        if figure is None or figure.value is None:
            yield row
            continue
        if figure.value != last:
            last, rank = figure.value, place
        yield BoardRow(row.key, row.name, row.counts, row.figures, rank)
