"""Homes of one community in a demonstration: buildings, people who agreed to be visited, a month of visits."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from huying.access.actor import Actor, system
from huying.devices.actions import make
from huying.devices.rules.kinds import DeviceKind
from huying.devices.rules.registering import NewDevice
from huying.kernel.errors import OutsideDistrict
from huying.people.queries.accounts import actor_by_id
from huying.residents.actions import (
    NewGround,
    add_ground,
    add_person,
    guard,
    load_starter_kinds,
    mark,
    put_building,
    put_contact,
)
from huying.residents.rules.kinds import LegalBasis, Purpose, Relation, Sex
from huying.residents.rules.registering import NewBuilding, NewPerson
from huying.simulate.chance import dice, unit
from huying.simulate.folk.names import person_name
from huying.simulate.folk.teams import phone
from huying.simulate.land import Area, Land
from huying.visits.actions import NewNeed, NewRecord, arrange, climb, make_plan, record
from huying.visits.queries import Sought, visit_for, visits_for
from huying.visits.rules.checklists import YES
from huying.visits.rules.kinds import AnswerKind, Slot, VisitOutcome

_BUILDINGS: Final = 2
_GRIDS: Final = 3
_LATELY: Final = timedelta(days=10)
_ZONE: Final = ZoneInfo("Asia/Shanghai")
#: Kind, how many years old, and how many of them in a grid.
_PEOPLE: Final = (
    ("elder_alone", 80, 96, 2), ("dementia", 72, 90, 1), ("elder_disabled", 62, 80, 1), ("bereaved", 60, 76, 1),
    ("low_income", 30, 60, 1), ("empty_nest", 66, 82, 2),
)  # fmt: skip
#: Of a hundred visits so many were made on their day; the others wait or were missed.
_MADE: Final = 0.94
_BUTTON: Final = "SOS-0001"


def settle(seed: int, land: Land, start: datetime, now: datetime) -> int:
    """People of the community where the demonstration's grid worker works; how many. Visits until yesterday are made.

    Nobody works there before ``start``.
    """
    by, today = system(int(land.code)), now.astimezone(_ZONE).date()
    # Of a young month the one before it is lived through too.
    lately = max(today - _LATELY, start.astimezone(_ZONE).date())
    months = sorted({lately.replace(day=1), today.replace(day=1)})
    begun = max(start, _morning(months[0]) - timedelta(days=2))
    load_starter_kinds(by, begun)
    community = land.of("grid")[0].parent
    grids = [grid for grid in land.of("grid") if grid.parent == community][:_GRIDS]
    people = [person for grid in grids for person in _of_grid(seed, land, grid, by, begun)]
    _button(by, land, people, begun)
    for one in people[::5]:
        arrange(by, one, [1, 3] if one % 2 else [], Slot.MORNING if one % 2 else Slot.ANY, None, begun)
    for month in months:
        at = min(max(_morning(month), start), now)
        make_plan(by, community, month, at)
        _visited(seed, by, at.astimezone(_ZONE).date(), now)
    climb(by.district, now)
    return len(people)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8), _ZONE)


def _of_grid(seed: int, land: Land, grid: Area, by: Actor, at: datetime) -> Iterator[int]:
    buildings = list(_buildings(land, grid, by, at))
    for kind, young, old, count in _PEOPLE:
        for place in range(count if buildings else 0):
            rng = dice(seed, "resident", grid.code, kind, place)
            yield _person(
                seed,
                by,
                kind,
                rng.randint(young, old),
                rng.choice(buildings),
                f"{grid.code}-{kind}-{place}",
                rng,
                at,
            )


def _buildings(land: Land, grid: Area, by: Actor, at: datetime) -> Iterator[int]:
    spots = [spot for spot in land.spots if spot.kind == "building" and spot.area == grid.code]
    for spot in spots[:_BUILDINGS]:
        try:
            yield put_building(
                by,
                NewBuilding(name=spot.name, address=spot.address, lon=spot.lon, lat=spot.lat, floors=7),
                at,
            )
        except OutsideDistrict:
            continue


def _person(
    seed: int, by: Actor, kind: str, age: int, building: int, name: str, rng: Random, at: datetime
) -> int:
    woman = rng.random() < 0.55
    new = NewPerson(
        building_id=building, room=f"{rng.randint(1, 3)}单元{rng.randint(1, 7)}0{rng.randint(1, 4)}",
        name=person_name(rng, woman, old=age > 60), relation=Relation.HEAD, sex=Sex.FEMALE if woman else Sex.MALE,
        born=at.year - age, phone=phone(seed, f"resident-{name}"), household=1 + rng.randint(0, 19),
        note="听力不好，敲门重一点" if rng.random() < 0.2 else "",
    )  # fmt: skip
    person = add_person(by, new, NewGround(detail="同意书存社区档案柜"), at)
    mark(by, person, kind, None, "", at)
    if age > 60:
        put_contact(
            by,
            person,
            person_name(rng, not woman),
            "女儿" if woman else "儿子",
            phone(seed, f"kin-{name}"),
            at,
        )
    return person


def _button(by: Actor, land: Land, people: list[int], at: datetime) -> None:
    """One of them has a button at home."""
    if not people:
        return
    grid = land.of("grid")[0]
    device = NewDevice(
        code=_BUTTON, kind=DeviceKind.SOS, name="一键呼叫", area=grid.code, place_text=f"{grid.name}住户家中"
    )
    make(by, device, at)
    add_ground(
        by, people[0],
        NewGround(purpose=Purpose.GUARD, basis=LegalBasis.CONSENT, detail="同意书存社区档案柜"), at,
    )  # fmt: skip
    guard(by, people[0], _BUTTON, at)


def _visited(seed: int, by: Actor, first: date, now: datetime) -> None:
    """What was planned before today is written down, each by who was sent; some of it was not done."""
    day = first
    while day < now.astimezone(_ZONE).date() and day.month == first.month:
        at = _morning(day) + timedelta(hours=2)
        for line in visits_for(by, Sought(day=day, open=True), at):
            if line.worker_id is not None and unit(seed, "visited", line.id) < _MADE:
                worker = actor_by_id(by.district, line.worker_id, now)
                record(worker, line.id, _said(seed, worker, line.id, at), at)
        day += timedelta(days=1)


def _said(seed: int, worker: Actor, visit: int, at: datetime) -> NewRecord:
    rng = dice(seed, "said", visit)
    if rng.random() < 0.05:
        return NewRecord(VisitOutcome.AWAY, f"demo-{visit:08d}", words="敲门没有人应，邻居说去了女儿家")
    answers = {}
    for one in visit_for(worker, visit, at).questions:
        if one.kind is AnswerKind.YES_NO:
            answers[one.code] = "no" if one.alarm == YES else YES
        elif one.kind is AnswerKind.CHOICE:
            answers[one.code] = next(choice for choice in one.choices if choice != one.alarm)
    needs = [NewNeed("楼道的灯坏了好几天，老人晚上不敢下楼，想请人修")] if rng.random() < 0.08 else []
    return NewRecord(VisitOutcome.MET, f"demo-{visit:08d}", answers, "", needs)
