"""Alarms of devices and other systems: one call opens the card and alerts the first ring before it answers."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from ninja import Field, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.members import Body
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.emergency.actions import NewAlarm, open_card
from huying.emergency.queries import card_for
from huying.emergency.rules.kinds import Source
from huying.geo.datums import Datum
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.numbers import parse_case_number

router = Router(tags=["应急"])


class Alarm(Body):
    """One alarm. The same device and key within the plan's window, or while the card is open, is the same alarm."""

    kind: str = Field(max_length=20, description="种类，即预案代码", examples=["fire"])
    device: str = Field("", max_length=64, description="设备编号；不是设备的空着", examples=["SMOKE-0417"])
    key: str = Field(min_length=1, max_length=80, description="这次报警的编号", examples=["20260302-0417-9"])
    words: str = Field("", max_length=500, description="情况", examples=["3 栋 2 层烟感报警"])
    place_text: str = Field("", max_length=300, description="在哪里", examples=["春风路 12 号 3 栋"])
    lon: float | None = Field(None, description="经度")
    lat: float | None = Field(None, description="纬度")
    datum: Datum = Field(Datum.WGS84, description="坐标系")
    case: str = Field("", max_length=20, description="已有案件的编号；没有的自动立一件")


class Alerted(Schema):
    """One responder alerted; no number of theirs leaves the house."""

    name: str
    kind: str = Field(examples=["volunteer"])
    ring: int = Field(description="第几圈")
    metres: int = Field(description="离现场多少米")
    alerted_at: datetime
    answer: str | None = Field(description="accepted、declined、not_needed、left；null 还没有答复")
    answered_at: datetime | None
    arrived_at: datetime | None


class Card(Schema):
    """The emergency card as it stands."""

    id: int
    case: str = Field(description="案件编号", examples=["440310-000012345"])
    kind: str
    name: str = Field(examples=["火情"])
    area: str
    lon: float | None
    lat: float | None
    opened_at: datetime
    ring: int = Field(description="已告警几圈")
    enough: int = Field(description="几个人够")
    accepted: int = Field(description="能去人数")
    arrived: int = Field(description="到场人数")
    handed_over: bool = Field(description="已转值班员")
    over_at: datetime | None = Field(description="解除时间")
    alerted: list[Alerted]
    self: str = Field(examples=["/api/v1/emergencies/1842"])


@router.post(
    "/emergencies", response={201: Card, 200: Card, 400: Problem, 403: Problem, 404: Problem}, summary="报警"
)
def alarm(request: AskedRequest, response: HttpResponse, given: Alarm) -> Status[dict[str, Any]]:
    """201 for a new card, 200 for an alarm that belongs to one. By then the first ring has been alerted.

    A position outside the district or impossible is written down and not used: people are asked instead.
    """
    must(request.actor, Permission.EMERGENCY_OPEN)
    new = NewAlarm(
        kind=given.kind, source=Source.DEVICE if given.device else Source.OTHER, key=given.key, words=given.words,
        place_text=given.place_text, lon=given.lon, lat=given.lat, datum=given.datum.value,
        case_id=_case(request, given.case), device=given.device,
    )  # fmt: skip
    opened = open_card(request.actor, new, request.now)
    response["Location"] = f"/api/v1/emergencies/{opened.id}"
    return Status(201 if opened.is_new else 200, card_told(request, opened.id))


@router.get("/emergencies/{number}", response={200: Card, 404: Problem}, summary="一张应急卡")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """The card, for the key that opened it and for those whose area it lies in."""
    must(request.actor, Permission.EMERGENCY_READ, Permission.EMERGENCY_OPEN)
    if not 0 < number < 2**63:
        raise NotFound
    return card_told(request, number)


def _case(request: AskedRequest, number: str) -> int | None:
    if not number:
        return None
    try:
        district, case_id = parse_case_number(number)
    except Invalid as wrong:
        raise NotFound from wrong
    if district != request.actor.district:
        raise NotFound
    return case_id


def card_told(request: AskedRequest, number: int) -> dict[str, Any]:
    """The card as the interface tells it. Raises NotFound."""
    card = card_for(request.actor, number)
    line = card.line
    return {
        "id": line.id, "case": line.number, "kind": line.kind, "name": line.name, "area": line.area, "lon": line.lon,
        "lat": line.lat, "opened_at": line.opened_at, "ring": line.ring, "enough": line.enough,
        "accepted": line.accepted, "arrived": line.arrived, "handed_over": line.handed, "over_at": line.over_at,
        "alerted": [
            {
                "name": row.name, "kind": row.kind.value, "ring": row.ring, "metres": row.metres,
                "alerted_at": row.alerted_at, "answer": row.answer.value if row.answer else None,
                "answered_at": row.answered_at, "arrived_at": row.arrived_at,
            }
            for row in card.alerts
        ],
        "self": f"/api/v1/emergencies/{line.id}",
    }  # fmt: skip
