"""A sheet of devices as people fill it in: which columns, and what each cell says."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.registering import NewDevice
from huying.geo.datums import Datum
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.teams.rules.sheets import day_of

#: Columns that must be there, and those that may be.
NEEDED: Final = ("编号", "类型", "名称")
ALSO: Final = (
    "经度", "纬度", "坐标系", "区域代码", "地点", "权属单位", "厂家", "型号", "联系间隔（秒）", "安装日期",
    "校准日期", "校准周期（天）", "户号",
)  # fmt: skip
EXAMPLE: Final = ("SOS-0417", "一键求助", "302 室卧室")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise Invalid(said("“%(text)s”不是数字。", text=text[:20])) from None


def _whole(text: str) -> int:
    number = _number(text)
    if not number.is_integer():
        raise Invalid(said("“%(text)s”不是整数。", text=text[:20]))
    return int(number)


def _kind(text: str) -> DeviceKind:
    for one in DeviceKind:
        if text in (one.value, one.zh):
            return one
    raise Invalid(
        said(
            "没有“%(text)s”这类设备，可写：%(known)s。",
            text=text[:20],
            known="、".join(k.zh for k in DeviceKind),
        )
    )


def _datum(text: str) -> str:
    for one in Datum:
        if text.lower() in (one.value, one.zh.lower()):
            return one.value
    raise Invalid(said("没有“%(text)s”这种坐标系。", text=text[:20]))


_READ: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "编号": ("code", str), "类型": ("kind", _kind), "名称": ("name", str), "经度": ("lon", _number),
    "纬度": ("lat", _number), "坐标系": ("datum", _datum), "区域代码": ("area", str), "地点": ("place_text", str),
    "厂家": ("maker", str), "型号": ("model", str), "联系间隔（秒）": ("every", _whole),
    "安装日期": ("installed_on", day_of), "校准日期": ("calibrated_on", day_of),
    "校准周期（天）": ("calibrate_days", _whole), "户号": ("home", str),
}  # fmt: skip
OWNER: Final = "权属单位"


def device_of(cells: Mapping[str, str], owners: Mapping[str, int]) -> NewDevice | Mapping[str, str]:
    """The device of a line, or what is wrong by column. ``owners``: units by each name. Empty cells say nothing."""
    told: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for column, (field, read) in _READ.items():
        text = cells.get(column, "").strip()
        if text:
            try:
                told[field] = read(text)
            except Invalid as why:
                wrong[column] = why.message
        elif column in NEEDED:
            wrong[column] = "不能空。"
    owner = cells.get(OWNER, "").strip()
    if owner and owner not in owners:
        wrong[OWNER] = said("没有“%(name)s”这个单位。", name=owner[:40])
    return wrong or NewDevice(body_id=owners.get(owner), **told)
