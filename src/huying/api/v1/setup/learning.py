"""What the platform learned: precedents 裁定先例, corrections 事项更正."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.loop.allocate.actions.ruling import revoke_precedent
from huying.loop.allocate.actions.teaching import take_back, take_back_all
from huying.loop.allocate.queries.lessons import LessonInfo, lessons_for
from huying.loop.allocate.queries.precedents import PrecedentInfo, precedents_for

router = Router(tags=["学到的"])
Precedent, Lesson = told(PrecedentInfo, "Precedent"), told(LessonInfo, "Lesson")


class Asked(Turn):
    """Which."""

    item: str = Field("", max_length=32, description="事项代码")


class Corrected(Turn):
    """Whose."""

    account: int | None = Field(None, ge=1, lt=2**63, description="谁更正的")


class TakenBack(Body):
    """One lesson, or without it all of the account."""

    why: str = Field(min_length=1, max_length=200, examples=["误操作"])
    case: int | None = Field(None, ge=1, lt=2**63, description="案件（编号后九位）", examples=[12345])
    seq: int | None = Field(None, ge=1, lt=2**31, description="办理链第几条", examples=[3])
    account: int | None = Field(None, ge=1, lt=2**63, description="这个账号的全部", examples=[None])


class LearningCount(Schema):
    """How many."""

    count: int


@router.get("/precedents", response=page_of("precedents", Precedent), summary="裁定先例")
def precedents(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """Every ruling that binds, or did."""
    must(request.actor, Permission.CATALOGUE_READ)
    rows, after = cut(precedents_for(request.actor, asked.item or None), asked, lambda row: row.id)
    return {"precedents": rows, "after": after}


@router.post("/precedents/{number}/end", response=LearningCount, summary="停用先例")
def ended(request: AskedRequest, number: int) -> dict[str, int]:
    """Let a precedent bind no more."""
    must(request.actor, Permission.DISPUTE_RULE)
    revoke_precedent(known(number), by=request.actor, now=request.now)
    return {"count": 1}


@router.get("/corrections", response=page_of("corrections", Lesson), summary="事项更正")
def corrections(request: AskedRequest, asked: Annotated[Corrected, Query()]) -> dict[str, Any]:
    """Who decided which case to be what, from what guess."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    rows, after = cut(
        lessons_for(request.actor, asked.account), asked, lambda row: f"{row.case_id}-{row.seq}"
    )
    return {"corrections": rows, "after": after}


@router.post("/corrections/undo", response=LearningCount, summary="撤回更正")
def undone(request: AskedRequest, given: TakenBack) -> dict[str, int]:
    """Let lessons be as if they had never been."""
    must(request.actor, Permission.CATALOGUE_EDIT)
    if given.account is not None:
        return {"count": take_back_all(given.account, given.why, by=request.actor, now=request.now)}
    take_back(given.case or 0, given.seq or 0, given.why, by=request.actor, now=request.now)
    return {"count": 1}
