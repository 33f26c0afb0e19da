"""Where somebody walked, and where for long nobody did: by cells of the ground, that name nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Sum
from django.utils import timezone

from huying.access.actor import Actor
from huying.geo.cells import filled, middle
from huying.kernel.errors import NotFound
from huying.patrol.models import Plan, Tour, Walked
from huying.patrol.policy import READ, may_in, must_read, within
from huying.patrol.rules.planning import week_of
from huying.patrol.rules.walking import FINE
from huying.places.queries import area, area_name, children

#: Cells of one answer: a district of Baohe's size has some twenty thousand.
MOST: Final = 60_000


@dataclass(frozen=True, slots=True)
class CellInfo:
    """One cell of the ground: its middle, and in how many tours somebody came through."""

    cell: str
    lon: float
    lat: float
    tours: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of an area was walked between two days, both included; of ``cells`` the least walked come first."""

    area: str
    name: str
    first: date
    last: date
    walked: int
    cells: Sequence[CellInfo]

    @property
    def share(self) -> float | None:
        return self.walked / len(self.cells) if self.cells else None


@dataclass(frozen=True, slots=True)
class AreaCovered:
    """One part of an area: how many of its cells, and how many of them were walked."""

    area: str
    name: str
    cells: int
    walked: int

    @property
    def share(self) -> float | None:
        return self.walked / self.cells if self.cells else None


@dataclass(frozen=True, slots=True)
class PlanInfo:
    """How often an area is to be walked in a week, and how often it was in this one."""

    id: int
    area: str
    where: str
    name: str
    times: int
    minutes: int
    done: int
    made_by: str
    made_at: datetime


def coverage_for(actor: Actor, code: str, first: date, last: date) -> Coverage:
    """An area of the actor's and its cells. Raises Denied, NotFound."""
    must_read(actor)
    if not may_in(actor, READ, code):
        raise NotFound
    outline = area(actor.district, code).outline
    wanted = filled(outline, FINE)[:MOST] if outline is not None else []
    tours = _walked(actor.district, wanted, first, last)
    cells = sorted((CellInfo(key, *middle(key), tours.get(key, 0)) for key in wanted), key=_least_walked)
    return Coverage(
        code, area_name(actor.district, code), first, last, sum(bool(cell.tours) for cell in cells), cells
    )


def parts_covered(actor: Actor, code: str, first: date, last: date) -> Sequence[AreaCovered]:
    """The parts of an area, the least walked first. Raises Denied, NotFound."""
    must_read(actor)
    if not may_in(actor, READ, code):
        raise NotFound
    drawn = [(one, filled(one.outline, FINE)) for one in children(actor.district, code) if one.outline]
    tours = _walked(actor.district, [key for _one, cells in drawn for key in cells][:MOST], first, last)
    found = [
        AreaCovered(one.code, one.name, len(cells), sum(key in tours for key in cells))
        for one, cells in drawn
    ]
    return sorted(found, key=lambda one: (one.share if one.share is not None else 2.0, one.area))


def plans_for(actor: Actor, now: datetime) -> Sequence[PlanInfo]:
    """The plans that hold in the actor's areas, the furthest behind first. Raises Denied."""
    must_read(actor)
    rows = list(Plan.objects.filter(within(actor, READ), ended_at=None).order_by("area"))
    first, until = week_of(timezone.localdate(now))
    since = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    before = timezone.make_aware(datetime.combine(until, datetime.min.time()))
    tours = list(
        Tour.objects.filter(
            district=actor.district, started_at__gte=since, started_at__lt=before, ended_at__isnull=False
        ).values_list("area", "start_area", "started_at", "ended_at")
    )
    found = [_plan(actor.district, row, tours) for row in rows]
    return sorted(found, key=lambda one: (one.done - one.times, one.area))


def _plan(district: int, row: Plan, tours: Sequence[tuple[str, str, datetime, datetime | None]]) -> PlanInfo:
    long_enough = timedelta(minutes=row.minutes)
    done = sum(
        ended is not None
        and (own.startswith(row.area) or there.startswith(row.area))
        and ended - started >= long_enough
        for own, there, started, ended in tours
    )
    return PlanInfo(
        row.pk, row.area, area_name(district, row.area), row.name, row.times, row.minutes, done, row.made_by,
        row.made_at,
    )  # fmt: skip


def _walked(district: int, cells: Sequence[str], first: date, last: date) -> dict[str, int]:
    if not cells:
        return {}
    rows = Walked.objects.filter(district=district, day__gte=first, day__lte=last).values("cell")
    wanted = frozenset(cells)
    # Of the whole district: a list of cells that may be long is compared here.
    return {
        row["cell"]: row["n"] for row in rows.annotate(n=Sum("tours")) if row["cell"] in wanted
    }  # fmt: skip


def _least_walked(cell: CellInfo) -> tuple[int, str]:
    return cell.tours, cell.cell
