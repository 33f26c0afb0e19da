"""Coverage and plans: how much of an area was walked, where nobody was, how often it should be."""

from datetime import timedelta
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.asking import SomeDay, known, today
from huying.api.v1.interface import AskedRequest, must
from huying.kernel.errors import Invalid
from huying.patrol.actions import end_plan, put_plan
from huying.patrol.queries import (
    AreaCovered,
    CellInfo,
    PlanInfo,
    coverage_for,
    parts_covered,
    plans_for,
)
from huying.patrol.rules.planning import NewPlan

router = Router(tags=["巡查"])
Cell, Part, Plan = told(CellInfo, "PatrolCell"), told(AreaCovered, "PatrolPart"), told(PlanInfo, "PatrolPlan")
_LONGEST = timedelta(days=366)


class AskedCoverage(Schema):
    """Of which area, between which days, both included."""

    area: str = Field(
        min_length=6, max_length=15, pattern=r"^\d+$", description="区划代码", examples=["440310001"]
    )
    since: SomeDay | None = Field(None, description="自，不填为近 30 天")
    until: SomeDay | None = Field(None, description="至，不填为今天")


class CoverageTold(Schema):
    """How much was walked; the cells that nobody came through."""

    area: str = Field(examples=["440310001"])
    cells: int = Field(description="一共多少格")
    walked: int = Field(description="走到多少格")
    parts: list[Part] = Field(description="下一级各处，走得最少的在前")  # type: ignore[valid-type]
    never: list[Cell] = Field(description="没走到的格子，最多 2000 个")  # type: ignore[valid-type]


class PatrolPlanGiven(Body):
    """How often an area is to be walked."""

    area: str = Field(
        min_length=6, max_length=15, pattern=r"^\d+$", description="区划代码", examples=["440310001"]
    )
    name: str = Field(min_length=2, max_length=40, examples=["背街小巷日巡"])
    times: int = Field(ge=1, le=21, description="每周几次", examples=[5])
    minutes: int = Field(ge=1, le=600, description="每次至少几分钟", examples=[60])


@router.get("/patrol/coverage", response=CoverageTold, summary="巡查覆盖")
def coverage(request: AskedRequest, asked: Annotated[AskedCoverage, Query()]) -> dict[str, Any]:
    """By cells of the ground; they name nobody."""
    must(request.actor, Permission.PATROL_READ)
    until = asked.until or today(request)
    since = asked.since or until - timedelta(days=29)
    if not timedelta() <= until - since <= _LONGEST:
        raise Invalid(fields={"since": "起止日期不对，最长一年。"})
    found = coverage_for(request.actor, asked.area, since, until)
    never = [cell for cell in found.cells if not cell.tours]
    return {
        "area": found.area, "cells": len(found.cells), "walked": found.walked,
        "parts": parts_covered(request.actor, asked.area, since, until), "never": never[:2000],
    }  # fmt: skip


@router.get("/patrol/plans", response=page_of("plans", Plan), summary="巡查计划")
def plans(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The plans that hold in the key's area, and how often each was kept this week."""
    must(request.actor, Permission.PATROL_READ)
    rows, after = cut(plans_for(request.actor, request.now), turn, lambda row: row.id)
    return {"plans": rows, "after": after}


@router.post("/patrol/plans", response={201: Plan}, summary="定巡查计划")
def made(request: AskedRequest, given: PatrolPlanGiven) -> Status[PlanInfo]:
    """Let this hold for the area from now on, in place of what held."""
    must(request.actor, Permission.PATROL_RUN)
    new = NewPlan(area=given.area, name=given.name, times=given.times, minutes=given.minutes)
    number = put_plan(request.actor, new, request.now)
    return Status(201, next(row for row in plans_for(request.actor, request.now) if row.id == number))


@router.post("/patrol/plans/{number}/end", response={204: None}, summary="停止巡查计划")
def ended(request: AskedRequest, number: int) -> Status[None]:
    """It holds no longer."""
    must(request.actor, Permission.PATROL_RUN)
    end_plan(request.actor, known(number), request.now)
    return Status(204, None)
