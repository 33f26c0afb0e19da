"""应急预案 and the skills they ask for: each kind with its rings, in versions."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, page_of
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.emergency.actions import end_plan, end_skill, make_plan, put_plan, put_skill, restore_plan
from huying.emergency.queries import plan_for, plans_of, skills_of, versions_of
from huying.emergency.queries.plans import VersionRow
from huying.emergency.rules.plans import Plan, Ring
from huying.kernel.errors import NotFound

router = Router(tags=["应急"])
Whole = told(Plan, "EmergencyPlan")
_PLAN: Any = (Whole, Field(description="这一版"))
Version = told(VersionRow, "EmergencyPlanVersion", without=("plan",), plan=_PLAN)
_READERS = (Permission.EMERGENCY_SET, Permission.EMERGENCY_READ, Permission.EMERGENCY_OPEN)


class GivenRing(Body):
    """One ring: the nearest ``most`` within ``metres``, then ``wait`` seconds."""

    metres: int = Field(ge=1, le=50_000, description="距离（米）", examples=[500])
    most: int = Field(ge=1, le=200, description="最多几人", examples=[6])
    wait: int = Field(ge=5, le=3600, description="等几秒", examples=[30])
    skilled: bool = Field(True, description="只找有所要技能的")


class GivenPlan(Body):
    """A plan, whole."""

    name: str = Field(min_length=1, max_length=20, examples=["火情"])
    skills: list[str] = Field(
        [], max_length=20, description="要哪些技能，有一项就行", examples=[["first_aid"]]
    )
    enough: int = Field(2, ge=1, le=50, description="几个人够")
    rings: list[GivenRing] = Field(min_length=1, max_length=6, description="告警圈，由近到远")
    lines: list[str] = Field([], max_length=8, description="移交哪里", examples=[["119", "120"]])
    window: int = Field(600, ge=0, le=86_400, description="多少秒内算同一次报警")
    hand_wait: int = Field(60, ge=5, le=3600, description="值班员多少秒不接手转上一级")
    why: str = Field("", max_length=200, description="为什么改", examples=["演练后调整"])


class Skill(Schema):
    """A skill that may be given."""

    code: str = Field(examples=["first_aid"])
    name: str = Field(examples=["急救（AED）"])


class SkillGiven(Body):
    """A skill's name."""

    name: str = Field(min_length=1, max_length=20, examples=["无人机"])


class SkillNamed(Body):
    """Another name for a skill."""

    name: str = Field(min_length=1, max_length=20, examples=["手语翻译"])


@router.get("/emergency-plans", response=page_of("plans", Whole), summary="应急预案")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The kinds of emergencies there are, with whom they alert."""
    must(request.actor, *_READERS)
    rows, after = cut(plans_of(request.actor.district), turn, lambda row: row.code)
    return {"plans": rows, "after": after}


@router.get("/emergency-plans/{code}", response=Whole, summary="一个应急预案")
def one(request: AskedRequest, code: str) -> Plan:
    """The plan as it holds."""
    must(request.actor, *_READERS)
    return plan_for(request.actor.district, _code(code))


@router.get(
    "/emergency-plans/{code}/versions", response=page_of("versions", Version), summary="应急预案的各版"
)
def versions(request: AskedRequest, code: str, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Everything the plan ever said, the newest first; version 0 is the platform's own."""
    must(request.actor, Permission.EMERGENCY_SET)
    rows, after = cut(versions_of(request.actor.district, _code(code)), turn, lambda row: row.plan.version)
    return {"versions": rows, "after": after}


@router.post("/emergency-plans", response={201: Whole}, summary="新建应急预案")
def made(request: AskedRequest, given: GivenPlan) -> Status[Plan]:
    """A kind of the district's own."""
    must(request.actor, Permission.EMERGENCY_SET)
    code = make_plan(request.actor, _plan("", given, 0), given.why, request.now)
    return Status(201, plan_for(request.actor.district, code))


@router.put("/emergency-plans/{code}", response={200: Whole, 409: Problem}, summary="改应急预案")
def changed(request: AskedRequest, code: str, given: GivenPlan) -> Plan:
    """Let a plan say exactly this from now on, as a new version; cards that are open keep theirs."""
    must(request.actor, Permission.EMERGENCY_SET)
    seen = versions_of(request.actor.district, _code(code))[0].plan.version
    put_plan(request.actor, _plan(code, given, seen), given.why, request.now)
    return plan_for(request.actor.district, code)


@router.post("/emergency-plans/{code}/end", response={204: None}, summary="停用应急预案")
def ended(request: AskedRequest, code: str) -> Status[None]:
    """Offer the kind no more; the last one stays."""
    must(request.actor, Permission.EMERGENCY_SET)
    end_plan(request.actor, _code(code), request.now)
    return Status(204, None)


@router.post(
    "/emergency-plans/{code}/versions/{number}/restore", response=Whole, summary="恢复应急预案的旧版"
)
def restored(request: AskedRequest, code: str, number: int) -> Plan:
    """Let an earlier version hold again, as a new one."""
    must(request.actor, Permission.EMERGENCY_SET)
    restore_plan(request.actor, _code(code), number, request.now)
    return plan_for(request.actor.district, code)


@router.get("/skills", response=page_of("skills", Skill), summary="应急技能")
def skills(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The skills that may be given."""
    must(request.actor, *_READERS, Permission.RESPONDER_READ)
    told = [{"code": code, "name": name} for code, name in skills_of(request.actor.district).items()]
    rows, after = cut(told, turn, lambda row: row["code"])
    return {"skills": rows, "after": after}


@router.post("/skills", response={201: Skill}, summary="新增应急技能")
def skill_made(request: AskedRequest, given: SkillGiven) -> Status[dict[str, str]]:
    """A skill of the district's own."""
    must(request.actor, Permission.EMERGENCY_SET)
    code = put_skill(request.actor, given.name, request.now)
    return Status(201, _skill(request, code))


@router.put("/skills/{code}", response=Skill, summary="改应急技能的名称")
def skill_named(request: AskedRequest, code: str, given: SkillNamed) -> dict[str, str]:
    """Another name; one that was ended is offered again."""
    must(request.actor, Permission.EMERGENCY_SET)
    return _skill(request, put_skill(request.actor, given.name, request.now, _code(code)))


@router.post("/skills/{code}/end", response={204: None}, summary="停用应急技能")
def skill_ended(request: AskedRequest, code: str) -> Status[None]:
    """Give it to nobody new; refused while a plan asks for it."""
    must(request.actor, Permission.EMERGENCY_SET)
    end_skill(request.actor, _code(code), request.now)
    return Status(204, None)


def _skill(request: AskedRequest, code: str) -> dict[str, str]:
    return {"code": code, "name": skills_of(request.actor.district)[code]}


def _code(code: str) -> str:
    """A code that a column can hold. Raises NotFound."""
    if "\x00" in code or not 0 < len(code) <= 20:
        raise NotFound
    return code


def _plan(code: str, given: GivenPlan, seen: int) -> Plan:
    rings = tuple(Ring(one.metres, one.most, one.wait, one.skilled) for one in given.rings)
    return Plan(
        code, given.name.strip(), tuple(given.skills), given.enough, rings, tuple(given.lines), given.window,
        given.hand_wait, seen,
    )  # fmt: skip
