"""政策实验: a past month under other limits and other staffing."""

from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.members import Body
from huying.api.v1.asking import SomeDay, known
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.catalogue.rules.what_if import Stage
from huying.lab.channels import ask_run
from huying.lab.queries import RunInfo, run_for, runs_for
from huying.lab.rules.scenarios import LEAST_SHARE, MOST, MOST_SHARE, Scenario

router = Router(tags=["政策实验"])
Share = Annotated[int, Field(ge=LEAST_SHARE, le=MOST_SHARE)]


class ScenarioGiven(Body):
    """One way in which it might have been; 100 percent is as it was."""

    name: str = Field(min_length=1, max_length=40, examples=["处置时限缩短两成"])
    sign: Share = Field(100, description="签收时限的百分比")
    contact: Share = Field(100, description="首次联系时限的百分比")
    handle: Share = Field(100, description="处置时限的百分比", examples=[80])
    staff: Share = Field(100, description="人手的百分比")
    body: int | None = Field(None, ge=1, lt=2**63, description="哪个单位；空为全部")


class LabRunGiven(Body):
    """A month and what is tried on it."""

    month: SomeDay = Field(description="过完的月份的第一天", examples=["2026-02-01"])
    scenarios: list[ScenarioGiven] = Field(min_length=1, max_length=MOST)


class LabRun(Schema):
    """A run: who waits asks again after a second or two."""

    id: int
    state: str = Field(description="waiting、running、done、failed、cancelled", examples=["done"])
    month: date
    result: dict[str, Any] = Field(
        description="算好后：models 各单位模型和误差，scenarios 各方案的时限重算和人手预测", examples=[{}]
    )
    error: str = Field(examples=[""])
    self: str = Field(examples=["/api/v1/lab/runs/7"])


@router.post("/lab/runs", response={202: LabRun, 409: Problem}, summary="做一次政策实验")
def asked(request: AskedRequest, given: LabRunGiven) -> Status[dict[str, Any]]:
    """Ask for it; it is done behind the pages and cannot change anything. The same again is the same while it waits."""
    must(request.actor, Permission.LAB_RUN)
    scenarios = [
        Scenario(one.name, {stage: getattr(one, stage.value) for stage in Stage}, one.staff, one.body)
        for one in given.scenarios
    ]
    number = ask_run(request.actor, given.month, scenarios, request.now, timezone.localdate(request.now))
    return Status(202, _told(run_for(request.actor, number)))


@router.get("/lab/runs", response=page_of("runs", LabRun), summary="我的政策实验")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What this key tried, the newest first."""
    must(request.actor, Permission.LAB_RUN)
    rows, after = cut([_told(one) for one in runs_for(request.actor)], turn, lambda row: row["id"])
    return {"runs": rows, "after": after}


@router.get("/lab/runs/{number}", response=LabRun, summary="一次政策实验")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """How far it is, and what came of it."""
    must(request.actor, Permission.LAB_RUN)
    return _told(run_for(request.actor, known(number)))


def _told(run: RunInfo) -> dict[str, Any]:
    return {
        "id": run.id, "state": run.state.value, "month": run.month, "result": dict(run.result), "error": run.error,
        "self": f"/api/v1/lab/runs/{run.id}",
    }  # fmt: skip
