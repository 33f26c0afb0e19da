"""Plans as pages and interfaces show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from huying.access.actor import Actor
from huying.gridding.models import GridPlan, PlanGrid
from huying.gridding.policy import may_plan, must_read
from huying.gridding.rules.kinds import PlanState, Within
from huying.gridding.rules.weighing import Weights, read_weights
from huying.gridding.rules.wishes import Wishes
from huying.kernel.errors import NotFound
from huying.places.queries import Level, area_features, area_name

MOST: Final = 100
#: A drawing that has said nothing for so long is taken for lost; it may be asked for again.
LOST: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class PlanInfo:
    """One plan. ``before``, ``after``: figures of all its grids today and as they would be, {} until it is drawn.

    ``told``: what whoever decides should know, as kinds and values. Times are aware.
    """

    id: int
    wishes: Wishes
    scope_name: str
    state: PlanState
    made_at: datetime
    made_by: str
    work_id: int | None
    drawn_at: datetime | None
    problem: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    moved: int
    told: Sequence[Mapping[str, Any]]
    flows: Sequence[Mapping[str, Any]]
    changes: Sequence[int]
    valid_from: datetime | None
    decided_at: datetime | None
    decided_by: str
    reason: str

    def lost(self, now: datetime) -> bool:
        """Whether it may be drawn again: it failed, or nobody has heard of it for long."""
        if self.state is PlanState.FAILED:
            return True
        return self.state is PlanState.COMPUTING and self.made_at + LOST < now

    def waits(self, now: datetime) -> bool:
        """Whether it was published for a day that has not come."""
        return self.state is PlanState.PUBLISHED and self.valid_from is not None and self.valid_from > now


@dataclass(frozen=True, slots=True)
class GridRow:
    """A grid of a plan, or one that ends by it. ``off`` in ``figures``: work off the mean, 0.1 is a tenth more."""

    number: int
    code: str
    name: str
    parent: str
    ends: bool
    figures: Mapping[str, Any]
    before: Mapping[str, Any]
    came: int
    left: int


def plans_for(actor: Actor, before: int | None = None, limit: int = MOST) -> list[PlanInfo]:
    """The newest plans within the actor's posts, below number ``before``. Raises Denied."""
    must_read(actor)
    rows = GridPlan.objects.filter(district=actor.district).order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [info(row) for row in rows[: 4 * limit] if may_plan(actor, row.scope)][:limit]


def plan_for(actor: Actor, number: int) -> PlanInfo:
    """One of them. Raises NotFound for one that is not the actor's to see, Denied."""
    return info(row_for(actor, number))


def row_for(actor: Actor, number: int) -> GridPlan:
    """Its row, for this package."""
    must_read(actor)
    row = GridPlan.objects.filter(district=actor.district, id=number).first()
    if row is None or not may_plan(actor, row.scope):
        raise NotFound
    return row


def grids_of(actor: Actor, number: int) -> list[GridRow]:
    """Its grids in their order, then those that end."""
    row = row_for(actor, number)
    rows = PlanGrid.objects.filter(district=row.district, plan_id=row.pk).order_by("number").defer("outline")
    return [
        GridRow(
            one.number, one.code, one.name, one.parent, not one.figures, one.figures, one.before, one.came, one.left
        )
        for one in rows
    ]  # fmt: skip


def plan_features(actor: Actor, number: int) -> dict[str, Any]:
    """Its grids as GeoJSON, exactly as they would be put in force."""
    row = row_for(actor, number)
    rows = PlanGrid.objects.filter(district=row.district, plan_id=row.pk, outline__isnull=False)
    features = [
        {
            "type": "Feature",
            "id": one.number,
            "properties": {
                "number": one.number, "code": one.code, "name": one.name, "parent": one.parent,
                "off": one.figures["off"], "homes": one.figures["homes"], "came": one.came, "left": one.left,
            },
            "geometry": one.outline,
        }
        for one in rows.order_by("number")
    ]  # fmt: skip
    return {"type": "FeatureCollection", "features": features}


def today_features(actor: Actor, number: int) -> dict[str, Any]:
    """Today's grids of its scope as GeoJSON for the map."""
    return area_features(actor.district, Level.GRID, scope=row_for(actor, number).scope)


def wishes_of(row: GridPlan) -> Wishes:
    """What was asked for."""
    weights: Weights = read_weights(row.weights)
    return Wishes(
        row.name, row.scope, row.grids, Within(row.within), weights, row.tolerance, row.keep, row.days
    )


def info(row: GridPlan) -> PlanInfo:
    """A row as it is shown."""
    return PlanInfo(
        id=row.pk, wishes=wishes_of(row), scope_name=area_name(row.district, row.scope), state=PlanState(row.state),
        made_at=row.made_at, made_by=row.made_by, work_id=row.work_id, drawn_at=row.drawn_at, problem=row.problem,
        before=row.before, after=row.after, moved=row.moved, told=row.told, flows=row.flows, changes=row.changes,
        valid_from=row.valid_from, decided_at=row.decided_at, decided_by=row.decided_by, reason=row.reason,
    )  # fmt: skip
