"""What may be said of a facility, field by field."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from huying.geo.datums import Datum
from huying.kernel.errors import Invalid
from huying.kernel.saying import said
from huying.services.rules.hours import read_hours, read_spans
from huying.services.rules.kinds import Amenity

_CODE: Final = re.compile(r"[a-z][a-z0-9_]{1,23}")
_MOST: Final = {"name": 80, "address": 160, "phone": 40, "note": 300}
_NAMES: Final = {"name": "名称", "address": "地址", "phone": "电话", "note": "说明"}
_LONGEST_EXCEPTION: Final = 366
MOST_PHOTOS: Final = 6
MOST_WORDS: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFacility:
    """As typed. ``lon`` and ``lat`` are degrees in ``datum``; ``hours`` as an office writes them, "" where nobody knows.

    ``key`` names it in the source it came from; ``body_id`` keeps the entry right.
    """

    kind: str
    name: str
    lon: float
    lat: float
    datum: str = Datum.CGCS2000.value
    address: str = ""
    phone: str = ""
    hours: str = ""
    amenities: frozenset[Amenity] = frozenset()
    note: str = ""
    body_id: int | None = None
    source: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class NewException:
    """Days on which other times hold; ``spans`` as times of one day, "" or 休息 for closed."""

    first: date
    last: date
    spans: str
    why: str


def wrong_in(new: NewFacility) -> Mapping[str, str]:
    """Field to what is wrong with it; kinds, bodies and areas are asked of the rows."""
    wrong: dict[str, str] = {}
    if not new.name.strip():
        wrong["name"] = said("请填写名称。")
    for field, most in _MOST.items():
        if len(getattr(new, field).strip()) > most:
            wrong[field] = said("%(name)s最多 %(most)s 字。", name=_NAMES[field], most=most)
    if not is_position(new.lon, new.lat):
        wrong["lon"] = said("位置不对：经度、纬度写成度数，如 114.31、22.71。")
    if new.datum not in {one.value for one in Datum}:
        wrong["datum"] = said("没有这种坐标系。")
    try:
        read_hours(new.hours)
    except Invalid as error:
        wrong["hours"] = error.message
    return wrong


def is_position(lon: float, lat: float) -> bool:
    """Whether these can be degrees."""
    return math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90


def wrong_in_exception(new: NewException) -> Mapping[str, str]:
    """Field to what is wrong with it."""
    wrong: dict[str, str] = {}
    if new.last < new.first:
        wrong["last"] = said("最后一天不能早于第一天。")
    elif (new.last - new.first).days >= _LONGEST_EXCEPTION:
        wrong["last"] = said("最多一年，更久的请改开放时间。")
    if not 0 < len(new.why.strip()) <= 100:
        wrong["why"] = said("请写明原因，最多 100 字，居民看得到。")
    try:
        read_spans(new.spans)
    except Invalid as error:
        wrong["spans"] = error.message
    return wrong


def wrong_in_kind(code: str, name: str, minutes: int) -> Mapping[str, str]:
    """What is wrong with a kind of a district's own."""
    wrong: dict[str, str] = {}
    if not _CODE.fullmatch(code):
        wrong["code"] = said("代号 2 到 24 个字符，小写字母开头，只用小写字母、数字和下划线。")
    if not 0 < len(name.strip()) <= 20:
        wrong["name"] = said("请填写名称，最多 20 字。")
    if not 1 <= minutes <= 60:
        wrong["minutes"] = said("步行时间 1 到 60 分钟。")
    return wrong
