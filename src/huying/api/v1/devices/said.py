"""What a device said over a time, what came of it, and what nobody understood."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Final

from ninja import Field, Query, Router, Schema

from huying.access.permissions import Permission
from huying.api.conduct import Turn, page_of
from huying.api.conduct.derived import told
from huying.api.v1.asking import SomeMoment, before, known, last_of
from huying.api.v1.interface import AskedRequest, must
from huying.devices.queries import (
    EarInfo,
    MatterInfo,
    MisreadInfo,
    curve_for,
    ears_for,
    matters_of,
    misread_for,
)

router = Router(tags=["设备"])
_DAY: Final = timedelta(days=1)
Misread = told(MisreadInfo, "MisreadMessage")


class ReadingSpot(Schema):
    """One value at one moment."""

    at: datetime
    value: float


class ReadingCurve(Schema):
    """What a factor did."""

    factor: str = Field(examples=["level"])
    since: datetime
    until: datetime
    points: list[ReadingSpot] = Field(description="最多 600 个，每段的最低和最高都在；超过三天的是每小时平均")


Matter = told(
    MatterInfo,
    "DeviceMatter",
    without=("curve",),
    curve=(list[ReadingSpot], Field(description="恢复时留下的曲线")),
)


class Asked(Schema):
    """Of which factor, over which time."""

    factor: str = Field(min_length=1, max_length=24, description="因子", examples=["level"])
    since: SomeMoment | None = Field(None, description="从什么时候，须带时区；空为结束前一天")
    until: SomeMoment | None = Field(None, description="到什么时候，须带时区；空为现在")


@router.get("/devices/{number}/curve", response=ReadingCurve, summary="设备读数曲线")
def curve(request: AskedRequest, number: int, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """The readings of one factor, thinned so that no peak is lost."""
    must(request.actor, Permission.DEVICE_READ)
    until = asked.until or request.now
    since = asked.since or until - _DAY
    points = curve_for(request.actor, known(number), asked.factor, since, until)
    return {"factor": asked.factor, "since": since, "until": until, "points": points}


@router.get("/devices/{number}/matters", response=page_of("matters", Matter), summary="设备的事件")
def matters(request: AskedRequest, number: int, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What came of it, the newest first; a case's number only where the key sees the case."""
    must(request.actor, Permission.DEVICE_READ)
    rows = matters_of(request.actor, known(number), before(turn), turn.limit)
    return {"matters": [_matter(row) for row in rows], "after": last_of(rows, turn)}


@router.get("/misread-messages", response=page_of("messages", Misread), summary="没读懂的设备消息")
def misread(request: AskedRequest, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """What came in within a week and could not be kept, with the reason; the newest first."""
    must(request.actor, Permission.DEVICE_EDIT)
    rows = misread_for(request.actor, before(turn), turn.limit)
    return {"messages": rows, "after": last_of(rows, turn)}


def _matter(row: MatterInfo) -> dict[str, Any]:
    named = {name: getattr(row, name) for name in row.__dataclass_fields__}
    return named | {"curve": [{"at": at, "value": value} for at, value in row.curve]}


Ear = told(EarInfo, "DeviceEar")


class Ears(Schema):
    """Our ways in."""

    ears: list[Ear]  # type: ignore[valid-type]


@router.get("/device-ears", response=Ears, summary="设备消息收不收得到")
def ears(request: AskedRequest) -> dict[str, Any]:
    """The ways in beside this interface (MQTT, HJ 212), and whether they hear now."""
    must(request.actor, Permission.DEVICE_READ)
    return {"ears": ears_for(request.actor, request.now)}
