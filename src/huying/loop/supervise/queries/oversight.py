"""The oversight board: what is late, where and whose, in a few stored rows at any size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.lifecycle import ClockKind
from huying.loop.supervise.models import GaugeRow
from huying.loop.supervise.queries.naming import namer
from huying.loop.supervise.queries.scopes import Scope, scope_for
from huying.loop.supervise.rules.cuts import Cut
from huying.loop.supervise.rules.gauges import Gauge

_COLUMNS: Final = [gauge.value for gauge in Gauge]


@dataclass(frozen=True, slots=True)
class OversightRow:
    """One body, street, community or item class, with its gauges; a gauge of 0 is there too."""

    key: str
    name: str
    gauges: Mapping[Gauge, int]


@dataclass(frozen=True, slots=True)
class Oversight:
    """How a scope stands now: the total, and its rows, the most late ones first."""

    by: Cut
    scope: Scope
    total: OversightRow
    rows: Sequence[OversightRow]

    @property
    def late_by_clock(self) -> list[tuple[ClockKind, int]]:
        """Which limits are passed how often, worst first."""
        kinds = [kind for kind in ClockKind if not kind.to_a_date]
        counts = [(kind, self.total.gauges[Gauge(f"late_{kind.value}")]) for kind in kinds]
        return sorted(counts, key=lambda each: -each[1])


def oversight_for(actor: Actor, by: Cut = Cut.BODY, area: str = "") -> Oversight:
    """How things stand in the actor's area, or the part of it asked for. Two queries.

    Raises Denied; NotFound for an area outside the actor's posts.
    """
    scope = scope_for(actor, area, permission=Permission.FIGURE_READ)
    cut = Cut.BODY if scope.body_id is not None else by
    rows = _rows(scope, cut)
    if scope.body_id is None:
        totals = _rows(scope, Cut.ALL)
        total = totals[0] if totals else OversightRow("", "合计", dict.fromkeys(Gauge, 0))
    else:
        total = rows[0] if rows else OversightRow(str(scope.body_id), "", dict.fromkeys(Gauge, 0))
    return Oversight(cut, scope, total, sorted(rows, key=_worst_first))


def _rows(scope: Scope, cut: Cut) -> list[OversightRow]:
    rows = GaugeRow.objects.filter(district=scope.district, cut=cut.value, scope=scope.area)
    if scope.body_id is not None:
        rows = rows.filter(key=str(scope.body_id))
    name = namer(scope.district, cut)
    found = rows.order_by("key").values_list("key", *_COLUMNS)
    made = [OversightRow(key, name(key), dict(zip(Gauge, numbers, strict=True))) for key, *numbers in found]
    return [row for row in made if cut is Cut.ALL or any(row.gauges.values())]


def _worst_first(row: OversightRow) -> tuple[int, int, str]:
    return -row.gauges[Gauge.LATE], -row.gauges[Gauge.OPEN], row.key
