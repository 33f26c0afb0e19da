"""核实核查: sending somebody to look, and what they saw."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import SomeMoment, before, known, last_of, own_case
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.patrol.actions import ask, change, withdraw
from huying.patrol.queries import CheckInfo, check_for, checks_for
from huying.patrol.rules.kinds import CheckKind

router = Router(tags=["巡查"])
Check = told(CheckInfo, "PatrolCheck", without=("case_id",))


class AskedChecks(Turn):
    """Which tasks."""

    open: bool = Field(False, description="只要等答复的")


class CheckGiven(Body):
    """What to look at, at the place of which case, until when."""

    case: str = Field(max_length=20, description="案件编号", examples=["440310-000012345"])
    kind: Annotated[CheckKind, listed_as(CheckKind)] = Field(description="类型", examples=["verify"])
    words: str = Field(min_length=2, max_length=500, description="看什么", examples=["井盖是不是还缺着"])
    due_at: SomeMoment = Field(description="时限")


class CheckChanged(Body):
    """What to look at, said anew."""

    words: str = Field(min_length=2, max_length=500, description="看什么", examples=["看东门的那一个"])
    due_at: SomeMoment = Field(description="时限")


@router.get("/patrol/checks", response=page_of("checks", Check), summary="核实核查任务")
def listed(request: AskedRequest, asked: Annotated[AskedChecks, Query()]) -> dict[str, Any]:
    """The tasks in the key's area, the newest first."""
    must(request.actor, Permission.PATROL_READ)
    rows = checks_for(request.actor, open_only=asked.open, before=before(asked), limit=asked.limit)
    return {"checks": rows, "after": last_of(rows, asked)}


@router.post("/patrol/checks", response={201: Check, 409: Problem}, summary="派核实核查任务")
def made(request: AskedRequest, given: CheckGiven) -> Status[CheckInfo]:
    """Send whoever works at the place of a case to look."""
    must(request.actor, Permission.PATROL_RUN)
    _district, case_id = own_case(request, given.case)
    number = ask(request.actor, case_id, given.kind, given.words, given.due_at, request.now)
    return Status(201, check_for(request.actor, number))


@router.get("/patrol/checks/{number}", response=Check, summary="一项核实核查任务")
def one(request: AskedRequest, number: int) -> CheckInfo:
    """One task, and what was seen."""
    must(request.actor, Permission.PATROL_READ)
    return check_for(request.actor, known(number))


@router.put("/patrol/checks/{number}", response={200: Check, 409: Problem}, summary="改核实核查任务")
def changed(request: AskedRequest, number: int, given: CheckChanged) -> CheckInfo:
    """Say anew what to look at; who was on the way sees both beside each other."""
    must(request.actor, Permission.PATROL_RUN)
    change(request.actor, known(number), given.words, given.due_at, request.now)
    return check_for(request.actor, number)


@router.post(
    "/patrol/checks/{number}/withdraw", response={200: Check, 409: Problem}, summary="撤回核实核查任务"
)
def withdrawn(request: AskedRequest, number: int) -> CheckInfo:
    """Nobody need look any more."""
    must(request.actor, Permission.PATROL_RUN)
    withdraw(request.actor, known(number), request.now)
    return check_for(request.actor, number)
