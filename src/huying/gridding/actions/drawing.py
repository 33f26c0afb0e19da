"""Drawing a plan: the ground gathered, grids searched for, and all of it written at once."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from huying.access.actor import Actor
from huying.geo.shapes import to_geojson
from huying.gridding.actions.planning import KIND
from huying.gridding.models import GridPlan, PlanGrid
from huying.gridding.queries.ground import Known, known_of
from huying.gridding.queries.plans import row_for, wishes_of
from huying.gridding.rules.given import Asked
from huying.gridding.rules.kinds import PlanState
from huying.gridding.rules.meaning import Meant, meant
from huying.gridding.rules.measuring import Measured, measured
from huying.gridding.rules.solving import Drawn, Solved, solve
from huying.gridding.rules.titles import parents, titles
from huying.gridding.rules.wishes import Wishes
from huying.kernel.clock import now as present
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.longwork.actions import Made, Stopped, Task
from huying.longwork.rules.states import WorkState

__all__ = ["KIND", "draw", "draw_behind"]
# Corners lie on a neighbour's border only when they are kept to the last digit that counts.
_DECIMALS = 13
_SHOWN = 20
_FLOWS = 300


def draw_behind(task: Task) -> Made:
    """A plan as long work: whatever comes of it stands in the plan too. Told to stop, it fails in words."""
    number = int(task.params["plan"])
    try:
        draw(task.actor, number, present(), task.progress.told)
    except Stopped:
        if task.progress.cancelled:
            _failed(task.actor, number, WorkState.CANCELLED.zh)
        raise
    except HuyingError as error:
        _failed(task.actor, number, worded(error.message, str) or "；".join(error.fields.values()))
        raise
    return Made("", {"plan": number})


def draw(
    actor: Actor, number: int, now: datetime, told: Callable[[int, int], None] = lambda done, total: None,
    effort: float = 1.0, processes: int = 1,
) -> None:  # fmt: skip
    """Draw a plan that waits for it; one that is drawn, dropped or published is left alone.

    Raises Denied, NotFound, Invalid where the ground allows no such plan.
    """
    row = row_for(actor, number)
    if row.state != PlanState.COMPUTING:
        return
    wishes = wishes_of(row)
    known = known_of(actor, wishes, now)
    asked = Asked(wishes.grids, wishes.weights, wishes.tolerance / 100, wishes.keep, row.pk, effort)
    solved = solve(known.ground, asked, told, processes)
    after = measured(known.ground, [grid.outline for grid in solved.grids], wishes.weights, asked.tolerance)
    before = _today(known, wishes)
    if before is not None:
        came = meant(
            before.site, after.site, known.ground.sites, [grid.code for grid in known.ground.today],
            [grid.code for grid in solved.grids],
        )  # fmt: skip
    else:
        came = Meant([0] * len(solved.grids), {}, 0)
    _write(actor, number, known, solved, (before, after), came, now)


def _today(known: Known, wishes: Wishes) -> Measured | None:
    today = [grid.outline for grid in known.ground.today]
    return measured(known.ground, today, wishes.weights, wishes.tolerance / 100) if today else None


@transaction.atomic
def _write(
    actor: Actor, number: int, known: Known, solved: Solved, figures: tuple[Measured | None, Measured], came: Meant,
    now: datetime,
) -> None:  # fmt: skip
    row = GridPlan.objects.select_for_update().get(district=actor.district, id=number)
    if row.state != PlanState.COMPUTING:
        return
    before, after = figures
    PlanGrid.objects.filter(district=row.district, plan_id=row.pk).delete()
    PlanGrid.objects.bulk_create(_rows(row, known, solved, before, after, came), batch_size=500)
    row.state, row.drawn_at, row.problem = PlanState.READY.value, now, ""
    row.base, row.moved = dict(known.base), came.moved
    row.before = before.whole.as_dict() if before else {}
    row.after = after.whole.as_dict()
    row.told = _told(row, known, solved, after)
    row.flows = [flow.as_dict() for flow in came.flows[:_FLOWS]]
    row.save()


def _rows(
    row: GridPlan, known: Known, solved: Solved, before: Measured | None, after: Measured, came: Meant
) -> list[PlanGrid]:
    now = {grid.code: place for place, grid in enumerate(known.ground.today)}
    owners = parents(known.ground, known.communities, solved.grids, after.site)
    names = titles(known.ground.today, known.communities, solved.grids, owners)
    found = [
        _row(
            row, place, grid, names[place], owners[place], after,
            before.grids[now[grid.code]].as_dict() if before and grid.code else {},
            (came.came[place], came.left.get(grid.code, 0) if grid.code else 0),
        )
        for place, grid in enumerate(solved.grids)
    ]  # fmt: skip
    kept = {grid.code for grid in solved.grids}
    for grid in known.ground.today:
        if grid.code not in kept:
            told = before.grids[now[grid.code]].as_dict() if before else {}
            found.append(
                PlanGrid(
                    district=row.district, plan_id=row.pk, number=len(found) + 1, code=grid.code, name=grid.name,
                    parent=grid.code[:12], outline=None, figures={}, before=told, came=0,
                    left=came.left.get(grid.code, 0),
                )
            )  # fmt: skip
    return found


def _row(
    row: GridPlan, place: int, grid: Drawn, name: str, parent: str, after: Measured, before: Mapping[str, Any],
    homes: tuple[int, int],
) -> PlanGrid:  # fmt: skip
    return PlanGrid(
        district=row.district, plan_id=row.pk, number=place + 1, code=grid.code, name=name, parent=parent,
        outline=to_geojson(grid.outline, _DECIMALS), figures=after.grids[place].as_dict(), before=dict(before),
        came=homes[0], left=homes[1],
    )  # fmt: skip


def _told(row: GridPlan, known: Known, solved: Solved, after: Measured) -> list[dict[str, Any]]:
    """What whoever decides should know, as kinds with names."""
    limit = row.tolerance / 100
    uneven = Counter(
        grid.region
        for grid, figures in zip(solved.grids, after.grids, strict=True)
        if abs(figures.off) > limit + 1e-9
    )
    regions = {region.code: region.name for region in known.ground.regions}
    found: list[tuple[str, Sequence[str]]] = [
        ("undrawn", known.undrawn),
        ("apart", solved.apart),
        ("split", after.split),
        ("uneven", [regions[code] for code, _n in uneven.most_common()]),
        ("fewer", [str(len(solved.grids))] if len(solved.grids) < row.grids else []),
        ("across", _across(known, solved)),
    ]
    return [
        {"kind": kind, "names": list(names[:_SHOWN]), "count": len(names)} for kind, names in found if names
    ]


def _across(known: Known, solved: Solved) -> list[str]:
    """Communities whose borders grids cross, where that was allowed."""
    regions = {region.code for region in known.ground.regions}
    if not known.communities or all(len(code) == 12 for code in regions):
        return []
    crossed = set()
    for community in known.communities:
        shape = community.outline
        for grid in solved.grids:
            common = float(shape.intersection(grid.outline).area) if shape.intersects(grid.outline) else 0.0
            if 0.02 * grid.outline.area < common < 0.98 * grid.outline.area:
                crossed.add(community.name)
                break
    return sorted(crossed)


def _failed(actor: Actor, number: int, why: str) -> None:
    GridPlan.objects.filter(district=actor.district, id=number, state=PlanState.COMPUTING.value).update(
        state=PlanState.FAILED.value, problem=why[:300]
    )
