"""志愿者: registered, corrected, struck off, their number for a reason, their hours."""

from datetime import datetime, time
from typing import Annotated, Any

from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Manners, Turn, cut, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import SomeDay, before, known, last_of
from huying.api.v1.interface import AskedRequest, must
from huying.emergency.rules.hours import Hours, hours_of
from huying.geo.datums import Datum
from huying.kernel.errors import NotFound
from huying.volunteers.actions import change, look_at, phone_of, point, register, strike_off
from huying.volunteers.queries import (
    Figures,
    VolunteerFilter,
    VolunteerRow,
    figures_for,
    gave_of,
    own_by_id,
    volunteer_for,
    volunteers_for,
)
from huying.volunteers.rules.kinds import VolunteerKind
from huying.volunteers.rules.registering import NewVolunteer

router = Router(tags=["志愿者"])
Kind = Annotated[VolunteerKind, listed_as(VolunteerKind)]
Counted = told(Figures, "VolunteerFigures")


class Free(Schema):
    """When they are free, as it is written."""

    days: str = Field(examples=["周末"])
    hours: str = Field(examples=["08:00-20:00"])


Volunteer = told(VolunteerRow, "Volunteer", without=("hours", "lon", "lat"), free=(Free, ...))


class Asked(Turn):
    """Which volunteers."""

    kind: Kind | None = Field(None, description="身份")
    skill: str = Field("", max_length=20, description="技能代码")
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    unit: int | None = Field(None, ge=1, lt=2**63, description="所在单位")
    q: str = Field("", max_length=40, description="姓名里的字")
    state: str = Field(
        "", pattern="^(resting|left|)$", description="resting 暂不接召集，left 已退出，空为能召集的"
    )


class VolunteerChanged(Body):
    """What is known of one; let it be exactly this."""

    name: str = Field(min_length=1, max_length=40, examples=["张小明"])
    area: str = Field(
        max_length=15, pattern=r"^\d*$", description="报到的社区，12 位", examples=["440310001002"]
    )
    kind: Kind = Field(VolunteerKind.RESIDENT, description="身份")
    skills: list[Annotated[str, Field(max_length=20)]] = Field(
        [], max_length=40, description="技能代码", examples=[["first_aid"]]
    )
    days: str = Field("每天", max_length=20, description="哪几天有空", examples=["周末"])
    hours: str = Field("全天", max_length=20, description="什么时段有空", examples=["08:00-20:00"])
    metres: int = Field(2000, ge=200, le=20_000, description="能走多远（米）")
    lon: float | None = Field(None, description="从哪里出发，只存到约百米", examples=[122.9999])
    lat: float | None = Field(None, examples=[28.9985])
    datum: Datum = Field(Datum.CGCS2000, description="坐标系")
    unit: int | None = Field(None, ge=1, lt=2**63, description="所在共建单位")
    unit_text: str = Field("", max_length=60, description="名单上没有的单位")
    emergency: bool = Field(False, description="也参加应急")
    agreed: bool = Field(description="本人已满 18 周岁、同意登记说明")


class VolunteerGiven(VolunteerChanged):
    """Somebody who registers; known by the phone they are corrected instead."""

    phone: str = Field(min_length=1, max_length=30, description="手机号", examples=["13800000001"])


class PhoneWhy(Body):
    """Why the number is needed."""

    reason: str = Field(
        min_length=2, max_length=200, description="查看原因，记入审计", examples=["召集改了地点"]
    )


class PhoneWhole(Schema):
    """The whole number; keep it nowhere."""

    phone: str = Field(examples=["13800000001"])


class Served(Schema):
    """One service that was credited."""

    muster: int = Field(description="召集编号")
    title: str
    place_text: str
    starts_at: datetime
    minutes: int


class Span(Turn):
    """From which day to which, both included; without them the whole year so far."""

    since: SomeDay | None = Field(None, description="从哪天起")
    until: SomeDay | None = Field(None, description="到哪天止")


class Days(Schema):
    """From which day to which, both included; without them the whole year so far."""

    since: SomeDay | None = Field(None, description="从哪天起")
    until: SomeDay | None = Field(None, description="到哪天止")


@router.get("/volunteers", response=page_of("volunteers", Volunteer), summary="志愿者")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """Those who registered in the key's area, the newest first; numbers masked."""
    must(request.actor, Permission.VOLUNTEER_READ)
    wanted = VolunteerFilter(
        asked.kind.value if asked.kind else "", asked.skill, asked.area, asked.unit, asked.q, asked.state
    )
    rows = volunteers_for(request.actor, wanted, before=before(asked), limit=asked.limit)
    return {"volunteers": [_told(row) for row in rows], "after": last_of(rows, asked)}


@router.get("/volunteers/{number}", response=Volunteer, summary="一位志愿者")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """What is known of one; the viewing is written into the audit."""
    must(request.actor, Permission.VOLUNTEER_READ)
    return _told(look_at(request.actor, known(number), request.now))


@router.post("/volunteers", response={201: Volunteer}, summary="登记志愿者")
def registered(request: AskedRequest, given: VolunteerGiven) -> Status[dict[str, Any]]:
    """Register somebody at a community, who agreed to it there."""
    must(request.actor, Permission.VOLUNTEER_EDIT)
    made = register(request.actor, _new(given), given.phone, request.now)
    return Status(201, _told(volunteer_for(request.actor, made.id)))


@router.put("/volunteers/{number}", response=Volunteer, summary="改志愿者资料")
def changed(request: AskedRequest, number: int, given: VolunteerChanged) -> dict[str, Any]:
    """Let what is known of one be exactly this; without a position the one there is goes."""
    must(request.actor, Permission.VOLUNTEER_EDIT)
    change(request.actor, known(number), _new(given), request.now)
    return _told(volunteer_for(request.actor, number))


@router.post("/volunteers/{number}/phone", response=PhoneWhole, summary="查看志愿者手机号")
@mannered(Manners(kept=False, matched=False, private=True))
def phone(request: AskedRequest, number: int, why: PhoneWhy) -> dict[str, str]:
    """The whole number. Every view is written into the audit with its reason."""
    must(request.actor, Permission.VOLUNTEER_READ)
    must(request.actor, Permission.CALLER_UNMASK)
    return {"phone": phone_of(request.actor, known(number), why.reason, request.now)}


@router.post("/volunteers/{number}/leave", response={204: None}, summary="志愿者退出登记")
def left(request: AskedRequest, number: int) -> Status[None]:
    """At their own wish: what is known of them goes, the hours stay."""
    must(request.actor, Permission.VOLUNTEER_EDIT)
    strike_off(request.actor, known(number), request.now)
    return Status(204, None)


@router.get("/volunteers/{number}/hours", response=page_of("hours", Served), summary="志愿者的服务时长")
def served(request: AskedRequest, number: int, span: Annotated[Span, Query()]) -> dict[str, Any]:
    """What was credited, the latest first, at most 200: what stands on an attestation."""
    must(request.actor, Permission.VOLUNTEER_READ)
    look_at(request.actor, known(number), request.now)
    own = own_by_id(request.actor.district, number)
    if own is None:
        raise NotFound
    since, until = _bounds(span.since, span.until)
    rows = [
        {
            "muster": one.line.id, "title": one.line.title, "place_text": one.line.place_text,
            "starts_at": one.line.starts_at, "minutes": one.minutes or 0,
        }
        for one in gave_of(own, request.now, since, until)
    ]  # fmt: skip
    page, after = cut(rows, span, lambda row: row["muster"])
    return {"hours": page, "after": after}


@router.get("/volunteer-figures", response=Counted, summary="志愿服务统计")
def counted(request: AskedRequest, days: Annotated[Days, Query()]) -> Figures:
    """How many were called and answered, how quickly, what was given, by community."""
    must(request.actor, Permission.VOLUNTEER_READ)
    since, until = _bounds(days.since, days.until)
    today = timezone.localdate(request.now)
    first = timezone.make_aware(datetime.combine(today.replace(month=1, day=1), time()))
    return figures_for(request.actor, since or first, until or request.now)


def _bounds(since: Any, until: Any) -> tuple[datetime | None, datetime | None]:
    """The first moment of the first day and the first after the last one."""
    first = timezone.make_aware(datetime.combine(since, time())) if since else None
    last = timezone.make_aware(datetime.combine(until, time(23, 59, 59, 999_999))) if until else None
    return first, last


def _new(given: VolunteerChanged) -> NewVolunteer:
    lon, lat = point(given.lon, given.lat, given.datum.value)
    return NewVolunteer(
        name=given.name, area=given.area, kind=given.kind, skills=given.skills, hours=hours_of(given.days, given.hours),
        lon=lon, lat=lat, metres=given.metres, unit_id=given.unit, unit_text=given.unit_text,
        emergency=given.emergency, agreed=given.agreed,
    )  # fmt: skip


def _told(row: VolunteerRow) -> dict[str, Any]:
    names = [name for name in Volunteer.model_fields if name != "free"]
    return {name: getattr(row, name) for name in names} | {"free": _free(row.hours)}


def _free(hours: Hours) -> dict[str, str]:
    days, span = hours.words
    return {"days": days, "hours": span}
