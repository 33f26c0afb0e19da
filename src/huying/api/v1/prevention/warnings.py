"""预警: rises beyond what is usual, each with its curve, place and cases; acknowledged, muted, concluded."""

from datetime import date
from typing import Annotated, Any

from ninja import Field, Query, Router

from huying.access.permissions import Permission
from huying.api.conduct import Turn, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import known, today
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.prevention.places import after_of, before_of
from huying.prevent.warnings.actions.deciding import acknowledge, mute, settle
from huying.prevent.warnings.queries.lists import (
    Wanted,
    WarningLine,
    WarningView,
    warning_for,
    warnings_for,
)
from huying.prevent.warnings.rules.kinds import Verdict, WarningState

router = Router(tags=["预警"])
Line, View = told(WarningLine), told(WarningView)


class Asked(Turn):
    """Which warnings."""

    state: Annotated[WarningState, listed_as(WarningState)] | None = Field(None, description="状态")
    item: str = Field("", max_length=32, description="事项代码前缀")
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")


class Acknowledged(Body):
    """知悉."""

    words: str = Field("", max_length=500, description="怎么办", examples=["已安排街道核实"])


class Muted(Body):
    """静音."""

    until: date = Field(description="到哪天，今天起半年以内", examples=["2026-03-31"])
    words: str = Field(min_length=1, max_length=500, examples=["施工期间，已告知周边居民"])


class WarningSettled(Body):
    """结论."""

    verdict: Annotated[Verdict, listed_as(Verdict)] = Field(description="真假")
    cause: str = Field(min_length=1, max_length=500, description="原因", examples=["雨水管网老化"])


@router.get("/warnings", response=page_of("warnings", Line), summary="预警列表")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """The newest first, of the key's area."""
    must(request.actor, Permission.INSIGHT_READ)
    wanted = Wanted(state=asked.state or "", item=asked.item, area=asked.area)
    rows = warnings_for(request.actor, wanted, before_of(asked), asked.limit)
    return {"warnings": rows, "after": after_of(rows, asked, lambda row: row.noticed_at)}


@router.get("/warnings/{number}", response=View, summary="一条预警")
def one(request: AskedRequest, number: int) -> WarningView:
    """A warning with its curve, its cases and what was like it."""
    must(request.actor, Permission.INSIGHT_READ)
    return warning_for(request.actor, known(number))


@router.post("/warnings/{number}/acknowledge", response=View, summary="知悉")
def acknowledged(request: AskedRequest, number: int, given: Acknowledged) -> WarningView:
    """Say that it is known and what is done."""
    must(request.actor, Permission.WARNING_DECIDE)
    acknowledge(request.actor, known(number), given.words, request.now)
    return warning_for(request.actor, number)


@router.post("/warnings/{number}/mute", response=View, summary="静音")
def muted(request: AskedRequest, number: int, given: Muted) -> WarningView:
    """Hear no more of it until a day."""
    must(request.actor, Permission.WARNING_DECIDE)
    mute(request.actor, known(number), given.until, given.words, today(request), request.now)
    return warning_for(request.actor, number)


@router.post("/warnings/{number}/settle", response=View, summary="下结论")
def settled(request: AskedRequest, number: int, given: WarningSettled) -> WarningView:
    """Say whether it was true and why; later warnings are measured by it."""
    must(request.actor, Permission.WARNING_DECIDE)
    settle(request.actor, known(number), given.verdict.value, given.cause, request.now)
    return warning_for(request.actor, number)
