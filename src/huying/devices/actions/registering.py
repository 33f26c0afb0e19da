"""The register of devices: taken in, corrected, retired."""

from datetime import datetime

from django.db import IntegrityError, transaction

from huying.access.actor import Actor
from huying.annals.actions import NewChange, note_change
from huying.annals.rules import Deed, Subject
from huying.devices.actions.casework import let_go
from huying.devices.actions.ruling import forget_states
from huying.devices.models import Device
from huying.devices.policy import must_edit
from huying.devices.rules import words
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.registering import NewDevice, wrong_in
from huying.geo.datums import Datum, convert
from huying.kernel.errors import Conflict, Invalid, NotFound
from huying.kernel.saying import said
from huying.people.queries import bodies, unit_names
from huying.places.queries import area, area_path, placed

_PLAIN = (
    "name", "place_text", "maker", "model", "body_id", "every", "installed_on", "calibrated_on", "calibrate_days",
    "home",
)  # fmt: skip


def make(by: Actor, new: NewDevice, now: datetime) -> int:
    """Take a device into the register; its id.

    Raises Denied, Invalid and OutsideDistrict (fields named), Conflict for a code that another one bears.
    """
    must_edit(by)
    row = Device(district=by.district, made_at=now, made_by=by.name[:60])
    _fill(row, by, new, now)
    with transaction.atomic():
        _save(row, new=True)
        note_change(by, NewChange(Subject.DEVICE, row.code, row.name, Deed.CREATE, {}, told(row)), now)
    return row.id


@transaction.atomic
def change(by: Actor, device_id: int, new: NewDevice, now: datetime) -> bool:
    """Correct what is known of a device; whether anything was.

    Raises Denied, NotFound, Invalid, OutsideDistrict, Conflict.
    """
    row = held(by, device_id)
    before, kind = told(row), row.kind
    _fill(row, by, new, now)
    if told(row) == before:
        return False
    _save(row, new=False)
    if row.kind != kind:
        # Other rules watch it now: by those of before nothing would ever be over.
        forget_states(by.district, now, device_id=row.id)
    note_change(by, NewChange(Subject.DEVICE, row.code, row.name, Deed.CHANGE, before, told(row)), now)
    return True


@transaction.atomic
def retire(by: Actor, device_id: int, why: str, now: datetime) -> None:
    """Listen to it no more; what it said stays, its open matters end and their cases are told. Twice changes nothing.

    Raises Denied, NotFound, Invalid without why.
    """
    row = held(by, device_id)
    if row.retired_at is not None:
        return
    reason = why.strip()
    if not 0 < len(reason) <= 200:
        raise Invalid("请写明为什么停用，最多 200 字。", fields={"why": "请写明为什么停用，最多 200 字。"})
    row.retired_at, row.retired_by, row.retired_why = now, by.name[:60], reason
    row.secret = row.secret_at = row.station_secret = row.station_at = None
    gone = ("secret", "secret_at", "station_secret", "station_at")
    row.save(update_fields=["retired_at", "retired_by", "retired_why", *gone])
    let_go(by.district, row.id, words.retired(row.name, row.code, reason), now)
    forget_states(by.district, now, device_id=row.id)
    note_change(by, NewChange(Subject.DEVICE, row.code, row.name, Deed.END, {}, {"原因": reason}), now)


def held(by: Actor, device_id: int) -> Device:
    """A device of the district, locked. Raises Denied, NotFound. Must run in a transaction."""
    must_edit(by)
    row = Device.objects.select_for_update().filter(district=by.district, id=device_id).first()
    if row is None:
        raise NotFound
    return row


def told(row: Device) -> dict[str, str]:
    """How a device is told in the record of changes."""
    return {
        "编号": row.code,
        "类型": DeviceKind(row.kind).zh,
        "名称": row.name,
        "区域": area_name_of(row),
        "位置": "" if row.lon is None or row.lat is None else f"{row.lon:.6f}, {row.lat:.6f}",
        "地点": row.place_text,
        "权属单位": unit_names(row.district).get(row.body_id or 0, ""),
        "厂家": row.maker,
        "型号": row.model,
        "多久联系一次（秒）": str(row.every),
        "安装日期": str(row.installed_on or ""),
        "校准日期": str(row.calibrated_on or ""),
        "校准周期（天）": str(row.calibrate_days or ""),
        "户号": row.home,
    }


def area_name_of(row: Device) -> str:
    """The names from the district down to where it stands; the code where the area is drawn no more."""
    try:
        return "".join(area_path(row.district, row.area))
    except NotFound:
        return row.area


def _fill(row: Device, by: Actor, new: NewDevice, now: datetime) -> None:
    wrong = dict(wrong_in(new))
    if new.body_id is not None and new.body_id != row.body_id:
        known = {one.id for one in bodies(by.district, now)}
        if new.body_id not in known:
            wrong["body_id"] = said("单位不存在。")
    if wrong:
        raise Invalid(fields=wrong)
    row.code, row.kind = new.code, new.kind.value
    for name in _PLAIN:
        value = getattr(new, name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    _place(row, by.district, new)


def _place(row: Device, district: int, new: NewDevice) -> None:
    if new.lon is None or new.lat is None:
        row.lon = row.lat = None
        try:
            row.area = area(district, new.area or str(district)).code
        except NotFound:
            raise Invalid(fields={"area": "没有这个区域。"}) from None
        return
    row.lon, row.lat = convert(new.lon, new.lat, Datum(new.datum))
    row.area = placed(district, row.lon, row.lat).code


def _save(row: Device, *, new: bool) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=new, force_update=not new)
    except IntegrityError:
        raise Conflict("已有这个编号的设备。", fields={"code": "已有这个编号的设备。"}) from None
