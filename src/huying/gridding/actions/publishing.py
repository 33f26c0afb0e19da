"""A plan put in force from a day on, as versions of grids, and taken back before its day."""

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction

from huying.access.actor import Actor
from huying.geo.shapes import geometry_of
from huying.gridding.actions.planning import held
from huying.gridding.models import GridPlan, PlanGrid
from huying.gridding.rules.kinds import PlanState
from huying.kernel.errors import Conflict, Invalid
from huying.places.actions import NewGrid, Redivision, drop_change, redivide
from huying.places.queries import Level, areas, district
from huying.places.rules.changes import reason_of, start_of


@transaction.atomic
def publish_plan(actor: Actor, number: int, day: date, reason: str, now: datetime) -> None:
    """Its grids hold from that day on (midnight in the district's zone, today at once). Sent twice it is done once.

    Raises Denied, NotFound, Invalid for a day passed, no reason or a grid of no community, StaleVersion when a grid
    there was changed since it was drawn, Conflict for a plan that is not drawn or while another change waits.
    """
    row = held(actor, number)
    if row.state == PlanState.PUBLISHED:
        return
    if row.state != PlanState.READY:
        raise Conflict("方案还没有算好，或已经放弃、撤回。")
    row.reason = reason_of(reason)
    row.valid_from = start_of(day, district(actor.district).zone, now)
    wanted = Redivision(_grids(row), row.base, row.valid_from, f"网格调整方案{row.pk}：{row.reason}"[:200])
    row.changes = redivide(actor, wanted, row.key, now)
    row.state = PlanState.PUBLISHED.value
    row.decided_at, row.decided_by = now, actor.name[:60]
    row.save()


@transaction.atomic
def withdraw_plan(actor: Actor, number: int, now: datetime) -> None:
    """Take back what was published, before its day; twice changes nothing. Conflict once it holds."""
    row = held(actor, number)
    if row.state == PlanState.WITHDRAWN:
        return
    if row.state != PlanState.PUBLISHED:
        raise Conflict("方案没有发布，不用撤回。")
    for change in row.changes:
        drop_change(actor, change, now)
    row.state = PlanState.WITHDRAWN.value
    row.decided_at, row.decided_by = now, actor.name[:60]
    row.save()


def _grids(row: GridPlan) -> dict[str, list[NewGrid]]:
    """The plan's grids by community; communities of its grounds that lose all of theirs have none."""
    found: dict[str, list[NewGrid]] = defaultdict(list)
    for code in row.base:
        found.setdefault(code[:12], [])
    rows = PlanGrid.objects.filter(district=row.district, plan_id=row.pk, outline__isnull=False)
    known = {one.code for one in areas(row.district, Level.COMMUNITY)}
    for grid in rows.order_by("number"):
        if grid.parent not in known:
            raise Invalid("有的网格不在任何社区里，不能发布：请先导入这里的社区边界。")
        found[grid.parent].append(NewGrid(grid.code, grid.name, geometry_of(grid.outline or {})))
    return dict(found)
