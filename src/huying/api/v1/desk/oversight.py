"""监管: supervision, interviews, disputes, delays, calls 呼叫, promises, gauges, what is latest."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Turn, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.v1.asking import before, last_of
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import CaseShort
from huying.cases.queries.desks.calls import CallLine, calls_for
from huying.cases.queries.desks.interviews import InterviewLine, interviews_for
from huying.cases.queries.desks.promises import (
    PromiseFilter,
    PromiseKind,
    PromiseLine,
    PromiseState,
    promises_for,
)
from huying.cases.queries.desks.supervisions import SupervisionLine, supervisions_for
from huying.cases.queries.desks.waiting import DelayLine, DisputeLine, delays_for, disputes_for
from huying.loop.supervise.queries import oversight_for, worst_for
from huying.loop.supervise.queries.late import Late as LateLine
from huying.loop.supervise.rules.cuts import Cut

router = Router(tags=["监管"])
_CASE = (CaseShort, Field(description="案件"))


def _beside(kind: type, name: str) -> Any:
    return told(kind, name, without=("line",), line=_CASE)


Supervision, Interview = _beside(SupervisionLine, "Supervision"), _beside(InterviewLine, "Interview")
Dispute, Delay = _beside(DisputeLine, "Dispute"), _beside(DelayLine, "Delay")
Call, Promise, Late = _beside(CallLine, "Call"), _beside(PromiseLine, "Promise"), _beside(LateLine, "Late")


class Where(Turn):
    """Where."""

    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")


class Waiting(Where):
    """Whether it still waits."""

    open: bool = Field(True, description="真：还在等；假：已了结")


class Promised(Where):
    """Which promises."""

    state: Annotated[PromiseState, listed_as(PromiseState)] = Field(PromiseState.OPEN, description="状态")
    kind: Annotated[PromiseKind, listed_as(PromiseKind)] | None = None
    body: int | None = Field(None, ge=1, lt=2**63)


class Gauged(Schema):
    """Whose gauges."""

    by: Annotated[Cut, listed_as(Cut)] = Field(Cut.BODY, description="按什么分")
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")


class GaugeRow(Schema):
    """One row of the board."""

    key: str = Field(examples=["12"])
    name: str = Field(examples=["城市管理局"])
    gauges: dict[str, int] = Field(examples=[{"open": 120, "late": 3}])


class GaugeBoard(Schema):
    """How things stand now."""

    total: GaugeRow
    rows: list[GaugeRow]


@router.get("/oversight", response=GaugeBoard, summary="运行态势")
def gauges(request: AskedRequest, asked: Annotated[Gauged, Query()]) -> dict[str, Any]:
    """How many are open, near their limit, late, waiting, by unit or area."""
    must(request.actor, Permission.BOARD_READ)
    found = oversight_for(request.actor, asked.by, asked.area)
    return {"total": _row(found.total), "rows": [_row(row) for row in found.rows]}


@router.get("/late", response=page_of("late", Late), summary="逾期最久的")
def late(request: AskedRequest, asked: Annotated[Where, Query()]) -> dict[str, Any]:
    """The cases that are late, the longest first."""
    must(request.actor, Permission.BOARD_READ)
    page = worst_for(request.actor, request.now, area=asked.area, after=asked.after, limit=asked.limit)
    return {"late": page.cases, "after": page.after}


@router.get("/supervisions", response=page_of("supervisions", Supervision), summary="督办单")
def supervisions(request: AskedRequest, asked: Annotated[Waiting, Query()]) -> dict[str, Any]:
    """Demands of supervision, answered or not; lifting one is the step ``lift``."""
    must(request.actor, Permission.BOARD_READ)
    rows = supervisions_for(
        request.actor,
        request.now,
        waiting=asked.open,
        area=asked.area,
        before=before(asked) or 0,
        limit=asked.limit,
    )
    return {"supervisions": rows, "after": last_of(rows, asked)}


@router.get("/interviews", response=page_of("interviews", Interview), summary="约谈")
def interviews(request: AskedRequest, asked: Annotated[Where, Query()]) -> dict[str, Any]:
    """Leaders' interviews with what was to be put right."""
    must(request.actor, Permission.BOARD_READ)
    rows = interviews_for(
        request.actor, request.now, area=asked.area, before=before(asked) or 0, limit=asked.limit
    )
    return {"interviews": rows, "after": last_of(rows, asked)}


@router.get("/disputes", response=page_of("disputes", Dispute), summary="待裁定的争议")
def disputes(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Objections that wait for a ruling; the ruling is the step ``rule``."""
    must(request.actor, Permission.DISPUTE_RULE)
    rows = disputes_for(request.actor, request.now, before(turn) or 0, turn.limit)
    return {"disputes": rows, "after": last_of(rows, turn)}


@router.get("/delays", response=page_of("delays", Delay), summary="待批的延期和挂账")
def delays(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Extensions and suspensions asked for; deciding them are steps of the case."""
    must(request.actor, Permission.DELAY_APPROVE, Permission.DELAY_RECOMMEND)
    rows = delays_for(request.actor, request.now, before(turn) or 0, turn.limit)
    return {"delays": rows, "after": last_of(rows, turn)}


@router.get("/calls", response=page_of("calls", Call), summary="呼叫")
def calls(request: AskedRequest, asked: Annotated[Waiting, Query()]) -> dict[str, Any]:
    """Bodies called to a spot: who answered and stood there; calling is the step ``call``."""
    must(request.actor, Permission.CASE_READ)
    rows = calls_for(
        request.actor,
        request.now,
        under_way=asked.open,
        area=asked.area,
        before=before(asked) or 0,
        limit=asked.limit,
    )
    return {"calls": rows, "after": last_of(rows, asked)}


@router.get("/promises", response=page_of("promises", Promise), summary="承诺")
def promises(request: AskedRequest, asked: Annotated[Promised, Query()]) -> dict[str, Any]:
    """What was promised to callers: kept, broken, still to come."""
    must(request.actor, Permission.CASE_READ)
    wanted = PromiseFilter(asked.state, asked.area, asked.body, asked.kind)
    rows, after = promises_for(request.actor, request.now, wanted, asked.after, asked.limit)
    return {"promises": rows, "after": after}


def _row(row: Any) -> dict[str, Any]:
    return {
        "key": row.key, "name": row.name, "gauges": {str(name): value for name, value in row.gauges.items()}
    }  # fmt: skip
