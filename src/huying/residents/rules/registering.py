"""What may stand in the register of buildings and persons, field by field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from huying.geo.datums import Datum
from huying.kernel.saying import said
from huying.residents.rules.kinds import HomeUse, HouseholdKind, Relation, Sex

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_OLDEST: Final = 130
_ROOM: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBuilding:
    """A building as typed. Without ``lon`` and ``lat`` (degrees in ``datum``) ``area`` says in which grid it stands."""

    name: str
    estate: str = ""
    address: str = ""
    area: str = ""
    lon: float | None = None
    lat: float | None = None
    datum: str = Datum.CGCS2000.value
    floors: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A person as typed, with the flat they live in. ``household`` counts the households of one flat from 1."""

    building_id: int
    room: str
    name: str
    relation: Relation = Relation.HEAD
    sex: Sex | None = None
    born: int | None = None
    phone: str = ""
    id_number: str = ""
    note: str = ""
    household: int = 1
    household_kind: HouseholdKind = HouseholdKind.FAMILY
    use: HomeUse = HomeUse.OWN


def wrong_in_building(new: NewBuilding) -> Mapping[str, str]:
    """Field to what is wrong with it."""
    wrong: dict[str, str] = {}
    if not 0 < len(new.name.strip()) <= 60:
        wrong["name"] = said("请填楼栋名称，最多 60 字。")
    if len(new.estate.strip()) > 60 or len(new.address.strip()) > 120:
        wrong["address"] = said("小区最多 60 字，地址最多 120 字。")
    if (new.lon is None) != (new.lat is None):
        wrong["lon"] = said("经度、纬度要一起填。")
    elif new.lon is not None and new.lat is not None and not (abs(new.lon) <= 180 and abs(new.lat) <= 90):
        wrong["lon"] = said("位置不对：经度、纬度写成度数，如 114.31、22.71。")
    if new.datum not in {one.value for one in Datum}:
        wrong["datum"] = said("没有这种坐标系。")
    if not 0 <= new.floors <= 200:
        wrong["floors"] = said("层数填 0 到 200。")
    return wrong


def wrong_in_person(new: NewPerson, today: date) -> Mapping[str, str]:
    """Field to what is wrong with it; telephone numbers are asked of their own rules."""
    wrong: dict[str, str] = {}
    if not 0 < len(new.name.strip()) <= 40:
        wrong["name"] = said("请填姓名，最多 40 字。")
    if not 0 < len(new.room.strip()) <= _ROOM:
        wrong["room"] = said("请填房号，如“2单元501”，最多 40 字。")
    if not 1 <= new.household <= 20:
        wrong["household"] = said("同一套房最多登记 20 户。")
    if new.born is not None and not today.year - _OLDEST <= new.born <= today.year:
        wrong["born"] = said("出生年份不对。")
    if new.id_number.strip() and not is_id_number(new.id_number):
        wrong["id_number"] = said("身份证号不对，请核对 18 位号码。")
    if len(new.note.strip()) > 300:
        wrong["note"] = said("备注最多 300 字。")
    return wrong


def is_id_number(text: str) -> bool:
    """Whether the last character of an 18-character identity number agrees with the others (GB 11643-1999)."""
    number = text.strip().upper()
    if not re.fullmatch(r"\d{17}[\dX]", number):
        return False
    return (
        _CHECKS[sum(int(one) * weight for one, weight in zip(number, _WEIGHTS, strict=False)) % 11]
        == number[-1]
    )


def born_in(id_number: str) -> int | None:
    """The year that an identity number tells; None for one that is none."""
    return int(id_number.strip()[6:10]) if is_id_number(id_number) else None


def room_of(text: str) -> str:
    """A room's number in its usual form, so that it is known again: no blanks, half-width digits."""
    wide = str.maketrans("０１２３４５６７８９－", "0123456789-")
    return "".join(text.split()).translate(wide)[:_ROOM]


def age_of(born: int | None, today: date) -> int | None:
    """Years by the calendar; None where the year is not known."""
    return None if born is None else today.year - born
