"""召集: people called, who comes, who is there, hours settled."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import SomeMoment, before, known, last_of, own_case
from huying.api.v1.deliberation.keyed import Key, once_of
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.cases.queries.page import case_for
from huying.geo.datums import Datum
from huying.kernel.numbers import case_number
from huying.volunteers.actions import cancel, close, mark, muster, point, tell_more, widen
from huying.volunteers.queries import (
    ClaimRow,
    MusterFilter,
    MusterLine,
    MusterWhole,
    muster_for,
    musters_for,
)
from huying.volunteers.rules.kinds import Standing, VolunteerKind
from huying.volunteers.rules.mustering import NewMuster

router = Router(tags=["志愿召集"])
Line = told(
    MusterLine, "MusterLine", without=("case_id",), case=(str, Field(description="案件编号，没有为空"))
)
Came = told(ClaimRow, "MusterClaim")
Whole = told(
    MusterWhole, "Muster", without=("line", "claims"), line=(Line, ...),
    claims=(list[Came], ...),  # type: ignore[valid-type]
)  # fmt: skip


class Asked(Turn):
    """Which musters."""

    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    q: str = Field("", max_length=40, description="要做什么")
    state: str = Field(
        "", pattern="^(open|over|closed|cancelled|)$",
        description="open 召集中和进行中，over 待核时长，closed 已核时长，cancelled 已取消，空为全部",
    )  # fmt: skip


class MusterGiven(Body):
    """Whom, for what, where and when."""

    key: Key
    title: str = Field(min_length=1, max_length=40, description="要做什么", examples=["清扫 3 栋楼道"])
    words: str = Field("", max_length=1000, description="说明，收到召集的人都看得到")
    areas: list[Annotated[str, Field(pattern=r"^\d{6,15}$")]] = Field(
        min_length=1, max_length=200, description="叫哪里的人：区划代码", examples=[["440310001002"]]
    )
    quota: int = Field(ge=1, le=2000, description="要几个人", examples=[10])
    starts_at: SomeMoment = Field(description="开始", examples=["2026-03-07T09:00:00+08:00"])
    ends_at: SomeMoment = Field(description="结束", examples=["2026-03-07T11:00:00+08:00"])
    only: Annotated[VolunteerKind, listed_as(VolunteerKind)] | None = Field(None, description="只叫哪一种人")
    skills: list[Annotated[str, Field(max_length=20)]] = Field([], max_length=40, description="要会其中一样")
    place_text: str = Field("", max_length=120, description="集合地点", examples=["社区服务中心门口"])
    lon: float | None = Field(None, description="经度；有位置才能用手机签到", examples=[122.9999])
    lat: float | None = Field(None, examples=[28.9985])
    datum: Datum = Field(Datum.CGCS2000, description="坐标系")
    check_metres: int = Field(300, ge=50, le=2000, description="多少米以内能签到")
    near: int = Field(0, ge=0, le=50_000, description="只叫多少米以内的人，0 为所选区域的所有人")
    case: str = Field("", max_length=40, description="为哪件案件", examples=["440310-000012345"])


class MarkGiven(Body):
    """What who leads writes down."""

    standing: Annotated[Standing, listed_as(Standing)] = Field(
        description="held 替本人报名，present 到场，done 离开，absent 没有到，left 不去了",
        examples=["present"],
    )
    at: SomeMoment | None = Field(None, description="什么时候，空为现在")


class QuotaGiven(Body):
    """How many people."""

    quota: int = Field(ge=1, le=2000, examples=[12])


class CancelGiven(Body):
    """A reason."""

    why: str = Field(min_length=1, max_length=200, examples=["下雨改期"])


class CorrectedGiven(Body):
    """What who leads knows better than the times."""

    volunteer: int = Field(ge=1, lt=2**63)
    minutes: int = Field(ge=0, le=4320)


class CloseGiven(Body):
    """What came of it."""

    words: str = Field("", max_length=1000, description="活动情况")
    corrected: list[CorrectedGiven] = Field([], max_length=2000, description="按签到签退算得不对的")


class ToldMore(Schema):
    """How many were told."""

    told: int
    line: Line  # type: ignore[valid-type]


@router.get("/musters", response=page_of("musters", Line), summary="志愿召集")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """Musters of the key's area and of the areas above, the newest first."""
    must(request.actor, Permission.VOLUNTEER_READ)
    wanted = MusterFilter(area=asked.area, words=asked.q, state=asked.state)
    rows = musters_for(request.actor, wanted, request.now, before=before(asked), limit=asked.limit)
    return {"musters": [_line(request, row) for row in rows], "after": last_of(rows, asked)}


@router.get("/musters/{number}", response=Whole, summary="一次召集")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """One with everybody who came forward."""
    must(request.actor, Permission.VOLUNTEER_READ)
    return _whole(request, known(number))


@router.post("/musters", response={201: Whole}, summary="发起召集")
def made(request: AskedRequest, given: MusterGiven) -> Status[dict[str, Any]]:
    """Call people; those it is for are told at once, outside quiet hours. Twice under one key it is one."""
    must(request.actor, Permission.MUSTER_RUN)
    number, _told = muster(request.actor, _new(request, given), once_of(request, given.key), request.now)
    return Status(201, _whole(request, number))


@router.post("/musters/{number}/more", response={200: ToldMore, 409: Problem}, summary="再通知一批")
def told_more(request: AskedRequest, number: int) -> dict[str, Any]:
    """Tell the next of those it is for, who were not told yet."""
    must(request.actor, Permission.MUSTER_RUN)
    told = tell_more(request.actor, known(number), request.now)
    return {"told": told, "line": _whole(request, number)["line"]}


@router.post("/musters/{number}/quota", response={200: Whole, 409: Problem}, summary="改召集人数")
def widened(request: AskedRequest, number: int, given: QuotaGiven) -> dict[str, Any]:
    """More people, or fewer, though never fewer than have a place; who waits is called up."""
    must(request.actor, Permission.MUSTER_RUN)
    widen(request.actor, known(number), given.quota, request.now)
    return _whole(request, number)


@router.post("/musters/{number}/cancel", response={200: Whole, 409: Problem}, summary="取消召集")
def cancelled(request: AskedRequest, number: int, given: CancelGiven) -> dict[str, Any]:
    """It will not be; who has a place or waits is told."""
    must(request.actor, Permission.MUSTER_RUN)
    cancel(request.actor, known(number), given.why, request.now)
    return _whole(request, number)


@router.post(
    "/musters/{number}/claims/{volunteer}",
    response={200: Whole, 409: Problem},
    summary="登记到场、离开、没有到",
)
def marked(request: AskedRequest, number: int, volunteer: int, given: MarkGiven) -> dict[str, Any]:
    """Who leads writes it down."""
    must(request.actor, Permission.MUSTER_RUN)
    mark(request.actor, known(number), known(volunteer), given.standing, given.at, request.now)
    return _whole(request, number)


@router.post("/musters/{number}/close", response={200: Whole, 409: Problem}, summary="核定时长")
def closed(request: AskedRequest, number: int, given: CloseGiven) -> dict[str, Any]:
    """Settle the hours after the end; who came is thanked, who held a place and was not seen did not come."""
    must(request.actor, Permission.MUSTER_RUN)
    corrected = {one.volunteer: one.minutes for one in given.corrected}
    close(request.actor, known(number), given.words, request.now, corrected)
    return _whole(request, number)


def _new(request: AskedRequest, given: MusterGiven) -> NewMuster:
    lon, lat = point(given.lon, given.lat, given.datum.value)
    case = (
        case_for(request.actor, *own_case(request, given.case), request.now).line.id if given.case else None
    )
    told = given.dict(exclude={"key", "lon", "lat", "datum", "case"})
    return NewMuster(**told, lon=lon, lat=lat, case_id=case)


def _line(request: AskedRequest, row: MusterLine) -> dict[str, Any]:
    number = case_number(request.actor.district, row.case_id) if row.case_id else ""
    return {name: getattr(row, name) for name in Line.model_fields if name != "case"} | {"case": number}


def _whole(request: AskedRequest, number: int) -> dict[str, Any]:
    view = muster_for(request.actor, number, request.now)
    names = [name for name in Whole.model_fields if name not in {"line", "claims"}]
    told: dict[str, Any] = {name: getattr(view, name) for name in names}
    return told | {"line": _line(request, view.line), "claims": list(view.claims)}
