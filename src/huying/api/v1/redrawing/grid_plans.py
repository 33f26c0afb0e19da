"""网格调整方案: grids drawn for even work, compared with today's, published as versions from a day on."""

from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.longwork.works import spoken
from huying.api.v1.redrawing.plan_shapes import (
    GridPlanLine,
    NewGridPlan,
    PlanGridLine,
    PlanGridShape,
    PlanPublished,
)
from huying.api.v1.shapes import Problem
from huying.gridding.actions import ask_plan, drop_plan, publish_plan, redraw_plan, withdraw_plan
from huying.gridding.queries import PlanInfo, grids_of, plan_features, plan_for, plans_for, today_count
from huying.gridding.rules.weighing import Weights
from huying.gridding.rules.wishes import Wishes

router = Router(tags=["网格调整方案"])
_REFUSED: Any = {200: GridPlanLine, 409: Problem}


@router.get("/grid-plans", response=page_of("grid_plans", GridPlanLine), summary="网格调整方案")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The newest plans within the key's areas, at most 100."""
    must(request.actor, Permission.AREA_EDIT)
    rows, after = cut(plans_for(request.actor), turn, lambda row: row.id)
    return {"grid_plans": [_line(row) for row in rows], "after": after}


@router.post("/grid-plans", response={201: GridPlanLine}, summary="做一个网格调整方案")
def made(request: AskedRequest, given: NewGridPlan) -> Status[dict[str, Any]]:
    """Ask for a plan; it is drawn behind, look again until ``state`` is ``ready``. The same ``key`` is the same plan."""
    must(request.actor, Permission.AREA_EDIT)
    wishes = Wishes(
        given.name, given.scope, given.grids or today_count(request.actor, given.scope), given.within,
        Weights(**given.weights.dict()) if given.weights else Weights(), given.tolerance, given.keep, given.days,
    )  # fmt: skip
    number = ask_plan(request.actor, wishes, UUID(str(given.key)), request.now, language=spoken(request))
    return Status(201, _one(request, number))


@router.get("/grid-plans/{number}", response=GridPlanLine, summary="一个网格调整方案")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """Its wishes, its figures beside today's, and where it stands."""
    must(request.actor, Permission.AREA_EDIT)
    return _one(request, number)


@router.get(
    "/grid-plans/{number}/grids", response=page_of("grids", PlanGridLine), summary="方案里的网格和谁会变"
)
def grids(request: AskedRequest, number: int, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Every grid before and after, with the homes that come and go; then those that end."""
    must(request.actor, Permission.AREA_EDIT)
    rows, after = cut(grids_of(request.actor, known(number)), turn, lambda row: row.number)
    return {"grids": rows, "after": after}


@router.get(
    "/grid-plans/{number}/outlines", response=page_of("grids", PlanGridShape), summary="方案里的网格边界"
)
def outlines(request: AskedRequest, number: int, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The grids as they would be put in force."""
    must(request.actor, Permission.AREA_EDIT)
    features = plan_features(request.actor, known(number))["features"]
    rows, after = cut(features, turn, lambda row: row["id"])
    return {"grids": [row["properties"] | {"geometry": row["geometry"]} for row in rows], "after": after}


@router.post("/grid-plans/{number}/publish", response=_REFUSED, summary="发布网格调整方案")
def published(request: AskedRequest, number: int, given: PlanPublished) -> dict[str, Any]:
    """Its grids hold from a day on: today at once, later days from midnight. Today's stay for what was before."""
    must(request.actor, Permission.AREA_EDIT)
    publish_plan(request.actor, known(number), given.day, given.reason, request.now)
    return _one(request, number)


@router.post("/grid-plans/{number}/withdraw", response=_REFUSED, summary="撤回发布")
def withdrawn(request: AskedRequest, number: int) -> dict[str, Any]:
    """Take back what was published, before its day; 409 once it holds."""
    must(request.actor, Permission.AREA_EDIT)
    withdraw_plan(request.actor, known(number), request.now)
    return _one(request, number)


@router.post("/grid-plans/{number}/drop", response=_REFUSED, summary="放弃网格调整方案")
def dropped(request: AskedRequest, number: int) -> dict[str, Any]:
    """Give it up; today's grids stay."""
    must(request.actor, Permission.AREA_EDIT)
    drop_plan(request.actor, known(number), request.now)
    return _one(request, number)


@router.post("/grid-plans/{number}/again", response=_REFUSED, summary="方案再算一次")
def again(request: AskedRequest, number: int) -> dict[str, Any]:
    """Ask once more for one that failed; 409 for any other."""
    must(request.actor, Permission.AREA_EDIT)
    redraw_plan(request.actor, known(number), request.now, language=spoken(request))
    return _one(request, number)


def _one(request: AskedRequest, number: int) -> dict[str, Any]:
    return _line(plan_for(request.actor, known(number)))


def _line(row: PlanInfo) -> dict[str, Any]:
    wishes = row.wishes
    told = {
        name: getattr(row, name)
        for name in PlanInfo.__dataclass_fields__
        if name in GridPlanLine.model_fields
    }
    return told | {
        "name": wishes.name, "scope": wishes.scope, "within": wishes.within, "grids": wishes.grids,
        "weights": wishes.weights.as_dict(), "tolerance": wishes.tolerance, "keep": wishes.keep, "days": wishes.days,
    }  # fmt: skip
