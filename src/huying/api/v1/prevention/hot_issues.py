"""热点问题: what many say of one place, with its heat; dismissed, merged, split."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import CaseShort
from huying.prevent.hot_issues.actions import dismiss, merge, reopen, split
from huying.prevent.hot_issues.queries import IssueLine, IssuesWanted, IssueWhole, issue_for, issues_for
from huying.prevent.hot_issues.rules.states import IssueState

router = Router(tags=["热点问题"])
Line = told(IssueLine)
Whole = told(IssueWhole, without=("cases",), cases=(list[CaseShort], Field(description="看得到的案件")))


class Asked(Turn):
    """Which issues."""

    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    days: int = Field(30, ge=1, le=366, description="最近几天")
    state: Annotated[IssueState, listed_as(IssueState)] = Field(IssueState.OPEN, description="状态")


class HotIssueWhy(Body):
    """Why."""

    reason: str = Field(min_length=1, max_length=300, examples=["是两件事"])


class Merged(HotIssueWhy):
    """Into which issue."""

    into: int = Field(ge=1, lt=2**63, description="并入哪个热点", examples=[7])


class Split(HotIssueWhy):
    """Which cases are something else."""

    cases: list[int] = Field(
        min_length=1, max_length=200, description="拆出的案件（编号后九位）", examples=[[12345]]
    )


class HotIssueMade(Schema):
    """The issue that was made."""

    id: int


@router.get("/hot-issues", response=page_of("issues", Line), summary="热点问题")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """The hottest first."""
    must(request.actor, Permission.INSIGHT_READ)
    rows = issues_for(request.actor, IssuesWanted(asked.area, asked.days, asked.state), request.now)
    page, after = cut(rows, asked, lambda row: row.id)
    return {"issues": page, "after": after}


@router.get("/hot-issues/{number}", response=Whole, summary="一个热点")
def one(request: AskedRequest, number: int, cases_after: Annotated[str, Query(max_length=200)] = "") -> Any:
    """An issue with its heat and its cases; ``after`` goes on with the cases as ``cases_after``."""
    must(request.actor, Permission.INSIGHT_READ)
    return issue_for(request.actor, known(number), request.now, cases_after)


@router.post("/hot-issues/{number}/dismiss", response=Whole, summary="不是热点")
def dismissed(request: AskedRequest, number: int, given: HotIssueWhy) -> Any:
    """Say that it is none, with the reason."""
    must(request.actor, Permission.CASE_MERGE)
    dismiss(request.actor, known(number), given.reason, request.now)
    return issue_for(request.actor, number, request.now)


@router.post("/hot-issues/{number}/reopen", response=Whole, summary="恢复热点")
def reopened(request: AskedRequest, number: int) -> Any:
    """Take a dismissal back."""
    must(request.actor, Permission.CASE_MERGE)
    reopen(request.actor, known(number), request.now)
    return issue_for(request.actor, number, request.now)


@router.post("/hot-issues/{number}/merge", response=Whole, summary="并入另一个热点")
def merged(request: AskedRequest, number: int, given: Merged) -> Any:
    """Two issues are one; the answer is the one that stays."""
    must(request.actor, Permission.CASE_MERGE)
    merge(request.actor, known(number), given.into, given.reason, request.now)
    return issue_for(request.actor, given.into, request.now)


@router.post("/hot-issues/{number}/split", response={201: HotIssueMade}, summary="拆出另一个热点")
def parted(request: AskedRequest, number: int, given: Split) -> Any:
    """Some of its cases are something else."""
    must(request.actor, Permission.CASE_MERGE)
    return Status(201, {"id": split(request.actor, known(number), given.cases, given.reason, request.now)})
