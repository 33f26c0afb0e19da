"""值班点: its turns, the rotations that fill them, and what was handed over there."""

from datetime import time, timedelta
from typing import Annotated, Any, Final

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn as PageTurn
from huying.api.conduct import cut, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import Clock, SomeDay, known
from huying.api.v1.desk.duty import DutyNumber, Handover
from huying.api.v1.interface import AskedRequest, must
from huying.kernel.errors import Denied
from huying.teams.actions import end_rotation, end_turn, put_turn, set_rotation
from huying.teams.queries import RotationRow, TurnRow, post_for
from huying.teams.queries.handing import handovers_for
from huying.teams.rules.kinds import DutyDays, DutyRole
from huying.teams.rules.turns import Hours, TurnPlan

router = Router(tags=["队伍和值班"])
_SINCE: Final = timedelta(days=90)


class TurnGiven(Body):
    """A turn by the wall clock; one that ends no later than it starts ends on the next day."""

    name: str = Field(min_length=1, max_length=20, examples=["白班"])
    starts: Clock = Field(description="从")
    ends: Clock = Field(description="到", examples=["20:30"])
    days: Annotated[DutyDays, listed_as(DutyDays)] = Field(DutyDays.EVERY, description="哪些天")
    leads: int = Field(0, ge=0, le=20, description="带班领导几人", examples=[1])
    officers: int = Field(1, ge=0, le=20, description="值班员几人")


class RotationGiven(Body):
    """People who take turns, in their order; 张三 1234 tells two of one name apart by the end of their phone."""

    role: Annotated[DutyRole, listed_as(DutyRole)] = Field(description="角色")
    names: list[str] = Field(
        min_length=1, max_length=60, description="轮值的人", examples=[["张小明", "李四 0002"]]
    )
    each: int = Field(1, ge=1, le=31, description="每人连值几天")
    first_day: SomeDay = Field(description="从哪天起")


class TurnTold(Schema):
    """A turn of a post with the rotations that fill it."""

    id: int
    name: str = Field(examples=["白班"])
    starts: Clock
    ends: Clock
    days: str = Field(examples=["every"])
    leads: int
    officers: int
    rotations: list[told(RotationRow, "Rotation")]  # type: ignore[valid-type]


class DutyPost(Schema):
    """A duty post with its turns."""

    id: int
    area: str
    name: str = Field(examples=["青石街道总值班"])
    editable: bool
    turns: list[TurnTold]


@router.get("/duty/posts/{number}", response=DutyPost, summary="一个值班点")
def post(request: AskedRequest, number: int) -> dict[str, Any]:
    """A post with its turns and who takes turns in them."""
    must(request.actor, Permission.TEAM_READ)
    row = post_for(request.actor, known(number))
    return {
        "id": row.id, "area": row.area, "name": row.name, "editable": row.editable,
        "turns": [_turn(one) for one in row.turns],
    }  # fmt: skip


@router.post("/duty/posts/{number}/turns", response={201: DutyNumber}, summary="加班次")
def turn_made(request: AskedRequest, number: int, given: TurnGiven) -> Status[dict[str, int]]:
    """One more turn; the same twice is one."""
    must_draw_up(request, number)
    hours = Hours(time.fromisoformat(given.starts), time.fromisoformat(given.ends))
    plan = TurnPlan(given.name, hours, given.days, given.leads, given.officers)
    return Status(201, {"id": put_turn(request.actor, number, plan, request.now)})


@router.post("/duty/turns/{number}/end", response=DutyNumber, summary="停班次")
def turn_ended(request: AskedRequest, number: int) -> dict[str, int]:
    """Keep a turn no more; shifts to come are cancelled."""
    must(request.actor, Permission.DUTY_EDIT)
    end_turn(request.actor, known(number), request.now)
    return {"id": number}


@router.post("/duty/turns/{number}/rotations", response={201: DutyNumber}, summary="排轮值")
def rotation_made(request: AskedRequest, number: int, given: RotationGiven) -> Status[dict[str, int]]:
    """People take turns from a day on, in place of the rotation before; its shifts are made at once."""
    must(request.actor, Permission.DUTY_EDIT)
    made = set_rotation(
        request.actor,
        known(number),
        given.role,
        "、".join(given.names),
        given.each,
        given.first_day,
        request.now,
    )
    return Status(201, {"id": made})


@router.post("/duty/rotations/{number}/end", response=DutyNumber, summary="停轮值")
def rotation_ended(request: AskedRequest, number: int) -> dict[str, int]:
    """End a rotation; the shifts it made for later are cancelled."""
    must(request.actor, Permission.DUTY_EDIT)
    end_rotation(request.actor, known(number), request.now)
    return {"id": number}


@router.get("/duty/posts/{number}/handovers", response=page_of("handovers", Handover), summary="交接班记录")
def handovers(request: AskedRequest, number: int, turn: Annotated[PageTurn, Query()]) -> dict[str, Any]:
    """The handovers of the last ninety days, the newest first."""
    must(request.actor, Permission.TEAM_READ)
    post_for(request.actor, known(number))
    found = handovers_for(request.actor, number, request.now - _SINCE)
    rows, after = cut(found, turn, lambda row: row.id)
    return {"handovers": rows, "after": after}


def must_draw_up(request: AskedRequest, number: int) -> None:
    """Raise Denied unless the key draws up the roster of this post, NotFound for one it does not see."""
    must(request.actor, Permission.DUTY_EDIT)
    if not post_for(request.actor, known(number)).editable:
        raise Denied


def _turn(one: TurnRow) -> dict[str, Any]:
    plan = one.plan
    return {
        "id": one.id, "name": plan.name, "starts": f"{plan.hours.starts:%H:%M}", "ends": f"{plan.hours.ends:%H:%M}",
        "days": plan.days.value, "leads": plan.leads, "officers": plan.officers, "rotations": one.rotations,
    }  # fmt: skip
