"""会议: kept, filled while people speak, followed to the last thing that was said."""

from typing import Annotated, Any, Final

from ninja import Field, Query, Router, Schema, Status
from pydantic import AwareDatetime

from huying.access.permissions import Permission
from huying.api.conduct import Turn, page_of
from huying.api.conduct.derived import told
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.deliberation.followed import FollowedCase, followed
from huying.api.v1.deliberation.keyed import Key, faults_named, once_of
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.prevention.places import after_of, before_of
from huying.deliberation.actions.meetings import MeetingForm, change_meeting, end_meeting, put_meeting
from huying.deliberation.actions.taking import Said, claim, take
from huying.deliberation.queries.meetings import (
    MeetingLine,
    MeetingView,
    TakenLine,
    Wanted,
    meeting_for,
    meetings_for,
)
from huying.kernel.errors import Invalid
from huying.kernel.numbers import case_number, hidden

router = Router(tags=["会议和议事"])
_YEARS: Final = range(1990, 2200)
Line = told(MeetingLine, "MeetingShort")


class BodyPresent(Schema):
    """A unit that is there."""

    id: int
    name: str


class ProposalNamed(Schema):
    """A proposal that came from the meeting."""

    id: int
    title: str = Field(examples=["3 栋楼下建电动车棚"])


class MeetingCase(FollowedCase):
    """A case that answers it now."""

    opens: bool = Field(description="这把密钥能看这件案件")


class SaidThere(Schema):
    """One thing that was said."""

    number: int = Field(description="第几件")
    receipt: str = Field(description="回执号；只读的和承办单位的密钥只见末四位")
    title: str
    claimed: str = Field(description="现场认领的单位", examples=["城市管理局"])
    claimed_by: str = Field(examples=["周小芳"])
    closed: bool
    cases: list[MeetingCase]


MeetingWhole = told(
    MeetingView, "MeetingWhole", without=("kind_id", "appeals", "bodies", "proposals", "open_to"),
    meeting_kind=(int, Field(description="会议类型编号")),
    bodies=(list[BodyPresent], Field(description="到会单位")), appeals=(list[SaidThere], ...),
    proposals=(list[ProposalNamed], ...),
)  # fmt: skip


class Asked(Turn):
    """Which meetings."""

    kind: str = Field("", max_length=20, description="类型代码", examples=["tea"])
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    q: str = Field("", max_length=60, description="会议名称里的字", examples=["茶话会"])


class GivenMeeting(Body):
    """A meeting, before, during and after."""

    meeting_kind: int = Field(ge=1, lt=2**63, description="会议类型编号")
    title: str = Field(min_length=1, max_length=80, examples=["春风社区书记茶话会"])
    area: str = Field(max_length=15, pattern=r"^\d{6,15}$", description="属于哪里", examples=["440310001002"])
    venue: str = Field("", max_length=120, examples=["社区二楼会议室"])
    held_at: AwareDatetime = Field(description="什么时候，须带时区", examples=["2026-03-02T09:00:00+08:00"])
    host: str = Field("", max_length=60, examples=["李书记"])
    agenda: str = Field("", max_length=2000, examples=["听大家说小区停车"])
    attendance: str = Field(
        "", max_length=4000, description="到会人员，一行一位", examples=["居民代表 12 人"]
    )
    bodies: list[Annotated[int, Field(ge=1, lt=2**63)]] = Field(
        [], max_length=100, description="到会单位，可以现场认领", examples=[[12]]
    )
    minutes: str = Field("", max_length=20000, description="会议纪要", examples=["与会代表一致同意。"])


class NewMeeting(GivenMeeting):
    """A new meeting."""

    key: Key


class SaidGiven(Body):
    """One thing said there."""

    key: Key
    text: str = Field(min_length=2, max_length=2000, examples=["楼道灯坏了半个月没人修"])
    place_text: str = Field("", max_length=300, examples=["春风路 12 号 3 栋"])
    name: str = Field("", max_length=40, description="称呼", examples=["王女士"])
    phone: str = Field("", max_length=30, examples=["13800000001"])
    body: int | None = Field(None, ge=1, lt=2**63, description="现场认领的到会单位")
    item: str = Field("", max_length=32, description="事项代码；认领时认不出的才要填")


class ClaimGiven(Body):
    """Which unit claims it."""

    body: int = Field(ge=1, lt=2**63, examples=[12])
    item: str = Field("", max_length=32, description="事项代码；认不出的才要填")


class TakenThere(Schema):
    """What the caller is told."""

    number: int = Field(description="第几件")
    receipt: str
    case: str


@router.get("/meetings", response=page_of("meetings", Line), summary="会议列表")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """Meetings of the key's area and of the areas above, the latest first."""
    must(request.actor, Permission.DELIBERATION_READ)
    rows = meetings_for(
        request.actor, Wanted(asked.kind, asked.area, asked.q.strip()), before_of(asked), asked.limit
    )
    return {"meetings": rows, "after": after_of(rows, asked, lambda row: row.held_at)}


@router.get("/meetings/{number}", response=MeetingWhole, summary="一次会议")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """The meeting with its minutes, everything said there and where it stands."""
    must(request.actor, Permission.DELIBERATION_READ)
    return _whole(request, known(number))


@router.post("/meetings", response={201: MeetingWhole}, summary="新建会议")
def created(request: AskedRequest, given: NewMeeting) -> Status[dict[str, Any]]:
    """Keep a meeting; twice under one key it is one."""
    must(request.actor, Permission.DELIBERATION_RUN)
    with faults_named(kind="meeting_kind"):
        made = put_meeting(request.actor, _form(given), once_of(request, given.key), request.now)
    return Status(201, _whole(request, made))


@router.put("/meetings/{number}", response=MeetingWhole, summary="改会议、写纪要")
def changed(request: AskedRequest, number: int, given: GivenMeeting) -> dict[str, Any]:
    """Let the meeting read so, its minutes too."""
    must(request.actor, Permission.DELIBERATION_RUN)
    with faults_named(kind="meeting_kind"):
        change_meeting(request.actor, known(number), _form(given), request.now)
    return _whole(request, number)


@router.post("/meetings/{number}/appeals", response={201: TakenThere}, summary="登记会上说的事")
def taken(request: AskedRequest, number: int, given: SaidGiven) -> Status[dict[str, Any]]:
    """Take one thing said there as an appeal, with its receipt; twice under one key it is one."""
    must(request.actor, Permission.DELIBERATION_RUN)
    key = once_of(request, given.key)
    said = Said(key, given.text, given.place_text, given.name, given.phone, given.body, given.item.strip())
    made = take(request.actor, known(number), said, request.now)
    case = case_number(request.actor.district, made.case_id)
    return Status(201, {"number": made.number, "receipt": made.receipt, "case": case})


@router.post("/meetings/{number}/appeals/{place}/claim", response=MeetingWhole, summary="现场认领")
def claimed(request: AskedRequest, number: int, place: int, given: ClaimGiven) -> dict[str, Any]:
    """A unit that is there takes the matter: its case is filed and given to it."""
    must(request.actor, Permission.DELIBERATION_RUN)
    claim(request.actor, known(number), known(place), given.body, request.now, item=given.item.strip())
    return _whole(request, number)


@router.post("/meetings/{number}/end", response=MeetingWhole, summary="结束收集")
def ended(request: AskedRequest, number: int) -> dict[str, Any]:
    """No more is taken; what was said is followed all the same."""
    must(request.actor, Permission.DELIBERATION_RUN)
    end_meeting(request.actor, known(number), request.now)
    return _whole(request, number)


def _form(given: GivenMeeting) -> MeetingForm:
    if given.held_at.year not in _YEARS:
        raise Invalid(fields={"held_at": "取值不对，请看接口说明。"})
    told = given.dict(exclude={"key", "meeting_kind"})
    return MeetingForm(kind_id=given.meeting_kind, **told)


def _whole(request: AskedRequest, number: int) -> dict[str, Any]:
    view = meeting_for(request.actor, number, request.now)
    names = (
        "line",
        "agenda",
        "attendance",
        "minutes",
        "made_by",
        "ended_at",
        "ended_by",
        "may_run",
    )
    return {name: getattr(view, name) for name in names} | {
        "meeting_kind": view.kind_id,
        "bodies": [{"id": body, "name": name} for body, name in view.bodies],
        "proposals": [{"id": proposal, "title": title} for proposal, title in view.proposals],
        "appeals": [_said(request, view, row) for row in view.appeals],
    }


def _said(request: AskedRequest, view: MeetingView, row: TakenLine) -> dict[str, Any]:
    # Whoever holds a receipt judges the work as its caller: never for who does the work.
    handles = request.actor.body_ids & {line.body_id for line in row.cases}
    return {
        "number": row.number, "receipt": row.receipt if view.may_run and not handles else hidden(row.receipt),
        "title": row.title, "claimed": row.claimed, "claimed_by": row.claimed_by, "closed": row.closed,
        "cases": [followed(line) | {"opens": line.id in view.open_to} for line in row.cases],
    }  # fmt: skip
