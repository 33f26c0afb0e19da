"""A community's sheet of people brought in: all of it or nothing, every faulty line named; twice is once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from huying.access.actor import Actor
from huying.kernel.errors import HuyingError, Invalid
from huying.people.rules.phones import phone_or_none
from huying.places.queries import Level, area_words, areas
from huying.residents.actions.grounds import NewGround
from huying.residents.actions.homes import put_building
from huying.residents.actions.labels import mark
from huying.residents.actions.persons import add_person
from huying.residents.models import Building, Home, Person
from huying.residents.policy import EDIT, must, visible_to
from huying.residents.queries.kinds import kinds_of
from huying.residents.queries.sealed import digest, opened
from huying.residents.rules.registering import NewBuilding, NewPerson, room_of
from huying.residents.rules.sheets import COLUMNS, TERMS, term, year
from huying.teams.actions import SheetReport
from huying.teams.rules.sheets import Fault, Line, read_lines

_HEADINGS = {
    "name": "姓名",
    "room": "房号",
    "phone": "电话",
    "id_number": "身份证号",
    "born": "出生年份",
    "note": "备注",
    "kind": "类别",
    "detail": "依据说明",
    "consent": "同意方式",
    "area": "网格",
}


class _OnlyLooked(Exception):
    """Takes back what was written to see what would happen."""


@dataclass(slots=True)
class _Bringing:
    by: Actor
    now: datetime
    grids: Mapping[str, str]
    kinds: Mapping[str, str]
    made: int = 0
    known: int = 0
    faults: list[Fault] = field(default_factory=list)


def import_people(by: Actor, data: bytes, now: datetime, *, dry_run: bool) -> SheetReport:
    """Take everybody of a sheet in (楼栋、房号、姓名, and what ``rules.sheets`` names beside).

    A building that is not there is made in the grid named. Raises Denied, and Invalid for a file that cannot be read.
    """
    must(by, EDIT)
    lines = read_lines(data, COLUMNS)
    work = _Bringing(by, now, _grids(by.district), {one.name: one.code for one in kinds_of(by.district)})
    try:
        with transaction.atomic():
            for line in lines:
                _one(work, line)
            if dry_run or work.faults:
                raise _OnlyLooked
    except _OnlyLooked:
        pass
    return SheetReport(len(lines), work.made, work.known, tuple(work.faults), not dry_run and not work.faults)


def _one(work: _Bringing, line: Line) -> None:
    try:
        with transaction.atomic():
            _put(work, line.cells)
    except HuyingError as error:
        column = next(iter(error.fields), "")
        told = error.fields.get(column) or error.message
        work.faults.append(Fault(line.number, _HEADINGS.get(column, column), told))


def _put(work: _Bringing, cells: Mapping[str, str]) -> None:
    building = _building(work, cells)
    told: dict[str, Any] = {name: term(kind, cells, name, usual) for name, (kind, usual) in TERMS.items()}
    new = NewPerson(
        building_id=building,
        room=cells["房号"],
        name=cells["姓名"],
        relation=told["与户主关系"],
        sex=told["性别"],
        born=year(cells),
        phone=cells.get("电话", ""),
        id_number=cells.get("身份证号", ""),
        note=cells.get("备注", ""),
    )
    if _is_known(work.by.district, new):
        work.known += 1
        return
    ground = NewGround(
        purpose=told["目的"], basis=told["依据"], consent=told["同意方式"], detail=cells.get("依据说明", "")
    )
    person = add_person(work.by, new, ground, work.now)
    for name in cells.get("类别", "").replace("，", "、").replace(",", "、").split("、"):
        if name.strip():
            if name.strip() not in work.kinds:
                raise Invalid("没有这个类别。", fields={"类别": ""})
            mark(work.by, person, work.kinds[name.strip()], None, "", work.now)
    work.made += 1


def _building(work: _Bringing, cells: Mapping[str, str]) -> int:
    named = "".join(cells.get("网格", "").split())
    grid = work.grids.get(named, "")
    if named and not grid:
        raise Invalid("没有这个网格，请写代码或“街道 社区 网格”。", fields={"网格": ""})
    estate, name = cells.get("小区", "").strip(), cells["楼栋"].strip()
    rows = Building.objects.filter(visible_to(work.by, EDIT), estate=estate, name=name, ended_at=None)
    found = list((rows.filter(area=grid) if grid else rows).values_list("id", flat=True)[:2])
    if len(found) == 1:
        return found[0]
    if found or not grid:
        raise Invalid("请写明网格：没有这栋楼，或不止一栋同名。", fields={"网格": ""})
    new = NewBuilding(name=name, estate=estate, address=cells.get("地址", ""), area=grid)
    return put_building(work.by, new, work.now)


def _is_known(district: int, new: NewPerson) -> bool:
    """Whether they stand in the register: by their identity number, else by name in this very flat."""
    rows = Person.objects.filter(district=district, left_at=None)
    if new.id_number.strip():
        return rows.filter(id_digest=digest(district, "id", new.id_number.strip().upper())).exists()
    home = Home.objects.filter(district=district, building_id=new.building_id, number=room_of(new.room))
    here = rows.filter(building_id=new.building_id).extra(
        where=[
            "household_id IN (SELECT h.id FROM residents_household h WHERE h.district = residents_person.district "
            "AND h.home_id = ANY(%s))"
        ],
        params=[list(home.values_list("id", flat=True))],
    )
    if phone := phone_or_none(new.phone):
        here = here.filter(phone_digest=digest(district, "phone", phone))
    return any(opened(district, "name", one.name_sealed) == new.name.strip() for one in here)


def _grids(district: int) -> Mapping[str, str]:
    named = {area_words(district, one.code).replace(" ", ""): one.code for one in areas(district, Level.GRID)}
    return named | {code: code for code in named.values()}
