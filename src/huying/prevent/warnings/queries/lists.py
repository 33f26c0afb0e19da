"""Warnings as they are listed and opened, for who may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Q

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.places.queries import area_name
from huying.prevent.warnings.models import EarlyWarning, Looked
from huying.prevent.warnings.policy import may_decide, visible
from huying.prevent.warnings.queries.names import item_name
from huying.prevent.warnings.rules.kinds import WORTH_OF, Verdict, WarningState, Worth
from huying.prevent.warnings.rules.space import Reach

PAGE: Final = 50
_ALIKE: Final = 6


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which warnings: in a state, about a class of items, within an area; ``words`` in what it is about."""

    state: str = ""
    item: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class WarningLine:
    """One warning of a list: ``expected`` cases in ``days`` days until ``last_day``; so many rises as strong come to a
    quiet month by ``chance``."""

    id: int
    item: str
    item_name: str
    area: str
    area_name: str
    reach: Reach
    lon: float | None
    lat: float | None
    began: date
    last_day: date
    days: int
    seen: int
    expected: float
    chance: float
    state: WarningState
    verdict: Verdict | None
    noticed_at: datetime
    cause: str


@dataclass(frozen=True, slots=True)
class Point:
    """One day of the curve: cases seen, expected, and the band of quiet days."""

    day: date
    seen: int
    expected: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class WarningView:
    """A warning's page; ``cases`` are ids, of which the reader sees what their posts let them see."""

    line: WarningLine
    curve: Sequence[Point]
    cases: Sequence[int]
    alike: Sequence[WarningLine]
    worth: Worth
    words: str
    muted_until: date | None
    decided_at: datetime | None
    decided_by: str
    settled_at: datetime | None
    settled_by: str
    may_decide: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How the watch stands: when it last looked, over how many days it has judged, whether it can warn yet."""

    looked_at: datetime | None
    judged: int
    ready: bool


def warnings_for(
    actor: Actor, wanted: Wanted, before: tuple[datetime, int] | None = None, limit: int = PAGE
) -> list[WarningLine]:
    """Warnings the actor may see, newest first, below (moment, id); one query."""
    rows = EarlyWarning.objects.filter(visible(actor), _fits(wanted), district=actor.district)
    if before is not None:
        rows = rows.filter(noticed_at__lte=before[0]).exclude(noticed_at=before[0], id__gte=before[1])
    return [_line(row) for row in rows.order_by("-noticed_at", "-id").defer("cases", "curve")[:limit]]


def warning_for(actor: Actor, warning_id: int) -> WarningView:
    """One warning with what was like it before. Raises NotFound for one that is not theirs to see."""
    row = EarlyWarning.objects.filter(visible(actor), district=actor.district, id=warning_id).first()
    if row is None:
        raise NotFound
    return WarningView(
        line=_line(row), curve=[Point(date.fromisoformat(day), *rest) for day, *rest in row.curve], cases=row.cases,
        alike=_alike(actor, row), worth=worth_of(row.district, row.item[:2]), words=row.words,
        muted_until=row.muted_until, decided_at=row.decided_at, decided_by=row.decided_by,
        settled_at=row.settled_at, settled_by=row.settled_by, may_decide=may_decide(actor, row.area),
    )  # fmt: skip


def worth_of(district: int, item: str = "") -> Worth:
    """Of the last settled warnings (of a class of items) how many were true; one query."""
    rows = EarlyWarning.objects.filter(district=district, item__startswith=item).exclude(verdict="")
    last = list(rows.order_by("-settled_at").values_list("verdict", flat=True)[:WORTH_OF])
    return Worth(len(last), last.count(Verdict.TRUE.value))


def standing_of(district: int) -> Standing:
    """How the watch stands; one query."""
    row = Looked.objects.filter(district=district).first()
    return Standing(row.looked_at, row.judged, row.bar is not None) if row else Standing(None, 0, False)


def _fits(wanted: Wanted) -> Q:
    asked: dict[str, Any] = {
        "state": wanted.state, "item__startswith": wanted.item, "area__startswith": wanted.area
    }  # fmt: skip
    return Q(**{name: value for name, value in asked.items() if value})


def _alike(actor: Actor, row: EarlyWarning) -> list[WarningLine]:
    """Earlier ones of the same group of items, those of the same place first."""
    rows = EarlyWarning.objects.filter(
        visible(actor), district=row.district, item__startswith=row.item[:4], noticed_at__lt=row.noticed_at
    )
    found = [_line(one) for one in rows.order_by("-noticed_at").defer("cases", "curve")[: 5 * _ALIKE]]
    return sorted(found, key=lambda line: not line.area.startswith(row.area[:9]))[:_ALIKE]


def _line(row: EarlyWarning) -> WarningLine:
    return WarningLine(
        row.pk, row.item, item_name(row.district, row.item), row.area, area_name(row.district, row.area),
        Reach(row.reach), row.lon, row.lat, row.began, row.last_day, row.days, row.seen, row.expected, row.chance,
        WarningState(row.state), Verdict(row.verdict) if row.verdict else None, row.noticed_at, row.cause,
    )  # fmt: skip
