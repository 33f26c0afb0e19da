"""走访标准 of each level, and the checklist of each kind."""

from typing import Annotated, Any

from ninja import Field, Query, Router

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.kernel.errors import Invalid, NotFound
from huying.residents.rules.kinds import CareLevel
from huying.visits.actions import put_checklist, put_standard
from huying.visits.queries import ChecklistInfo, StandardInfo, checklists_for, standards_for
from huying.visits.rules.checklists import Question, parsed
from huying.visits.rules.standards import Standard

router = Router(tags=["走访"])
Held, Line = told(StandardInfo, "VisitStandard"), told(Question, "VisitQuestion")
Asking = told(
    ChecklistInfo,
    "VisitChecklist",
    without=("questions",),
    questions=(list[Line], Field(description="问题")),  # type: ignore[valid-type]
)
_COMMON = "common"


class StandardGiven(Body):
    """How often somebody of a level is visited."""

    every: int = Field(ge=1, le=366, description="最长隔几天", examples=[7])
    upheaval_hours: int = Field(ge=0, le=720, description="重大变故后几小时内，0 不另加", examples=[24])
    minutes: int = Field(ge=5, le=240, description="一次几分钟", examples=[30])
    community_hours: int = Field(ge=0, le=720, description="逾期几小时告诉社区", examples=[0])
    street_hours: int = Field(ge=0, le=1440, description="逾期几小时告诉街道", examples=[24])
    why: str = Field(min_length=1, max_length=200, description="为什么改", examples=["冬季加密"])


class ChecklistGiven(Body):
    """The questions of a kind, as an office types them."""

    questions: str = Field(
        min_length=1, max_length=4000, description="一行一个：问题 | 选项 | 选了哪个要登记需求 | 必答",
        examples=["最近有没有摔倒 | 是、否 | 是 | 必答"],
    )  # fmt: skip
    why: str = Field(min_length=1, max_length=200, description="为什么改", examples=["加问用火"])


@router.get("/visit-standards", response=page_of("standards", Held), summary="走访标准")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What holds for each level."""
    must(request.actor, Permission.VISIT_READ, Permission.VISIT_SET)
    rows, after = cut(standards_for(request.actor), turn, lambda row: row.standard.level.value)
    return {"standards": rows, "after": after}


@router.put("/visit-standards/{level}", response=Held, summary="改走访标准")
def changed(request: AskedRequest, level: str, given: StandardGiven) -> StandardInfo:
    """From now on this holds for the level, as a further version."""
    must(request.actor, Permission.VISIT_SET)
    if level not in set(CareLevel):
        raise NotFound
    wanted = CareLevel(level)
    standard = Standard(
        wanted, given.every, given.upheaval_hours, given.minutes, given.community_hours, given.street_hours
    )
    put_standard(request.actor, standard, given.why, request.now)
    return next(one for one in standards_for(request.actor) if one.standard.level is wanted)


@router.get("/visit-checklists", response=page_of("checklists", Asking), summary="走访表")
def lists(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What is asked of each kind; the first is asked of everybody."""
    must(request.actor, Permission.VISIT_READ, Permission.VISIT_SET)
    rows, after = cut(checklists_for(request.actor), turn, lambda row: row.kind)
    return {"checklists": rows, "after": after}


@router.put("/visit-checklists/{kind}", response={200: Asking}, summary="改走访表")
def asked(request: AskedRequest, kind: str, given: ChecklistGiven) -> ChecklistInfo:
    """From now on this is asked of the kind (``common``: of everybody), as a further version."""
    must(request.actor, Permission.VISIT_SET)
    wanted = "" if kind == _COMMON else kind
    if wanted not in {one.kind for one in checklists_for(request.actor)}:
        raise NotFound
    try:
        questions = parsed(given.questions)
    except ValueError as wrong:
        raise Invalid(fields={"questions": wrong.args[0]}) from wrong
    put_checklist(request.actor, wanted, questions, given.why, request.now)
    return next(one for one in checklists_for(request.actor) if one.kind == wanted)
