"""应急力量: listed, registered, corrected, resting, brought in by a sheet."""

from typing import Annotated, Any

from ninja import Field, Query, Router, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.conduct.pages import WRONG_PLACE
from huying.api.members import Body
from huying.api.v1.asking import known
from huying.api.v1.desk.commanding import Responder, responder_told
from huying.api.v1.desk.commanding import router as answering
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.sheets import SHEET, DryRun, SheetRead, brought, sheet_taken
from huying.emergency.actions import NewResponder, change, import_responders, register, rest
from huying.emergency.actions.sheets import ALSO, COLUMNS, EXAMPLE
from huying.emergency.queries import AlertedFor, ResponderFilter, ResponderRow, responder_for, responders_for
from huying.emergency.rules.hours import hours_of
from huying.emergency.rules.kinds import ResponderKind
from huying.geo.datums import Datum
from huying.kernel.errors import Denied, Invalid

router = Router(tags=["应急"])
Line, Alerted = told(ResponderRow, "ResponderLine", without=("hours",)), told(AlertedFor, "AlertedFor")


class Asked(Turn):
    """Which responders."""

    kind: Annotated[ResponderKind, listed_as(ResponderKind)] | None = Field(None, description="类型")
    skill: str = Field("", max_length=20, description="技能代码")
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    q: str = Field("", max_length=40, description="姓名或名称")
    state: str = Field(
        "", pattern="^(resting|left|)$", description="resting 暂不接警，left 已退出，空为可告警的"
    )


class ResponderGiven(Body):
    """Somebody who may be alerted; an empty phone stays as it is."""

    kind: Annotated[ResponderKind, listed_as(ResponderKind)] = Field(description="类型")
    name: str = Field(min_length=1, max_length=40, examples=["张小明"])
    phone: str = Field("", max_length=30, description="登记时必填", examples=["13800000001"])
    contact: str = Field("", max_length=40, description="站点、队伍的负责人", examples=[""])
    skills: list[str] = Field([], max_length=20, description="技能代码", examples=[["first_aid"]])
    place_text: str = Field("", max_length=120, description="地址", examples=["春风路 12 号"])
    lon: float = Field(description="经度")
    lat: float = Field(description="纬度")
    datum: Datum = Field(Datum.CGCS2000, description="坐标系")
    days: str = Field(
        "每天", max_length=20, description="每天、工作日、周末、周一至周五、周一三五", examples=["每天"]
    )
    hours: str = Field("全天", max_length=20, description="全天，或 08:00-20:00", examples=["08:00-20:00"])
    on_roster: bool = Field(False, description="按值班表告警：电话要和队员名册里的一样", examples=[False])
    login: str = Field("", max_length=60, description="登录名，没有账号的空着", examples=[""])


@router.get("/responders", response=page_of("responders", Line), summary="应急力量")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """Who is registered in the key's area, by area and name; phones are masked."""
    must(request.actor, Permission.RESPONDER_READ)
    wanted = ResponderFilter(
        asked.kind.value if asked.kind else "", asked.skill, asked.area, asked.q, asked.state
    )
    rows = responders_for(request.actor, wanted, request.now, after=_after(asked), limit=asked.limit + 1)
    page, last = rows[: asked.limit], rows[asked.limit - 1 : asked.limit]
    after = f"{last[0].area}.{last[0].id}.{last[0].name}" if len(rows) > asked.limit else ""
    return {"responders": page, "after": after}


@router.post("/responders", response={201: Responder, 200: Responder}, summary="登记应急力量")
def registered(request: AskedRequest, given: ResponderGiven) -> Status[dict[str, Any]]:
    """201 for somebody new; 200 where the phone is known already: then what is known of them is corrected."""
    must(request.actor, Permission.RESPONDER_EDIT)
    number, is_new = register(request.actor, _new(given), request.now)
    return Status(201 if is_new else 200, responder_told(request, number))


@router.post(
    "/responders/import",
    response=SheetRead,
    summary="导入应急力量",
    openapi_extra=sheet_taken(*COLUMNS, also=ALSO, example=EXAMPLE),
)
@mannered(SHEET)
def imported(request: AskedRequest, dry_run: DryRun = False) -> dict[str, Any]:
    """Everybody of a sheet, or nobody where a line is wrong. The same sheet again changes nothing."""
    must(request.actor, Permission.RESPONDER_EDIT)
    return brought(request, import_responders, dry_run=dry_run)


@answering.put("/responders/{number}", response=Responder, summary="改应急力量")
def changed(request: AskedRequest, number: int, given: ResponderGiven) -> dict[str, Any]:
    """Let what is known of them be exactly this."""
    must(request.actor, Permission.RESPONDER_EDIT)
    change(request.actor, known(number), _new(given), request.now)
    return responder_told(request, number)


@router.post("/responders/{number}/rest", response=Responder, summary="暂不告警")
def resting(request: AskedRequest, number: int) -> dict[str, Any]:
    """They are not alerted for now."""
    return _rest(request, number, True)


@router.post("/responders/{number}/wake", response=Responder, summary="恢复告警")
def waking(request: AskedRequest, number: int) -> dict[str, Any]:
    """They are alerted again."""
    return _rest(request, number, False)


@router.get("/responders/{number}/alerts", response=page_of("alerts", Alerted), summary="应急力量接到的告警")
def alerts(request: AskedRequest, number: int, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What they were last alerted for, the newest first; at most 200."""
    must(request.actor, Permission.RESPONDER_READ)
    found = responder_for(request.actor, known(number), request.now, limit=200)[1]
    rows, after = cut(found, turn, lambda row: row.card_id)
    return {"alerts": rows, "after": after}


def _rest(request: AskedRequest, number: int, resting: bool) -> dict[str, Any]:
    must(request.actor, Permission.RESPONDER_EDIT)
    if not responder_for(request.actor, known(number), request.now)[0].editable:
        raise Denied
    rest(request.actor.district, number, resting, request.now)
    return responder_told(request, number)


def _new(given: ResponderGiven) -> NewResponder:
    return NewResponder(
        kind=given.kind, name=given.name, phone=given.phone, skills=given.skills, lon=given.lon, lat=given.lat,
        datum=given.datum.value, contact=given.contact, place_text=given.place_text,
        hours=hours_of(given.days, given.hours), login=given.login, on_roster=given.on_roster,
    )  # fmt: skip


def _after(turn: Turn) -> tuple[str, str, int] | None:
    if not turn.after:
        return None
    area, _dot, rest_ = turn.after.partition(".")
    number, _dot, name = rest_.partition(".")
    if not all(part.isascii() and part.isdigit() and len(part) < 19 for part in (area, number)):
        raise Invalid(fields={"after": WRONG_PLACE})
    return area, name, int(number)
