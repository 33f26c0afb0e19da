"""What may stand in the register, field by field."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from huying.devices.rules.kinds import DeviceKind
from huying.geo.datums import Datum
from huying.kernel.saying import said

#: As printed on devices and used in MQTT topics: no wildcard, no slash, no blank.
CODE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,39}")
LONGEST_EVERY: Final = 7 * 24 * 3600
_LONGEST_CALIBRATION: Final = 3660
_TEXTS: Final = {"name": 60, "place_text": 200, "maker": 40, "model": 40, "home": 24}
_NAMES: Final = {"name": "名称", "place_text": "地点", "maker": "厂家", "model": "型号", "home": "户号"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDevice:
    """As typed. ``lon`` and ``lat`` are degrees in ``datum``; without them ``area`` says where it stands.

    ``every``: seconds in which it should be heard once, 0: it speaks only when something happens. ``calibrate_days``:
    after how many days it is to be calibrated again, 0: never. ``home``: one word for all devices of a home.
    """

    code: str
    kind: DeviceKind
    name: str
    area: str = ""
    lon: float | None = None
    lat: float | None = None
    datum: str = Datum.CGCS2000.value
    place_text: str = ""
    body_id: int | None = None
    maker: str = ""
    model: str = ""
    every: int = 0
    installed_on: date | None = None
    calibrated_on: date | None = None
    calibrate_days: int = 0
    home: str = ""


def wrong_in(new: NewDevice) -> Mapping[str, str]:
    """Field to what is wrong with it; empty when all is well. Bodies and areas are asked of the rows."""
    return {**_wrong_words(new), **_wrong_place(new), **_wrong_times(new)}


def _wrong_words(new: NewDevice) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not CODE.fullmatch(new.code):
        wrong["code"] = said("设备编号 1 到 40 个字符，只用字母、数字和 . _ : -。")
    if not new.name.strip():
        wrong["name"] = said("请填写名称。")
    for field, most in _TEXTS.items():
        if len(getattr(new, field).strip()) > most:
            wrong[field] = said("%(name)s最多 %(most)s 字。", name=_NAMES[field], most=most)
    return wrong


def _wrong_place(new: NewDevice) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if (new.lon is None) != (new.lat is None):
        wrong["lon"] = said("经度、纬度要一起填。")
    elif new.lon is not None and new.lat is not None and not is_position(new.lon, new.lat):
        wrong["lon"] = said("位置不对：经度、纬度写成度数，如 114.31、22.71。")
    if new.datum not in {one.value for one in Datum}:
        wrong["datum"] = said("没有这种坐标系。")
    return wrong


def _wrong_times(new: NewDevice) -> dict[str, str]:
    wrong: dict[str, str] = {}
    if not 0 <= new.every <= LONGEST_EVERY:
        wrong["every"] = said("多久联系一次最多七天，以秒计；0 表示只在有事时联系。")
    if not 0 <= new.calibrate_days <= _LONGEST_CALIBRATION:
        wrong["calibrate_days"] = said("校准周期最多十年，以天计；0 表示不校准。")
    if new.installed_on and new.calibrated_on and new.calibrated_on < new.installed_on:
        wrong["calibrated_on"] = said("校准日期不能早于安装日期。")
    return wrong


def is_position(lon: float, lat: float) -> bool:
    """Whether these can be degrees."""
    return math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90
