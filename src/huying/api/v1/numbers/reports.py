"""报告: day, week and month reports listed, read, written anew, signed; streets' health."""

from datetime import date
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import SomeDay, before, known
from huying.api.v1.interface import AskedRequest, must
from huying.figures.rules.periods import Period
from huying.reports.actions.writing import write_anew
from huying.reports.queries.archive import ReportInfo, ReportLine, report_for, reports_for
from huying.reports.queries.health import Checkup as CheckupInfo
from huying.reports.queries.health import checkups_for
from huying.reports.rules.kinds import ReportKind

router = Router(tags=["报告"])
Line = told(ReportLine)
Whole = told(
    ReportInfo,
    without=("measures", "numbers", "text"),
    text=(dict[str, Any], Field(description="按语言的文字")),
)
Checkup = told(CheckupInfo)


class Asked(Turn):
    """Which reports."""

    kind: Annotated[ReportKind, listed_as(ReportKind)] | None = None
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码")
    signed: bool | None = Field(None, description="已签发的还是待签发的")
    day: date | None = Field(None, description="含这一天的")


class Anew(Body):
    """A report to be written anew."""

    kind: Annotated[ReportKind, listed_as(ReportKind)]
    area: str = Field(max_length=15, pattern=r"^\d{6,15}$", examples=["440310"])
    on: SomeDay = Field(description="含这一天的一期", examples=["2026-03-01"])


class ReportMade(Schema):
    """Which report it is."""

    id: int


@router.get("/reports", response=page_of("reports", Line), summary="报告列表")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """The newest first."""
    must(request.actor, Permission.REPORT_READ)
    rows, later = reports_for(
        request.actor, kind=asked.kind, area=asked.area, signed=asked.signed, before=before(asked), limit=asked.limit,
        day=asked.day,
    )  # fmt: skip
    return {"reports": rows, "after": str(later) if later else ""}


@router.get("/reports/{number}", response=Whole, summary="一份报告")
def one(request: AskedRequest, number: int) -> ReportInfo:
    """A report with its text."""
    must(request.actor, Permission.REPORT_READ)
    return report_for(request.actor, known(number))


@router.post("/reports", response={201: ReportMade}, summary="重新生成报告")
def anew(request: AskedRequest, given: Anew) -> Status[dict[str, int]]:
    """Write a report anew as its next version."""
    must(request.actor, Permission.REPORT_EDIT)
    return Status(201, {"id": write_anew(request.actor, given.kind, given.area, given.on, request.now)})


@router.get("/checkups", response=page_of("checkups", Checkup), summary="街道体检")
def checkups(
    request: AskedRequest, turn: Annotated[Turn, Query()],
    month: Annotated[str, Query(pattern=r"^20\d\d-(0[1-9]|1[0-2])$", examples=["2026-02"])],
) -> dict[str, Any]:  # fmt: skip
    """The health of every street in a month."""
    must(request.actor, Permission.REPORT_READ)
    found = checkups_for(request.actor, Period.month(int(month[:4]), int(month[5:])))
    rows, after = cut(found, turn, lambda row: row.area)
    return {"checkups": rows, "after": after}
