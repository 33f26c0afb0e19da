"""The register of devices: listed, taken in, corrected, retired."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema, Status

from huying.access.permissions import Permission
from huying.api.conduct import Turn, cut, mannered, page_of
from huying.api.conduct.derived import listed_as, told
from huying.api.members import Body
from huying.api.v1.asking import SomeDay, SomeMoment, before, known, last_of
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.shapes import Problem
from huying.api.v1.sheets import SHEET, DryRun, SheetRead, brought, sheet_taken
from huying.devices.actions import (
    change,
    end_maintenance,
    import_devices,
    maintain,
    make,
    retire,
)
from huying.devices.queries import (
    DeviceInfo,
    MaintenanceInfo,
    Sought,
    device_for,
    devices_for,
    lasts_for,
    maintenance_of,
)
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.registering import NewDevice
from huying.devices.rules.sheet import ALSO, EXAMPLE, NEEDED
from huying.geo.datums import Datum

router = Router(tags=["设备"])
Line, Resting = told(DeviceInfo, "DeviceLine"), told(MaintenanceInfo, "DeviceMaintenance")
Kind = Annotated[DeviceKind, listed_as(DeviceKind)]


class LastValue(Schema):
    """The newest value of a factor."""

    factor: str = Field(examples=["level"])
    at: datetime
    value: float


class Device(Line):  # type: ignore[valid-type,misc]
    """A device and what it said last."""

    lasts: list[LastValue]


class Asked(Turn):
    """Which devices."""

    kind: Kind | None = Field(None, description="类型")
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="区划代码前缀")
    body: int | None = Field(None, ge=1, lt=2**63, description="权属单位")
    q: str = Field("", max_length=40, description="编号、名称或地点")
    state: str = Field(
        "", pattern="^(heard|silent|low|retired|)$",
        description="heard 在线，silent 失联，low 电量低，retired 已停用，空为在用的",
    )  # fmt: skip


class DeviceGiven(Body):
    """What stands in the register of one."""

    code: str = Field(min_length=1, max_length=40, description="印在设备上的编号", examples=["WL-0417"])
    kind: Kind = Field(description="类型", examples=["water_level"])
    name: str = Field(min_length=1, max_length=60, examples=["春风桥水位计"])
    area: str = Field("", max_length=15, pattern=r"^\d*$", description="没有位置时的区划代码")
    lon: float | None = Field(None, description="经度", examples=[122.9999])
    lat: float | None = Field(None, description="纬度", examples=[28.9985])
    datum: Datum = Field(Datum.CGCS2000, description="坐标系")
    place_text: str = Field("", max_length=200, description="地点", examples=["春风桥东侧"])
    body: int | None = Field(None, ge=1, lt=2**63, description="权属单位")
    maker: str = Field("", max_length=40, examples=["某某电子"])
    model: str = Field("", max_length=40, examples=["WL-300"])
    every: int = Field(
        0, ge=0, le=604_800, description="多久联系一次（秒），0 只在有事时联系", examples=[300]
    )
    installed_on: SomeDay | None = Field(None, description="安装日期")
    calibrated_on: SomeDay | None = Field(None, description="上次校准日期")
    calibrate_days: int = Field(0, ge=0, le=3660, description="校准周期（天），0 不校准")
    home: str = Field("", max_length=24, description="户号：同一户的设备写同一个", examples=["H-0417"])


class DeviceRetiring(Body):
    """A reason."""

    why: str = Field(min_length=1, max_length=200, examples=["桥梁改造，设备拆除"])


class MaintenanceGiven(Body):
    """A time in which somebody works on it."""

    since: SomeMoment = Field(description="开始")
    until: SomeMoment = Field(description="结束")
    why: str = Field(min_length=1, max_length=200, examples=["清洗探头"])


@router.get("/devices", response=page_of("devices", Line), summary="设备")
def listed(request: AskedRequest, asked: Annotated[Asked, Query()]) -> dict[str, Any]:
    """The devices in the key's area, or of its body, in the order they were registered."""
    must(request.actor, Permission.DEVICE_READ)
    wanted = Sought(asked.kind, asked.area, asked.body, asked.q, asked.state)
    rows = devices_for(request.actor, wanted, after=before(asked) or 0, limit=asked.limit)
    return {"devices": rows, "after": last_of(rows, asked)}


@router.post(
    "/devices/import",
    response=SheetRead,
    summary="导入设备",
    openapi_extra=sheet_taken(*NEEDED, also=ALSO, example=EXAMPLE),
)
@mannered(SHEET)
def imported(request: AskedRequest, dry_run: DryRun = False) -> dict[str, Any]:
    """Devices into the register, all of a sheet or none; a known code is put right. The same again changes nothing."""
    must(request.actor, Permission.DEVICE_EDIT)
    return brought(request, import_devices, dry_run=dry_run)


@router.get("/devices/{number}", response=Device, summary="一台设备")
def one(request: AskedRequest, number: int) -> dict[str, Any]:
    """One device and the newest value of each of its factors."""
    must(request.actor, Permission.DEVICE_READ)
    return _one(request, number)


@router.post("/devices", response={201: Device, 409: Problem}, summary="登记设备")
def made(request: AskedRequest, given: DeviceGiven) -> Status[dict[str, Any]]:
    """Take a device into the register; a code stands there once."""
    must(request.actor, Permission.DEVICE_EDIT)
    return Status(201, _one(request, make(request.actor, _new(given), request.now)))


@router.put("/devices/{number}", response={200: Device, 409: Problem}, summary="改设备")
def changed(request: AskedRequest, number: int, given: DeviceGiven) -> dict[str, Any]:
    """Let what stands in the register be exactly this."""
    must(request.actor, Permission.DEVICE_EDIT)
    change(request.actor, known(number), _new(given), request.now)
    return _one(request, number)


@router.post("/devices/{number}/retire", response=Device, summary="停用设备")
def retired(request: AskedRequest, number: int, given: DeviceRetiring) -> dict[str, Any]:
    """Listen to it no more; what it said stays."""
    must(request.actor, Permission.DEVICE_EDIT)
    retire(request.actor, known(number), given.why, request.now)
    return _one(request, number)


@router.get(
    "/devices/{number}/maintenance", response=page_of("maintenance", Resting), summary="设备的维护时段"
)
def resting(request: AskedRequest, number: int, turn: Annotated[Turn, Query()]) -> dict[str, Any]:
    """When it was and will be worked on, the newest first; at most 200."""
    must(request.actor, Permission.DEVICE_READ)
    rows, after = cut(maintenance_of(request.actor, known(number), 200), turn, lambda row: row.id)
    return {"maintenance": rows, "after": after}


@router.post("/devices/{number}/maintenance", response={201: Resting}, summary="登记维护时段")
def rested(request: AskedRequest, number: int, given: MaintenanceGiven) -> Status[MaintenanceInfo]:
    """While it lasts readings are kept and nothing follows from them."""
    must(request.actor, Permission.DEVICE_EDIT)
    made = maintain(request.actor, known(number), given.since, given.until, given.why, request.now)
    found = maintenance_of(request.actor, number, 200)
    return Status(201, next(row for row in found if row.id == made))


@router.post("/devices/{number}/maintenance/{time}/end", response={204: None}, summary="提前结束维护")
def woken(request: AskedRequest, number: int, time: int) -> Status[None]:
    """Watch again from now on."""
    must(request.actor, Permission.DEVICE_EDIT)
    end_maintenance(request.actor, known(number), known(time), request.now)
    return Status(204, None)


def _one(request: AskedRequest, number: int) -> dict[str, Any]:
    held = device_for(request.actor, known(number))
    lasts = lasts_for(request.actor, [held.id]).get(held.id, [])
    told = {name: getattr(held, name) for name in Line.model_fields}
    return told | {"lasts": [{"factor": factor, "at": at, "value": value} for factor, at, value in lasts]}


def _new(given: DeviceGiven) -> NewDevice:
    return NewDevice(
        code=given.code, kind=given.kind, name=given.name, area=given.area, lon=given.lon, lat=given.lat,
        datum=given.datum.value, place_text=given.place_text, body_id=given.body, maker=given.maker,
        model=given.model, every=given.every, installed_on=given.installed_on, calibrated_on=given.calibrated_on,
        calibrate_days=given.calibrate_days, home=given.home,
    )  # fmt: skip
