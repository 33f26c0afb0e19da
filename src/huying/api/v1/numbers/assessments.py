"""考核: rankings, matters scored, exemptions, periods closed, ratings."""

from datetime import date
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import before, known, last_of, own_case
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.numbers.boards import values_of
from huying.api.v1.shapes import CaseShort
from huying.figures.actions import (
    NewExemption,
    NewRating,
    ask_exemption,
    close_period,
    decide_exemption,
    rate,
    reopen_period,
)
from huying.figures.queries import (
    ClosedInfo,
    closing_for,
    exemption_for,
    exemptions_for,
    matters_for,
    periods_for,
    ranking_for,
    ratings_for,
)
from huying.figures.queries.exemptions import ExemptionInfo, Wanted
from huying.figures.queries.matters import MattersWanted, ScoredCase
from huying.figures.queries.ratings import RatingInfo
from huying.figures.rules.exempting import Decision, Ground
from huying.figures.rules.periods import Period
from huying.figures.rules.ranking import Ranked

router = Router(tags=["考核"])
_CASE = (CaseShort | None, Field(description="案件；看不到的为 null"))
Exemption = told(ExemptionInfo, without=("line",), line=_CASE)
Closing, Rating = told(ClosedInfo), told(RatingInfo)
Matter = told(ScoredCase, without=("line",), line=_CASE)


class Ranks(Schema):
    """A ranking of a period."""

    kind: Annotated[Ranked, listed_as(Ranked)] = Field(Ranked.DEPARTMENTS, description="排什么")
    first: date = Field(examples=["2026-02-01"])
    last: date = Field(examples=["2026-02-28"])
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")


class RankRow(Schema):
    """One who is ranked."""

    key: str = Field(examples=["12"])
    name: str = Field(examples=["城市管理局"])
    rank: int | None = Field(description="名次；不足最低件数的为 null", examples=[3])
    figures: dict[str, float | None] = Field(examples=[{"score": 96.5}])
    counts: dict[str, int] = Field(examples=[{"closed": 298}])


class RankPage(Schema):
    """All who are ranked, the first first."""

    rows: list[RankRow]
    least: int = Field(description="至少几件才排名", examples=[5])
    closed: Closing | None = Field(description="按哪次封账；未封账为 null")  # type: ignore[valid-type]


class ExemptionsAsked(Turn):
    """Which exemptions."""

    state: Annotated[Decision, listed_as(Decision)] | None = None
    ground: Annotated[Ground, listed_as(Ground)] | None = None
    body: int | None = Field(None, ge=1, lt=2**63)


class ExemptionGiven(Body):
    """免责申请."""

    case: str = Field(max_length=20, examples=["440310-000012345"])
    body: int = Field(ge=1, lt=2**63, examples=[12])
    measure: str = Field("", max_length=40, description="哪个计数；空为整件", examples=["handle_late"])
    ground: Annotated[Ground, listed_as(Ground)] = Field(description="理由")
    words: str = Field(min_length=1, max_length=500, examples=["台风期间无法施工"])


class Decided(Body):
    """同意与否."""

    granted: bool
    reason: str = Field(min_length=1, max_length=500, examples=["情况属实"])


class MattersAsked(Turn):
    """Which scored matters."""

    since: date | None = None
    until: date | None = None
    body: int | None = Field(None, ge=1, lt=2**63)
    item: str = Field("", max_length=32)
    area: str = Field("", max_length=15, pattern=r"^\d*$")


class Month(Body):
    """A period to close."""

    first: date = Field(examples=["2026-02-01"])
    last: date = Field(examples=["2026-02-28"])


class AssessmentWhy(Body):
    """Why."""

    reason: str = Field(min_length=5, max_length=300, examples=["漏计一件免责"])


class Rated(Body):
    """What a street thinks of a department's work in a month."""

    street: str = Field(max_length=9, pattern=r"^\d{9}$", examples=["440310001"])
    body: int = Field(ge=1, lt=2**63, examples=[12])
    first: date = Field(examples=["2026-02-01"])
    last: date = Field(examples=["2026-02-28"])
    stars: int = Field(ge=1, le=5, examples=[4])
    words: str = Field("", max_length=300, examples=["到场及时"])


@router.get("/rankings", response=RankPage, summary="排名")
def rankings(request: AskedRequest, asked: Annotated[Ranks, Query()]) -> dict[str, Any]:
    """The ranking of a period; of one that was closed as it was closed."""
    must(request.actor, Permission.FIGURE_READ)
    found = ranking_for(
        request.actor, Period(asked.first, asked.last), asked.kind, request.now, area=asked.area
    )
    rows = [
        {"key": row.key, "name": row.named.name, "rank": row.rank, "figures": values_of(row.figures),
         "counts": {str(name): count for name, count in row.counts.items()}}
        for row in found.rows
    ]  # fmt: skip
    return {"rows": rows, "least": found.least, "closed": found.closed}


@router.get("/matters", response=page_of("matters", Matter), summary="案件评分")
def matters(request: AskedRequest, asked: Annotated[MattersAsked, Query()]) -> dict[str, Any]:
    """Scored matters, the worst first, with what each lost points for."""
    must(request.actor, Permission.FIGURE_READ)
    wanted = MattersWanted(asked.since, asked.until, asked.body, asked.item, asked.area)
    rows, after = matters_for(request.actor, wanted, request.now, asked.after, asked.limit)
    return {"matters": rows, "after": after}


@router.get("/exemptions", response=page_of("exemptions", Exemption), summary="免责申请")
def exemptions(request: AskedRequest, asked: Annotated[ExemptionsAsked, Query()]) -> dict[str, Any]:
    """The newest first."""
    must(request.actor, Permission.FIGURE_READ)
    wanted = Wanted(state=asked.state, body_id=asked.body, ground=asked.ground)
    rows = exemptions_for(request.actor, wanted, request.now, before(asked), asked.limit)
    return {"exemptions": rows, "after": last_of(rows, asked)}


@router.get("/exemptions/{number}", response=Exemption, summary="一份免责申请")
def exemption(request: AskedRequest, number: int) -> ExemptionInfo:
    """One application with its decision."""
    must(request.actor, Permission.FIGURE_READ)
    return exemption_for(request.actor, known(number), request.now)


@router.post("/exemptions", response={201: Exemption}, summary="申请免责")
def asked(request: AskedRequest, given: ExemptionGiven) -> Status[ExemptionInfo]:
    """Ask that a case, or one count of it, be left out of the assessment."""
    must(request.actor, Permission.EXEMPTION_ASK)
    case_id = own_case(request, given.case)[1]
    new = NewExemption(case_id, given.body, given.measure, given.ground, given.words)
    return Status(
        201, exemption_for(request.actor, ask_exemption(request.actor, new, request.now), request.now)
    )


@router.post("/exemptions/{number}/decide", response=Exemption, summary="审定免责")
def decided(request: AskedRequest, number: int, given: Decided) -> ExemptionInfo:
    """Grant or refuse, with the reason."""
    must(request.actor, Permission.EXEMPTION_DECIDE)
    decide_exemption(request.actor, known(number), given.granted, given.reason, request.now)
    return exemption_for(request.actor, number, request.now)


@router.get("/periods", response=page_of("closings", Closing), summary="考核期封账")
def periods(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Every closing of the last years, the newest period first."""
    must(request.actor, Permission.FIGURE_READ)
    found = [closing for one in periods_for(request.actor, request.now) for closing in one.closings]
    rows, after = cut(found, turn, lambda row: row.id)
    return {"closings": rows, "after": after}


@router.get("/periods/{number}", response=Closing, summary="一次封账")
def period(request: AskedRequest, number: int) -> ClosedInfo:
    """One closing with its digest."""
    must(request.actor, Permission.FIGURE_READ)
    return closing_for(request.actor, known(number))


@router.post("/periods", response={201: Closing}, summary="封账")
def closed(request: AskedRequest, given: Month) -> Status[ClosedInfo]:
    """Close a period: its ranking stays as it is now."""
    must(request.actor, Permission.PERIOD_CLOSE)
    number = close_period(request.actor, Period(given.first, given.last), request.now)
    return Status(201, closing_for(request.actor, number))


@router.post("/periods/{number}/reopen", response=Closing, summary="撤销封账")
def reopened(request: AskedRequest, number: int, given: AssessmentWhy) -> ClosedInfo:
    """Let a closing hold no more, with the reason."""
    must(request.actor, Permission.PERIOD_CLOSE)
    reopen_period(request.actor, known(number), given.reason, request.now)
    return closing_for(request.actor, number)


@router.get("/ratings", response=page_of("ratings", Rating), summary="街道评部门")
def ratings(
    request: AskedRequest, turn: Annotated[Turn, Query()],
    first: Annotated[date, Query(examples=["2026-02-01"])], last: Annotated[date, Query(examples=["2026-02-28"])],
) -> dict[str, Any]:  # fmt: skip
    """What streets gave departments in a period."""
    must(request.actor, Permission.FIGURE_READ)
    found = ratings_for(request.actor, Period(first, last))
    rows, after = cut(found, turn, lambda row: f"{row.street}-{row.body_id}")
    return {"ratings": rows, "after": after}


@router.post("/ratings", response={201: Rated}, summary="街道评部门打分")
def rated(request: AskedRequest, given: Rated) -> Status[Rated]:
    """Give stars; given again they replace the former."""
    must(request.actor, Permission.DEPARTMENT_RATE)
    period = Period(given.first, given.last)
    rate(request.actor, NewRating(given.street, given.body, period, given.stars, given.words), request.now)
    return Status(201, given)
