"""Rankings of a period: as it runs, or, once it is closed, as it was closed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from huying.access.actor import Actor
from huying.access.roles import Role
from huying.figures.models import ClosedPeriod, ClosedRow
from huying.figures.queries.boards.closed import ClosedInfo, closings
from huying.figures.queries.boards.figuring import Figures
from huying.figures.queries.boards.lists import CUTS, Named, belongs, naming, scopes_of
from huying.figures.queries.boards.sums import sums
from huying.figures.queries.versions import formulas_of, threshold_on
from huying.figures.rules.formulas import Figure, Formula, Unit, in_force
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period, bounds
from huying.figures.rules.ranking import Ranked, ranked
from huying.kernel.errors import NotFound
from huying.loop.supervise.queries.scopes import Scope, scope_for
from huying.loop.supervise.rules.cuts import Cut
from huying.places.queries import district as district_row

_DISTRICT_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class RankedRow:
    """One of those ranked. ``rank`` None: without a value, or too little to judge. ``ranks``: of a closed period,
    as they were written down, by each indicator."""

    key: str
    named: Named
    counts: Mapping[Measure, int]
    figures: Mapping[str, Figure]
    rank: int | None = None
    ranks: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ranking, best first, by which formulas and from how many judged matters on; ``closed`` where it stands closed.

    ``area`` is where it is ranked: the district, or one street of it.
    """

    kind: Ranked
    period: Period
    area: str
    order: str
    role: str
    formulas: Sequence[Formula]
    least: int
    rows: Sequence[RankedRow]
    closed: ClosedInfo | None = None


def ranking_for(
    actor: Actor, period: Period, kind: Ranked, now: datetime, *, order: str = "score", area: str = "",
    role: str = Role.GRID_WORKER.value, version: int | None = None, known: Sequence[ClosedInfo] | None = None,
) -> Ranking:  # fmt: skip
    """The ranking of a period, of a closing with this ``version``, or of the one that stands where there is one.

    Ranks are those of the whole district, also for who sees a part of it; departments alone are ranked anew within a
    street. A post within one body sees itself. ``known``: the period's closings, where they were read already.
    Raises Denied; NotFound outside the actor's posts or for no such version.
    """
    scope = scope_for(actor, area)
    found = closings(scope.district, period) if known is None else known
    closed = next((one for one in found if (one.stands if version is None else one.version == version)), None)
    if version is not None and closed is None:
        raise NotFound
    own = kind is Ranked.DEPARTMENTS and len(scope.area) > _DISTRICT_DIGITS and scope.body_id is None
    where = scope.area if own else str(scope.district)
    whole = (_kept if closed else _live)(scope.district, period, kind, where, role, now, closed)
    kept = closed is not None and not own
    rows = [
        # What stands closed keeps the rank that was written down.
        replace(row, rank=row.ranks.get(order) if kept else rank)
        for row, rank in ranked(whole.rows, order, whole.least)
        if own or _within(scope, kind, row)
    ]
    return replace(whole, rows=rows, order=order, closed=closed)


def _within(scope: Scope, kind: Ranked, row: RankedRow) -> bool:
    if kind in {Ranked.POSTS, Ranked.WORKERS, Ranked.DEPARTMENTS} and scope.body_id is not None:
        return row.named.body_id == scope.body_id
    if kind is Ranked.DEPARTMENTS:
        return True
    if scope.body_id is not None:
        return False
    return row.named.area.startswith(scope.area) or (
        kind is Ranked.STREETS and scope.area.startswith(row.key)
    )


def _live(
    district: int,
    period: Period,
    kind: Ranked,
    where: str,
    role: str,
    now: datetime,
    _closed: ClosedInfo | None,
) -> Ranking:
    formulas = in_force(formulas_of(district), period.last)
    cut = CUTS[kind]
    scopes = scopes_of(district, kind) if where == str(district) else [where]
    found = sums(district, cut.value, scopes, period)
    end = bounds(period, ZoneInfo(district_row(district).zone))[1]
    name = naming(district, cut, [key for key, _ in found], min(now, end))
    rows = [RankedRow(key, name(key), counts, Figures(counts, formulas)) for key, counts in found]
    least = threshold_on(district, period.last).least
    return Ranking(kind, period, where, "", role, formulas, least, _standing(rows, kind, role))


def _kept(
    district: int,
    period: Period,
    kind: Ranked,
    where: str,
    role: str,
    _now: datetime,
    closed: ClosedInfo | None,
) -> Ranking:
    if closed is None:
        raise NotFound
    formulas = formulas_kept(ClosedPeriod.objects.values_list("formulas", flat=True).get(pk=closed.id))
    asked = ClosedRow.objects.filter(district=district, closed_id=closed.id, cut=CUTS[kind].value)
    if CUTS[kind] in {Cut.BODY, Cut.POST} or kind is Ranked.STREETS:
        asked = asked.filter(scope=where)
    columns = ("key", "name", "kind", "under", "counts", "figures", "ranks")
    rows = [
        replace(row_kept(key, CUTS[kind], name, sort, under, counts, figures, formulas), ranks=ranks)
        for key, name, sort, under, counts, figures, ranks in asked.order_by("scope", "key").values_list(
            *columns
        )
    ]
    return Ranking(kind, period, where, "", role, formulas, closed.least, _standing(rows, kind, role))


def row_kept(
    key: str, cut: Cut, name: str, kind: str, under: Any, counts: Mapping[str, int],
    figures: Mapping[str, str | None], formulas: Sequence[Formula],
) -> RankedRow:  # fmt: skip
    """A row of a closed period as it was."""
    counted = {Measure(measure): number for measure, number in counts.items()}
    area = key if cut in {Cut.AREA, Cut.GRID} else under.get("area", "")
    body_id = int(key) if cut is Cut.BODY else under.get("body")
    named = Named(name, kind, under.get("words", ""), area, body_id)
    return RankedRow(key, named, counted, Figures(counted, formulas, figures))


def kept_cell_for(
    actor: Actor, period: Period, version: int, by: Cut, key: str, area: str = ""
) -> tuple[str, Mapping[Measure, int], list[Formula]]:
    """A row of a closed period: its name and counts as they stood, and the formulas. Raises Denied, NotFound."""
    scope = scope_for(actor, area)
    closed = ClosedPeriod.objects.filter(
        district=scope.district, first=period.first, last=period.last, version=version
    ).first()
    if closed is None:
        raise NotFound
    formulas = formulas_kept(closed.formulas)
    where = {Cut.GRID: key[:9], Cut.POST: str(scope.district)}.get(by, scope.area)
    row = ClosedRow.objects.filter(
        district=scope.district, closed_id=closed.pk, cut=by.value, scope=where, key=key
    ).first()
    if row is None:
        return key, {}, formulas
    found = row_kept(row.key, by, row.name, row.kind, row.under, row.counts, row.figures, formulas)
    own = found.named.body_id == scope.body_id if scope.body_id is not None else True
    if not own or (by in {Cut.GRID, Cut.POST} and not found.named.area.startswith(scope.area)):
        raise NotFound
    return row.name, found.counts, formulas


def formulas_kept(said: Iterable[Mapping[str, Any]]) -> list[Formula]:
    """The formulas of a closed period."""
    return [
        Formula(
            one["code"], one["zh"], one["en"], one["numerator"], one["denominator"], Unit(one["unit"]), one["better"],
            one["version"],
        )
        for one in said
    ]  # fmt: skip


def _standing(rows: Iterable[RankedRow], kind: Ranked, role: str) -> list[RankedRow]:
    return [row for row in rows if belongs(kind, row.key, row.named, role)]
