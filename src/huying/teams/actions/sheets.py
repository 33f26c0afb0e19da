"""Rosters and teams out of a spreadsheet: all of a file or nothing, with every faulty line named."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.utils.timezone import localdate

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.queries.settings.calendars import calendar_of
from huying.kernel.errors import Denied, HuyingError, Invalid
from huying.places.queries import Level, area_words, areas
from huying.teams.actions.members import NewMember, ensure_member, join_team
from huying.teams.actions.roster import add_shift, meant
from huying.teams.models import DutyPost, Member, MemberKind, Membership, Shift, Turn
from huying.teams.policy import may_change
from huying.teams.queries.posts import plan_of
from huying.teams.rules.gaps import Cell
from huying.teams.rules.kinds import DutyRole
from huying.teams.rules.sheets import ROSTER, TEAMS, Fault, Line, day_of, read_lines

Value = TypeVar("Value")

__all__ = ["Fault", "SheetReport", "import_roster", "import_teams"]


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What an import did or would do: lines read, rows made, lines that said what stands already."""

    lines: int
    made: int
    known: int
    faults: tuple[Fault, ...]
    applied: bool


class _OnlyLooked(Exception):
    """Takes back what was written to see what would happen."""


@dataclass(slots=True)
class _Tally:
    made: int = 0
    faults: list[Fault] = field(default_factory=list)


def import_roster(by: Actor, data: bytes, now: datetime, *, dry_run: bool) -> SheetReport:
    """Put everybody of a sheet on duty (日期、值班点、班次、角色、姓名, with 电话 where a person may be new).

    Importing again changes nothing. Raises Denied, and Invalid for a file that cannot be read.
    """
    _must(by, Permission.DUTY_EDIT)
    posts = {
        post.name: post
        for post in DutyPost.objects.filter(district=by.district, ended_at=None)
        if may_change(by, Permission.DUTY_EDIT, post.area)
    }
    zone = calendar_of(by.district).zone

    def put(line: Line) -> bool:
        post = posts.get(line.cells["值班点"])
        if post is None:
            raise Invalid("没有这个值班点，或不归您排。", fields={"值班点": ""})
        turn = Turn.objects.filter(post=post, name=line.cells["班次"], ended_at=None).first()
        if turn is None:
            raise Invalid("这个值班点没有这个班次。", fields={"班次": ""})
        role = _role(line.cells["角色"])
        day = _field("日期", lambda: day_of(line.cells["日期"]))
        member = _field("姓名", lambda: _member(by, post, line, now))
        span = plan_of(turn).hours.span(day, zone)
        cell = Cell(turn.pk, day, role)
        there = Shift.objects.filter(turn=turn, day=day, role=role.value, member=member, cancelled_at=None)
        if there.exists():
            return False
        if span[1] <= now:
            raise Invalid("这个班已经结束，不能再排。", fields={"日期": ""})
        add_shift(by, post, turn, cell, member, span, now)
        return True

    return _through(read_lines(data, ROSTER), put, dry_run)


def import_teams(by: Actor, data: bytes, now: datetime, *, dry_run: bool) -> SheetReport:
    """Take everybody of a sheet into their grid's team (网格, 类别, 姓名, with 电话 and 职务 where known).

    A grid is named by its code or as 福坞街道 霞岗社区 第04网格. Importing again changes nothing. Raises Denied,
    Invalid for a file that cannot be read.
    """
    _must(by, Permission.TEAM_EDIT)
    grids = _grids(by.district)
    kinds = {row.name: row for row in MemberKind.objects.filter(district=by.district, ended_at=None)}
    today = localdate(now)

    def put(line: Line) -> bool:
        cells = line.cells
        grid = grids.get("".join(cells["网格"].split()))
        if grid is None:
            raise Invalid("没有这个网格，请写代码或“街道 社区 网格”。", fields={"网格": ""})
        kind = kinds.get(cells["类别"])
        if kind is None:
            raise Invalid("没有这个类别。", fields={"类别": ""})
        new = NewMember(cells["姓名"], grid, cells.get("电话", ""), cells.get("职务", ""))
        before = Membership.objects.count()
        join_team(by, grid, ensure_member(by, new, now), kind.pk, today, now)
        return Membership.objects.count() > before

    return _through(read_lines(data, TEAMS), put, dry_run)


def _through(lines: list[Line], put: Callable[[Line], bool], dry_run: bool) -> SheetReport:
    tally = _Tally()
    try:
        with transaction.atomic():
            for line in lines:
                _one(line, put, tally)
            if dry_run or tally.faults:
                raise _OnlyLooked
    except _OnlyLooked:
        pass
    applied = not dry_run and not tally.faults
    known = len(lines) - tally.made - len({fault.number for fault in tally.faults})
    return SheetReport(len(lines), tally.made, known, tuple(tally.faults), applied)


def _one(line: Line, put: Callable[[Line], bool], tally: _Tally) -> None:
    try:
        with transaction.atomic():
            tally.made += put(line)
    except HuyingError as error:
        column = next(iter(error.fields), "")
        heading = {"phone": "电话", "name": "姓名"}.get(column, column)
        tally.faults.append(Fault(line.number, heading, error.message))


def _member(by: Actor, post: DutyPost, line: Line, now: datetime) -> Member:
    phone, name = line.cells.get("电话", ""), line.cells["姓名"]
    if not phone:
        return meant(post, name, now)
    new = NewMember(name, post.area, phone, line.cells.get("职务", ""))
    return Member.objects.get(pk=ensure_member(by, new, now))


def _role(text: str) -> DutyRole:
    found = next((role for role in DutyRole if text in {role.zh, role.value}), None)
    if found is None:
        raise Invalid("角色填“带班领导”或“值班员”。", fields={"角色": ""})
    return found


def _field(name: str, read: Callable[[], Value]) -> Value:
    try:
        return read()
    except HuyingError as error:
        error.fields.setdefault(name, "")
        raise


def _grids(district: int) -> Mapping[str, str]:
    named = {area_words(district, one.code).replace(" ", ""): one.code for one in areas(district, Level.GRID)}
    return named | {code: code for code in named.values()}


def _must(by: Actor, permission: Permission) -> None:
    if not by.may(permission):
        raise Denied
