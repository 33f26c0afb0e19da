"""走访: the visits of a day, missed ones, one of them with its form, what came of it; great changes, arrangements."""

from datetime import date
from typing import Annotated, Any

from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import SomeDay, before, known, last_of
from huying.api.v1.homes.persons import PRIVATE, Line, WholeTold
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.visits.actions import (
    NewNeed,
    NewRecord,
    add_visit,
    arrange,
    note_change,
    record,
    see_missed,
    see_visits,
    see_whole_person,
)
from huying.visits.queries import Sought, VisitLine, VisitWhole, visit_for
from huying.visits.rules.checklists import Question
from huying.visits.rules.kinds import Slot, Upheaval, VisitOutcome

router = Router(tags=["走访"])
Visit = told(
    VisitLine,
    "HomeVisit",
    without=("person",),
    person=(Line | None, Field(description="遮盖后的本人")),
)
Asking = told(Question, "VisitQuestion")
Whole = told(
    VisitWhole,
    "HomeVisitWhole",
    without=("line", "questions"),
    line=(Visit, Field(description="这次走访")),
    questions=(list[Asking], Field(description="这次要问的")),  # type: ignore[valid-type]
)
P = Permission


class Asked(Turn):
    """Which visits."""

    day: SomeDay | None = Field(None, description="哪天，空为今天")
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    worker: int | None = Field(None, ge=1, lt=2**63, description="走访人")


class AskedMissed(Turn):
    """Missed ones of which area."""

    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")


class NeedGiven(Body):
    """What somebody needs."""

    words: str = Field(min_length=2, max_length=1000, examples=["厕所扶手松了，想请人修"])
    item: str = Field("", max_length=32, description="事项代码，空由中心判断")
    call_back: bool = Field(False, description="本人同意把姓名、电话、房号给办理单位回电")


class RecordGiven(Body):
    """What came of going there."""

    outcome: Annotated[VisitOutcome, listed_as(VisitOutcome)] = Field(description="见到了吗")
    key: str = Field(
        min_length=8,
        max_length=80,
        description="这张表自己的编号，重发不会记两次",
        examples=["2026-03-02-a1"],
    )
    answers: dict[str, str] = Field(
        default_factory=dict,
        description="问题代码到回答；是或否填 yes、no",
        examples=[{"well": "好", "food": "no", "gas": "no"}],
    )
    words: str = Field("", max_length=1000, description="还看到什么")
    needs: list[NeedGiven] = Field(default_factory=list, max_length=5, description="发现的需求，各成一件诉求")


class RecordMade(Schema):
    """What it became."""

    id: int = Field(examples=[1])
    done: bool = Field(description="算走访过了；没见到人的还要再去")
    receipts: list[str] = Field(description="需求的回执号")
    alarms: list[str] = Field(description="要人帮忙的回答")


class ChangeGiven(Body):
    """A great change."""

    kind: Annotated[Upheaval, listed_as(Upheaval)] = Field(description="发生了什么")
    words: str = Field("", max_length=500, description="情况")


class ChangeMade(Schema):
    """The visit that follows."""

    visit: int | None = Field(description="随后的走访，空为这个等级不另加")


class VisitArrangementGiven(Body):
    """What was agreed."""

    weekdays: list[Annotated[int, Field(ge=0, le=6)]] = Field(
        default_factory=list, max_length=7, description="哪几天方便，0 是周一；空为都行"
    )
    slot: Annotated[Slot, listed_as(Slot)] = Field(Slot.ANY, description="什么时候方便")
    worker: int | None = Field(None, ge=1, lt=2**63, description="固定谁去")


class DayGiven(Body):
    """A day."""

    day: SomeDay = Field(description="哪天去")


class VisitMade(Schema):
    """Its number."""

    id: int = Field(examples=[1])


@router.get("/visits", response=page_of("visits", Visit), summary="走访")
@mannered(PRIVATE)
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """The visits of a day within the key's area, at most 500; persons are masked."""
    must(request.actor, P.VISIT_READ)
    day: date = asked.day or timezone.localdate(request.now)
    found = see_visits(request.actor, Sought(day, asked.area, asked.worker), request.now, 500)
    rows, after = cut(found, asked, lambda row: row.id)
    return {"visits": rows, "after": after}


@router.get("/visits/missed", response=page_of("visits", Visit), summary="逾期未走访")
@mannered(PRIVATE)
def missed(request: AskedRequest, asked: Annotated[AskedMissed, Query()]) -> dict[str, Any]:
    """Past due and still open, with who was told last."""
    must(request.actor, P.VISIT_READ)
    rows = see_missed(request.actor, asked.area, request.now, before(asked) or 0, asked.limit)
    return {"visits": rows, "after": last_of(rows, asked)}


@router.get("/visits/{number}", response=Whole, summary="一次走访")
@mannered(PRIVATE)
def one(request: AskedRequest, number: int) -> VisitWhole:
    """One visit with its questions, and what was said."""
    must(request.actor, P.VISIT_READ)
    return visit_for(request.actor, known(number), request.now)


@router.post("/visits/{number}/person", response=WholeTold, summary="被走访人的姓名电话")
@mannered(PRIVATE)
def person(request: AskedRequest, number: int) -> dict[str, Any]:
    """Name, telephone and whom to call of who is to be visited; written down with the visit."""
    must(request.actor, P.VISIT_DO)
    seen = see_whole_person(request.actor, known(number), request.now)
    return {
        "name": seen.name, "phone": seen.phone, "id_number": seen.id_number, "note": seen.note,
        "contacts": [list(one) for one in seen.contacts],
    }  # fmt: skip


@router.post("/visits/{number}/records", response={201: RecordMade, 409: Problem}, summary="登记走访")
@mannered(PRIVATE)
def recorded(request: AskedRequest, number: int, given: RecordGiven) -> Status[dict[str, Any]]:
    """What came of going there; each need becomes a case with its receipt."""
    must(request.actor, P.VISIT_DO)
    needs = [NewNeed(one.words, one.item, one.call_back) for one in given.needs]
    new = NewRecord(given.outcome, given.key, given.answers, given.words, needs)
    made = record(request.actor, known(number), new, request.now)
    return Status(
        201, {"id": made.id, "done": made.done, "receipts": list(made.receipts), "alarms": list(made.alarms)}
    )


@router.post("/residents/{number}/changes", response={201: ChangeMade}, summary="登记重大变故")
@mannered(PRIVATE)
def changed(request: AskedRequest, number: int, given: ChangeGiven) -> Status[dict[str, int | None]]:
    """Something great happened: somebody looks in within the hours of the person's level."""
    must(request.actor, P.VISIT_DO, P.VISIT_PLAN)
    return Status(
        201, {"visit": note_change(request.actor, known(number), given.kind, given.words, request.now)}
    )


@router.put("/residents/{number}/arrangement", response={204: None}, summary="走访约定")
def arranged(request: AskedRequest, number: int, given: VisitArrangementGiven) -> Status[None]:
    """When somebody likes to be visited and by whom; it holds from the next plan on."""
    must(request.actor, P.VISIT_DO, P.VISIT_PLAN)
    arrange(request.actor, known(number), given.weekdays, given.slot, given.worker, request.now)
    return Status(204, None)


@router.post("/residents/{number}/visits", response={201: VisitMade}, summary="加一次走访")
def added(request: AskedRequest, number: int, given: DayGiven) -> Status[dict[str, int]]:
    """A visit beside the plan."""
    must(request.actor, P.VISIT_DO, P.VISIT_PLAN)
    return Status(201, {"id": add_visit(request.actor, known(number), given.day, request.now)})
