"""风险信号: danger heard in callers' words, judged by persons."""

from datetime import datetime, timedelta
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import CaseShort
from huying.prevent.risk.actions import judge, set_width
from huying.prevent.risk.queries import SignalInfo, signals_for, width_of
from huying.prevent.risk.rules.kinds import RiskKind, Verdict, Width

router = Router(tags=["风险信号"])
Line = told(SignalInfo, without=("line",), line=(CaseShort, Field(description="案件")))


class Asked(Turn):
    """Which signals."""

    kind: Annotated[RiskKind, listed_as(RiskKind)] | None = Field(None, description="种类")
    days: int = Field(7, ge=1, le=366, description="最近几天")


class Judged(Body):
    """Whether it was one."""

    verdict: Annotated[Verdict, listed_as(Verdict)] = Field(description="对不对")


class Heard(Body):
    """How much is heard."""

    width: Annotated[Width, listed_as(Width)] = Field(description="宁缺毋滥还是宁滥毋缺")


class RiskNoted(Schema):
    """What was written down."""

    id: int
    verdict: str = Field(examples=["right"])
    at: datetime


@router.get("/risks", response=page_of("risks", Line), summary="风险信号")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """The signals of the cases that may be seen, newest first."""
    must(request.actor, Permission.CASE_READ)
    since = request.now - timedelta(days=asked.days)
    rows, after = cut(signals_for(request.actor, request.now, since, asked.kind), asked, lambda row: row.id)
    return {"risks": rows, "after": after}


@router.post("/risks/{number}/verdict", response=RiskNoted, summary="判定信号")
def judged(request: AskedRequest, number: int, given: Judged) -> dict[str, Any]:
    """Say whether a signal was right."""
    must(request.actor, Permission.CASE_CORRECT)
    judge(request.actor, known(number), given.verdict, request.now)
    return {"id": number, "verdict": given.verdict.value, "at": request.now}


@router.get("/risks/width", response=Heard, summary="风险信号的宽严")
def width(request: AskedRequest) -> dict[str, Any]:
    """How much the district wants to hear."""
    must(request.actor, Permission.CASE_READ, Permission.CATALOGUE_EDIT)
    return {"width": width_of(request.actor.district)}


@router.put("/risks/width", response=Heard, summary="改风险信号的宽严")
def chosen(request: AskedRequest, given: Heard) -> dict[str, Any]:
    """Let the district hear more or less."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    set_width(request.actor, given.width, request.now)
    return {"width": given.width}
