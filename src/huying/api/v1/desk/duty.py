"""队伍和值班: who belongs to a grid's team, who is on duty, rosters, calling a member with a reason."""

from datetime import date
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Manners, Turn, cut, mannered, page_of
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.asking import known, today
from huying.api.v1.interface import AskedRequest, must
from huying.teams.actions import (
    NewMember,
    call_member,
    change_member,
    create_post,
    end_post,
    ensure_member,
    join_team,
    leave_duty,
    leave_team,
)
from huying.teams.queries import (
    KindRow,
    MemberRow,
    OnDuty,
    kinds_of,
    member_for,
    members_near,
    on_duty_around,
    posts_for,
)
from huying.teams.queries.duty import on_duty_within
from huying.teams.queries.handing import HandoverRow, handover_for
from huying.teams.queries.teams import TeamLine, team_for

router = Router(tags=["队伍和值班"])
Team, Duty, Member, Kind = (
    told(TeamLine),
    told(OnDuty, "OnDuty"),
    told(MemberRow, "Member"),
    told(KindRow, "TeamKind"),
)
Handover = told(HandoverRow, "Handover", without=("cases",))
_Area = Annotated[
    str, Query(max_length=15, pattern=r"^\d{6,15}$", description="区划代码", examples=["440310001"])
]


class GivenMember(Body):
    """Somebody of a team."""

    name: str = Field(min_length=1, max_length=40, examples=["王秀英"])
    area: str = Field(max_length=15, pattern=r"^\d{6,15}$", examples=["440310001002"])
    phone: str = Field("", max_length=20, examples=["13800000001"])
    job: str = Field("", max_length=40, examples=["网格员"])
    login: str = Field("", max_length=40, description="登录名，没有账号的空着", examples=[""])


class Joined(Body):
    """Into which grid's team, as what, from when."""

    grid: str = Field(max_length=15, pattern=r"^\d{15}$", examples=["440310001002003"])
    kind: int = Field(ge=1, lt=2**63, description="队伍类别编号")
    since: date


class Left(Body):
    """When somebody leaves a team."""

    on: date


class DutyWhy(Body):
    """Why the number is needed."""

    reason: str = Field(min_length=2, max_length=200, examples=["现场积水，请到场"])


class DutyPhone(Schema):
    """A number, told for this once."""

    phone: str = Field(examples=["13800000001"])


class DutyGivenPost(Body):
    """A duty post."""

    area: str = Field(max_length=15, pattern=r"^\d{6,15}$", examples=["440310001"])
    name: str = Field(min_length=1, max_length=40, examples=["街道总值班"])


class PostLine(Schema):
    """A duty post."""

    id: int
    area: str
    name: str = Field(examples=["街道总值班"])
    editable: bool


class DutyNumber(Schema):
    """Which it is."""

    id: int


@router.get("/teams/{grid}", response=page_of("members", Team), summary="网格队伍")
def team(request: AskedRequest, grid: str, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Who belongs to the team of a grid today."""
    must(request.actor, Permission.TEAM_READ)
    rows, after = cut(team_for(request.actor, grid, today(request)), turn, lambda row: row.id)
    return {"members": rows, "after": after}


@router.get("/team-kinds", response=page_of("kinds", Kind), summary="队伍类别")
def kinds(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The kinds of 1+2+N."""
    must(request.actor, Permission.TEAM_READ)
    rows, after = cut(kinds_of(request.actor.district), turn, lambda row: row.id)
    return {"kinds": rows, "after": after}


@router.get("/members", response=page_of("members", Member), summary="队员")
def members(request: AskedRequest, area: _Area, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Who is near an area; phones are masked."""
    must(request.actor, Permission.TEAM_READ)
    rows, after = cut(members_near(request.actor, area, request.now), turn, lambda row: row.id)
    return {"members": rows, "after": after}


@router.get("/members/{number}", response=Member, summary="一名队员")
def member(request: AskedRequest, number: int) -> MemberRow:
    """One member."""
    must(request.actor, Permission.TEAM_READ)
    return member_for(request.actor, known(number), request.now)


@router.post("/members", response={201: Member}, summary="登记队员")
def enrolled(request: AskedRequest, given: GivenMember) -> Status[MemberRow]:
    """A member; one of the same name and area is not made twice."""
    must(request.actor, Permission.TEAM_EDIT)
    number = ensure_member(request.actor, _new(given), request.now)
    return Status(201, member_for(request.actor, number, request.now))


@router.put("/members/{number}", response=Member, summary="改队员")
def changed(request: AskedRequest, number: int, given: GivenMember) -> MemberRow:
    """Let the member be as told."""
    must(request.actor, Permission.TEAM_EDIT)
    change_member(request.actor, known(number), _new(given))
    return member_for(request.actor, number, request.now)


@router.post("/members/{number}/join", response={201: DutyNumber}, summary="进队")
def joined(request: AskedRequest, number: int, given: Joined) -> Status[dict[str, int]]:
    """Into the team of a grid."""
    must(request.actor, Permission.TEAM_EDIT)
    made = join_team(request.actor, given.grid, known(number), given.kind, given.since, request.now)
    return Status(201, {"id": made})


@router.post("/memberships/{number}/leave", response=DutyNumber, summary="出队")
def left(request: AskedRequest, number: int, given: Left) -> dict[str, int]:
    """Out of the team of a grid."""
    must(request.actor, Permission.TEAM_EDIT)
    leave_team(request.actor, known(number), given.on)
    return {"id": number}


@router.post("/members/{number}/leave", response=DutyNumber, summary="不再值班")
def off_duty(request: AskedRequest, number: int) -> dict[str, int]:
    """Off every roster to come."""
    must(request.actor, Permission.TEAM_EDIT)
    leave_duty(request.actor, known(number), request.now)
    return {"id": number}


@router.post("/members/{number}/phone", response=DutyPhone, summary="查看队员电话")
@mannered(Manners(kept=False, matched=False, private=True))
def phone(request: AskedRequest, number: int, given: DutyWhy) -> dict[str, str]:
    """The number of a member, with the reason written into the audit."""
    must(request.actor, Permission.TEAM_CALL)
    return {"phone": call_member(request.actor, known(number), given.reason, request.now)}


@router.get("/duty/now", response=page_of("on_duty", Duty), summary="现在谁值班")
def now(
    request: AskedRequest, area: _Area, turn: Annotated[Turn, Query()],
    within: Annotated[bool, Query(description="真：这个区域里的；假：管到这个区域的")] = False,
) -> dict[str, Any]:  # fmt: skip
    """Who is on duty now around or within an area."""
    must(request.actor, Permission.TEAM_READ)
    find = on_duty_within if within else on_duty_around
    rows, after = cut(find(request.actor, area, request.now), turn, lambda row: row.shift_id)
    return {"on_duty": rows, "after": after}


@router.get("/duty/posts", response=page_of("posts", PostLine), summary="值班点")
def posts(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """Where there is duty."""
    must(request.actor, Permission.TEAM_READ)
    rows, after = cut(posts_for(request.actor), turn, lambda row: row.id)
    return {"posts": rows, "after": after}


@router.post("/duty/posts", response={201: DutyNumber}, summary="设值班点")
def post_made(request: AskedRequest, given: DutyGivenPost) -> Status[dict[str, int]]:
    """A new duty post."""
    must(request.actor, Permission.DUTY_EDIT)
    return Status(201, {"id": create_post(request.actor, given.area, given.name, request.now)})


@router.post("/duty/posts/{number}/end", response=DutyNumber, summary="撤值班点")
def post_ended(request: AskedRequest, number: int) -> dict[str, int]:
    """End a duty post."""
    must(request.actor, Permission.DUTY_EDIT)
    end_post(request.actor, known(number), request.now)
    return {"id": number}


@router.get("/duty/handovers/{number}", response=Handover, summary="一次交接班")
def handover(request: AskedRequest, number: int) -> HandoverRow:
    """One handover."""
    must(request.actor, Permission.TEAM_READ)
    return handover_for(request.actor, known(number), request.now)


def _new(given: GivenMember) -> NewMember:
    return NewMember(given.name, given.area, given.phone, given.job, given.login)
