"""Water: what each device of it stands for, which class it has, and which readings are doubted."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Turn, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import before, known, last_of
from huying.api.v1.interface import AskedRequest, must
from huying.devices.actions.water import put_point
from huying.devices.queries import (
    AnomalyInfo,
    GradeInfo,
    PointInfo,
    Water,
    anomalies_for,
    water_for,
    water_of,
)
from huying.devices.rules.water.classes import WaterBody, WaterClass
from huying.devices.rules.water.points import NewPoint, PointSort

router = Router(tags=["设备"])
Point, Grade, Doubt = (
    told(PointInfo, "WaterPoint"),
    told(GradeInfo, "WaterGrade"),
    told(AnomalyInfo, "ReadingAnomaly"),
)


class OpenMatter(Schema):
    """A matter of the device that is not over: its kind, its factor, since when."""

    kind: str = Field(examples=["water"])
    factor: str = Field(examples=["w21003"])
    since: datetime


class WaterLine(Schema):
    """A device of water."""

    id: int = Field(description="设备")
    code: str = Field(examples=["WQ-0417"])
    name: str = Field(examples=["春风桥断面"])
    area: str = Field(examples=["440310001"])
    point: Point | None = Field(None, description="断面或排口；没有设置时为空")  # type: ignore[valid-type]
    grade: Grade | None = Field(None, description="按最近一小时平均评价的类别")  # type: ignore[valid-type]
    open: list[OpenMatter]


class PointGiven(Body):
    """What a device of water stands for."""

    sort: Annotated[PointSort, listed_as(PointSort)] = Field(description="断面或排口", examples=["section"])
    body: Annotated[WaterBody, listed_as(WaterBody)] = Field(WaterBody.RIVER, description="河流或湖库")
    target: Annotated[WaterClass, listed_as(WaterClass)] = Field(WaterClass.III, description="水质目标")
    hold: int = Field(2, ge=0, le=72, description="劣于目标多少小时才立案")
    water: str = Field("", max_length=40, description="水体名称", examples=["春风河"])
    source: str = Field("", max_length=60, description="排污单位", examples=["某某水质净化厂"])
    permit: str = Field("", max_length=40, description="排污许可证编号")
    answerable: int | None = Field(None, ge=1, lt=2**63, description="责任单位")


@router.get("/water", response=page_of("water", WaterLine), summary="水质")
def listed(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """The devices of water: what they stand for, the class of the water, what is open."""
    must(request.actor, Permission.DEVICE_READ)
    rows = water_for(request.actor, after=before(turn) or 0, limit=turn.limit)
    return {"water": [_line(row) for row in rows], "after": last_of([row.device for row in rows], turn)}


@router.put("/devices/{number}/water-point", response=WaterLine, summary="设断面或排口")
def put(request: AskedRequest, number: int, given: PointGiven) -> dict[str, Any]:
    """Let a device of water stand for exactly this."""
    must(request.actor, Permission.DEVICE_EDIT)
    new = NewPoint(
        sort=given.sort, body=given.body, target=given.target, hold=given.hold, water=given.water, source=given.source,
        permit=given.permit, answerable_id=given.answerable,
    )  # fmt: skip
    put_point(request.actor, known(number), new, request.now)
    return _line(water_of(request.actor, number))


@router.get("/devices/{number}/anomalies", response=list[Doubt], summary="读数异常")  # type: ignore[valid-type]
def doubted(request: AskedRequest, number: int) -> list[AnomalyInfo]:
    """What of a device's series is doubted, the newest first; at most 50."""
    must(request.actor, Permission.DEVICE_READ)
    return anomalies_for(request.actor, known(number))


def _line(row: Water) -> dict[str, Any]:
    device = row.device
    named = [{"kind": kind, "factor": factor, "since": since} for kind, factor, since in row.open]
    told = {"id": device.id, "code": device.code, "name": device.name, "area": device.area}
    return told | {"point": row.point, "grade": row.grade, "open": named}
