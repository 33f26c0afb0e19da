"""Responders out of a spreadsheet: all of a file or nothing, with every faulty line named."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.emergency.actions.responders import NewResponder, register
from huying.emergency.queries.plans import skills_of
from huying.emergency.rules.hours import hours_of
from huying.emergency.rules.kinds import ResponderKind
from huying.geo.datums import Datum
from huying.kernel.errors import Denied, HuyingError, Invalid
from huying.kernel.saying import said
from huying.places.queries import locate_text
from huying.teams.actions import SheetReport
from huying.teams.rules.sheets import Fault, Line, read_lines

COLUMNS: Final = ("类型", "名称", "电话", "技能")
ALSO: Final = ("经度", "纬度", "坐标系", "地址", "负责人", "日子", "时段", "按值班表", "登录名")
EXAMPLE: Final = (
    "志愿者", "张小明", "13800000000", "急救（AED） 疏散引导", "114.3123", "22.7051", "cgcs2000", "春风路 12 号", "",
    "每天", "08:00-22:00", "", "",
)  # fmt: skip
_YES: Final = frozenset({"是", "对", "1", "yes", "y", "√"})
_HEADINGS: Final = {
    "phone": "电话", "name": "名称", "skills": "技能", "lon": "经度", "login": "登录名", "on_roster": "按值班表",
}  # fmt: skip


class _OnlyLooked(Exception):
    """Takes back what was written to see what would happen."""


def import_responders(by: Actor, data: bytes, now: datetime, *, dry_run: bool) -> SheetReport:
    """Register everybody of a sheet; known again by their phone, a line that says what stands already changes nothing.

    A place is longitude and latitude, or an address that names a known place. Raises Denied, Invalid for a file that
    cannot be read.
    """
    if not by.may(Permission.RESPONDER_EDIT):
        raise Denied
    lines = read_lines(data, COLUMNS)
    names = {name: code for code, name in skills_of(by.district).items()}
    made, faults = 0, []
    try:
        with transaction.atomic():
            for line in lines:
                try:
                    with transaction.atomic():
                        made += register(by, _read(by.district, line, names), now)[1]
                except HuyingError as error:
                    faults.append(_fault(line, error))
            if dry_run or faults:
                raise _OnlyLooked
    except _OnlyLooked:
        pass
    return SheetReport(
        len(lines), made, len(lines) - made - len(faults), tuple(faults), not dry_run and not faults
    )


def _fault(line: Line, error: HuyingError) -> Fault:
    column = next(iter(error.fields), "")
    return Fault(line.number, _HEADINGS.get(column, column), error.fields.get(column) or error.message)


def _read(district: int, line: Line, names: Mapping[str, str]) -> NewResponder:
    cells = {name: line.cells.get(name, "").strip() for name in (*COLUMNS, *ALSO)}
    lon, lat = _place(district, cells)
    return NewResponder(
        kind=_kind(cells["类型"]),
        name=cells["名称"],
        phone=cells["电话"],
        skills=_skills(cells["技能"], names),
        lon=lon,
        lat=lat,
        datum=(cells["坐标系"] or Datum.CGCS2000.value).lower().replace("-", ""),
        contact=cells["负责人"],
        place_text=cells["地址"],
        hours=hours_of(cells["日子"], cells["时段"]),
        login=cells["登录名"],
        on_roster=cells["按值班表"].lower() in _YES,
    )


def _kind(text: str) -> ResponderKind:
    found = next((kind for kind in ResponderKind if text in {kind.zh, kind.value}), None)
    if found is None:
        raise Invalid("类型填“志愿者”“微型消防站”“抢险队伍”或“值班人员”。", fields={"类型": ""})
    return found


def _skills(text: str, names: Mapping[str, str]) -> list[str]:
    written = text.replace("、", " ").replace("，", " ").replace(",", " ").replace("；", " ").split()
    plain = {name.split("（")[0]: code for name, code in names.items()} | dict(names)
    unknown = [one for one in written if one not in plain and one not in names.values()]
    if unknown:
        raise Invalid(said("没有“%(name)s”这项技能。", name=unknown[0][:20]), fields={"技能": ""})
    return [plain.get(one, one) for one in written]


def _place(district: int, cells: Mapping[str, str]) -> tuple[float, float]:
    if cells["经度"] or cells["纬度"]:
        try:
            return float(cells["经度"]), float(cells["纬度"])
        except ValueError:
            raise Invalid("经度、纬度写成度数，如 114.3123。", fields={"经度": ""}) from None
    guess = next(iter(locate_text(district, cells["地址"])), None) if cells["地址"] else None
    if guess is None or not guess.area:
        raise Invalid("没有经纬度，地址也认不出来。", fields={"地址": ""})
    return guess.lon, guess.lat
