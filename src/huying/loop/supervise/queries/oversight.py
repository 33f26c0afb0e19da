"""The oversight board: what is late, where and whose, in a few stored rows at any size."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson
from django.db.models import Q

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.lifecycle import ClockKind
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.kernel.errors import Invalid
from huying.loop.supervise.models import CaseStanding, GaugeRow
from huying.loop.supervise.queries.naming import namer
from huying.loop.supervise.queries.scopes import Scope, scope_for
from huying.loop.supervise.rules.cuts import Cut
from huying.loop.supervise.rules.gauges import Gauge

PAGE: Final = 50
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
        kinds = [kind for kind in ClockKind if kind is not ClockKind.SUSPENSION]
        counts = [(kind, self.total.gauges[Gauge(f"late_{kind.value}")]) for kind in kinds]
        return sorted(counts, key=lambda each: -each[1])


@dataclass(frozen=True, slots=True)
class Late:
    """One case with a limit that was passed: since when, which, and whose (0: the centre's)."""

    line: CaseLine
    since: datetime
    kind: ClockKind
    body_id: int


@dataclass(frozen=True, slots=True)
class WorstPage:
    """Late cases, longest late first, and the cursor of the next page; "" at the end."""

    cases: Sequence[Late]
    after: str = ""


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


def worst_for(
    actor: Actor,
    now: datetime,
    *,
    area: str = "",
    body_id: int | None = None,
    kind: ClockKind | None = None,
    item: str = "",
    after: str = "",
    limit: int = PAGE,
) -> WorstPage:
    """The cases that are late, longest first: all, or those of a body, a kind of limit or an item class.

    ``body_id`` is whose limit was passed first, 0 the centre's. Raises Denied, NotFound; Invalid for a cursor.
    """  # fmt: skip
    scope = scope_for(actor, area, body_id or None)
    wanted = Q(area__startswith=scope.area) if len(scope.area) > 6 else Q()
    whose = scope.body_id if scope.body_id is not None else body_id
    wanted &= Q() if whose is None else Q(late_body=whose)
    wanted &= Q(late_kind=kind.value) if kind else Q()
    wanted &= Q(item=item) if item else Q()
    rows = CaseStanding.objects.filter(wanted, district=scope.district, late_since__isnull=False)
    if after:
        rows = rows.filter(_further(after))
    columns = ("late_since", "case_id", "late_kind", "late_body")
    found = list(rows.order_by("late_since", "case_id").values_list(*columns)[: limit + 1])
    shown = found[:limit]
    lines = {line.id: line for line in lines_of(actor, [row[1] for row in shown], now)}
    cases = [
        Late(lines[case_id], since, ClockKind(late_kind), late_body)
        for since, case_id, late_kind, late_body in shown
        if case_id in lines and since is not None
    ]
    return WorstPage(cases, _cursor(shown[-1]) if len(found) > limit else "")


def _cursor(row: Sequence[Any]) -> str:
    return orjson.dumps([row[0].isoformat(), row[1]]).hex()


def _further(after: str) -> Q:
    try:
        since, case_id = orjson.loads(bytes.fromhex(after))
        at, number = datetime.fromisoformat(since), int(case_id)
    except (ValueError, TypeError) as error:
        raise Invalid("翻页位置无效，请回到第一页。", fields={"after": "翻页位置无效。"}) from error
    return Q(late_since__gt=at) | Q(late_since=at, case_id__gt=number)
