"""Teams and a living roster: everybody a demonstration needs to find somebody on duty, whenever it is opened."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.utils.timezone import localdate

from huying.access.actor import system
from huying.access.roles import Role
from huying.simulate.folk import Person
from huying.simulate.folk.teams import WATCHES, Watch, helpers, phone
from huying.simulate.land import Area, Land
from huying.simulate.loading.handing import hand_over
from huying.teams.actions import (
    CellEdit,
    NewMember,
    create_post,
    ensure_member,
    fill_rotations,
    join_team,
    load_starter_kinds,
    put_cells,
    put_turn,
    set_rotation,
)
from huying.teams.queries import kinds_of, post_for, posts_for
from huying.teams.rules.gaps import Cell
from huying.teams.rules.kinds import DutyDays, DutyRole
from huying.teams.rules.turns import Hours, TurnPlan

_PAST: Final = timedelta(days=14)
_LEADS: Final = {Role.STREET_LEADER, Role.SUPERVISOR}
#: Whose work is at a centre or a community's station.
_DESKS: Final = {
    "district": {Role.DISTRICT_DISPATCHER, Role.SEAT, Role.SUPERVISOR, Role.EVALUATOR},
    "street": {Role.STREET_DISPATCHER, Role.STREET_LEADER, Role.DEPARTMENT_HANDLER},
    "community": {Role.COMMUNITY_STATION},
}
_NAMES: Final = {"district": "%s指挥中心", "street": "%s指挥中心", "community": "%s工作站", "grid": "%s"}


def gather_teams(seed: int, land: Land, people: Sequence[Person], now: datetime) -> int:
    """The kinds, the grids' teams, posts, turns and rotations, with shifts from two weeks ago on; how many shifts."""
    number, begun = int(land.code), now - _PAST
    by = system(number)
    load_starter_kinds(by, begun)
    kinds = {kind.code: kind.id for kind in kinds_of(number)}
    named: dict[str, dict[DutyRole, list[str]]] = defaultdict(lambda: defaultdict(list))
    for one in helpers(seed, land, people):
        new = NewMember(one.name, one.grid, one.phone, one.job, one.login)
        member = ensure_member(by, new, begun)
        join_team(by, one.grid, member, kinds[one.kind], begun.date(), begun)
        if one.kind in {"worker", "leader", "police"}:
            named[one.grid][DutyRole.OFFICER].append(_said(one.name, one.phone))
    _desks(seed, land, people, named, begun)
    for area in land.areas:
        if named[area.code]:
            _post(number, area, named[area.code], begun)
    made = fill_rotations(number, now)
    hand_over(number, now)
    _leave_gaps(number, now)
    return made


def _leave_gaps(number: int, now: datetime) -> None:
    """Somebody fell ill at two centres: what a roster with gaps looks like."""
    by, today = system(number), localdate(now)
    for place, post in enumerate(one for one in posts_for(by) if len(one.area) == 9):
        turns = post_for(by, post.id).turns
        cell = Cell(turns[-1].id, today + timedelta(days=2 + place), DutyRole.OFFICER)
        if place < 2:
            put_cells(by, post.id, [CellEdit(cell, "")], now)


def _desks(
    seed: int,
    land: Land,
    people: Sequence[Person],
    named: dict[str, dict[DutyRole, list[str]]],
    begun: datetime,
) -> None:
    by, levels = system(int(land.code)), {area.code: area.level for area in land.areas}
    for person in people:
        area, role = person.post.area, person.post.role
        if role not in _DESKS.get(levels.get(area, ""), ()):
            continue
        number = phone(seed, person.login)
        ensure_member(by, NewMember(person.name, area, number, role.zh, person.login), begun)
        lead = DutyRole.LEAD if role in _LEADS else DutyRole.OFFICER
        named[area][lead].append(_said(person.name, number))


def _said(name: str, number: str) -> str:
    # Two of one name are told apart by the end of their phone.
    return f"{name} {number[-4:]}"


def _post(number: int, area: Area, people: Mapping[DutyRole, list[str]], begun: datetime) -> None:
    by = system(number)
    post = create_post(by, area.code, _NAMES[area.level] % area.name, begun)
    watches = WATCHES[area.level]
    for place, watch in enumerate(watches):
        turn = put_turn(by, post, _plan(watch), begun)
        for role in DutyRole:
            # Day and night take different people: half of them each, or one after the other.
            mine = people.get(role, []) or people.get(DutyRole.OFFICER, [])
            mine = mine[place :: len(watches)] if len(mine) >= 2 * len(watches) else mine
            if _plan(watch).needs(role) and mine:
                set_rotation(by, turn, role, "、".join(mine), 1, begun.date(), begun)


def _plan(watch: Watch) -> TurnPlan:
    hours = Hours(watch.starts, watch.ends)
    return TurnPlan(watch.name, hours, DutyDays(watch.days), watch.leads, watch.officers)
