"""信息有误: reports that an entry is wrong."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import before, known, last_of
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.services.near import Line
from huying.services.actions import report_entry, settle
from huying.services.queries import EntryReportInfo, facility_of, reports_for
from huying.services.rules.kinds import EntryFault, Settling

router = Router(tags=["身边服务"])
Report = told(
    EntryReportInfo, "EntryReport", without=("facility",), facility=(Line, Field(description="哪一处"))
)


class Asked(Turn):
    """Which reports."""

    settled: bool = Field(False, description="要处理过的")


class ReportGiven(Body):
    """What is wrong."""

    fault: Annotated[EntryFault, listed_as(EntryFault)] = Field(description="哪里不对", examples=["hours"])
    words: str = Field("", max_length=300, description="怎么不对", examples=["现在八点才开门"])


class EntryReportMade(Schema):
    """The report that was kept."""

    id: int
    facility: int = Field(examples=[12])
    name: str = Field(examples=["春风路公厕"])


class SettlingGiven(Body):
    """What came of it."""

    settling: Annotated[Settling, listed_as(Settling)] = Field(description="怎么处理的", examples=["mended"])
    answer: str = Field("", max_length=200, examples=["时间已改"])


@router.get("/entry-reports", response=page_of("reports", Report), summary="信息有误的反映")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """Those about the entries the key keeps, the newest first."""
    must(request.actor, Permission.FACILITY_EDIT)
    rows = reports_for(request.actor, settled=asked.settled, before=before(asked), limit=asked.limit)
    return {"reports": rows, "after": last_of(rows, asked)}


@router.post("/facilities/{number}/reports", response={201: EntryReportMade}, summary="反映设施信息有误")
def reported(request: AskedRequest, number: int, given: ReportGiven) -> Status[dict[str, Any]]:
    """A task of the entry's keeper; the same said again while it waits is the same report."""
    must(request.actor, Permission.SERVICE_READ)
    row = facility_of(request.actor.district, known(number))
    made = report_entry(request.actor.district, row.id, given.fault, given.words, request.now)
    return Status(201, {"id": made, "facility": row.id, "name": row.name})


@router.post("/entry-reports/{number}/settle", response={204: None}, summary="处理信息有误的反映")
def settled(request: AskedRequest, number: int, given: SettlingGiven) -> Status[None]:
    """What came of it; 已撤下 takes the entry down."""
    must(request.actor, Permission.FACILITY_EDIT)
    settle(request.actor, known(number), given.settling, given.answer, request.now)
    return Status(204, None)
