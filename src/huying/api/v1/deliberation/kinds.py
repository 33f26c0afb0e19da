"""会议类型和表决方式: a district's own beside the starter's, added and ended."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.interface import AskedRequest, must
from huying.deliberation.actions.kinds import (
    NewDecisionKind,
    add_decision_kind,
    add_meeting_kind,
    end_kind,
    ensure_kinds,
)
from huying.deliberation.queries.kinds import DecisionKindRow, MeetingKindRow, decision_kinds, meeting_kinds

router = Router(tags=["会议和议事"])
MeetingKind = told(MeetingKindRow, "MeetingKind")
DecisionKind = told(
    DecisionKindRow, "DecisionKind", without=("rule",),
    quorum=(str, Field(description="参与比例", examples=["1/2"])),
    majority=(str, Field(description="同意比例", examples=["1/2"])),
    quorum_over=(bool, Field(description="参与须超过这个比例，不是达到")),
    majority_over=(bool, Field(description="同意须超过这个比例，不是达到")),
    by_area=(bool, Field(description="面积也要达到")),
)  # fmt: skip


class GivenMeetingKind(Body):
    """A kind of meeting."""

    name: str = Field(min_length=1, max_length=30, examples=["楼栋恳谈会"])


class GivenDecisionKind(Body):
    """A kind of decision; shares as the law writes them."""

    name: str = Field(min_length=1, max_length=40, examples=["村民代表会议"])
    quorum: str = Field("1/2", max_length=9, description="参与比例", examples=["2/3"])
    quorum_over: bool = Field(False, description="参与须超过这个比例（过半数）")
    majority: str = Field("1/2", max_length=9, description="同意比例", examples=["1/2"])
    majority_over: bool = Field(True, description="同意须超过这个比例")
    by_area: bool = Field(False, description="面积也要达到")
    basis: str = Field(
        min_length=1, max_length=200, description="依据", examples=["《村民委员会组织法》第二十八条"]
    )


class KindNumber(Schema):
    """Which kind it is."""

    id: int


@router.get("/meeting-kinds", response=page_of("kinds", MeetingKind), summary="会议类型")
def of_meetings(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The kinds of meetings in use; a district that has none yet begins with the platform's."""
    must(request.actor, Permission.DELIBERATION_READ)
    ensure_kinds(request.actor.district)
    rows, after = cut(meeting_kinds(request.actor.district), turn, lambda row: row.id)
    return {"kinds": rows, "after": after}


@router.post("/meeting-kinds", response={201: KindNumber}, summary="新增会议类型")
def meeting_added(request: AskedRequest, given: GivenMeetingKind) -> Status[dict[str, int]]:
    """A kind of meeting of the district's own; for who runs the whole district."""
    must(request.actor, Permission.DELIBERATION_RUN)
    return Status(201, {"id": add_meeting_kind(request.actor, given.name)})


@router.post("/meeting-kinds/{number}/end", response=KindNumber, summary="停用会议类型")
def meeting_ended(request: AskedRequest, number: int) -> dict[str, int]:
    """Use it for no new meeting."""
    must(request.actor, Permission.DELIBERATION_RUN)
    end_kind(request.actor, "meeting", known(number), request.now)
    return {"id": number}


@router.get("/decision-kinds", response=page_of("kinds", DecisionKind), summary="表决方式")
def of_decisions(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The kinds of decisions in use, with what each takes and where that is written."""
    must(request.actor, Permission.DELIBERATION_READ)
    ensure_kinds(request.actor.district)
    rows, after = cut(decision_kinds(request.actor.district), turn, lambda row: row.id)
    return {"kinds": [_told(row) for row in rows], "after": after}


@router.post("/decision-kinds", response={201: KindNumber}, summary="新增表决方式")
def decision_added(request: AskedRequest, given: GivenDecisionKind) -> Status[dict[str, int]]:
    """A kind of decision of the district's own; for who runs the whole district."""
    must(request.actor, Permission.DELIBERATION_RUN)
    return Status(201, {"id": add_decision_kind(request.actor, NewDecisionKind(**given.dict()))})


@router.post("/decision-kinds/{number}/end", response=KindNumber, summary="停用表决方式")
def decision_ended(request: AskedRequest, number: int) -> dict[str, int]:
    """Use it for no new proposal; votes under way keep their shares."""
    must(request.actor, Permission.DELIBERATION_RUN)
    end_kind(request.actor, "decision", known(number), request.now)
    return {"id": number}


def _told(row: DecisionKindRow) -> dict[str, Any]:
    rule = row.rule
    return {
        "id": row.id, "code": row.code, "name": row.name, "quorum": row.quorum, "majority": row.majority,
        "quorum_over": rule.quorum.over, "majority_over": rule.majority.over, "by_area": rule.by_area,
        "basis": row.basis,
    }  # fmt: skip
