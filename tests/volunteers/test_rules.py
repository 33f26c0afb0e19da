"""Whom a muster is for, what counts as service, what meets a need: without a database."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from huying.emergency.rules.hours import Hours
from huying.volunteers.rules.crediting import credited, hours, may_check_in
from huying.volunteers.rules.fitting import Person, Wanted, fits, fitting, next_told
from huying.volunteers.rules.kinds import Matter, Phase, ProjectState, Sheet, UnitKind, VolunteerKind
from huying.volunteers.rules.matching import Entry, matches
from huying.volunteers.rules.mustering import NewMuster, common_area, phase, wrong_in
from huying.volunteers.rules.registering import NewVolunteer, coarse
from huying.volunteers.rules.registering import wrong_in as wrong_in_volunteer
from huying.volunteers.rules.starter import everyday_skills
from huying.volunteers.rules.units import (
    NewListing,
    NewProject,
    NewUnit,
    state_of,
    wrong_in_listing,
    wrong_in_project,
    wrong_in_unit,
)

NINE = datetime(2026, 3, 7, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ELEVEN = NINE + timedelta(hours=2)
HERE = "990101001001"


def person(number: int = 1, **more: object) -> Person:
    told: dict[str, object] = {
        "kind": VolunteerKind.RESIDENT, "area": HERE, "home": f"{HERE}001", "skills": ("clean",), "hours": Hours(),
        "lon": 114.005, "lat": 22.005, "metres": 1000,
    }  # fmt: skip
    return Person(number, **(told | more))  # type: ignore[arg-type]


def wanted(**more: object) -> Wanted:
    told: dict[str, object] = {"areas": (HERE,), "lon": 114.005, "lat": 22.005}
    return Wanted(**(told | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("who", "whom", "is_for"),
    [
        ({}, {}, True),
        ({"area": "990101002001", "home": ""}, {}, False),
        ({"area": "990101002001"}, {"areas": (f"{HERE}001",)}, True),
        ({}, {"areas": (f"{HERE}002",)}, False),
        ({}, {"only": VolunteerKind.MEMBER}, False),
        ({"kind": VolunteerKind.MEMBER}, {"only": VolunteerKind.MEMBER}, True),
        ({}, {"skills": ("first_aid", "clean")}, True),
        ({}, {"skills": ("first_aid",)}, False),
        ({"hours": Hours("67")}, {"local": NINE}, True),
        ({"hours": Hours("12345")}, {"local": NINE}, False),
        ({"hours": Hours("1234567", time(18), time(22))}, {"local": NINE}, False),
        ({"lon": 114.1}, {}, False),
        ({"lon": None, "lat": None}, {}, True),
        ({"lon": None, "lat": None}, {"near": 500}, False),
        ({"lon": 114.012}, {"near": 500}, False),
        ({"lon": 114.012}, {"near": 900}, True),
    ],
)
def test_whom_a_muster_is_for(who: dict[str, object], whom: dict[str, object], is_for: bool) -> None:
    assert fits(person(**who), wanted(**whom)) is is_for


def test_the_nearest_are_told_first_and_nobody_twice() -> None:
    people = [person(1, lon=114.009), person(2, lon=114.006), person(3, lon=None, lat=None)]
    found = fitting(people, wanted())
    assert [one.id for one in found] == [2, 1, 3]
    assert found[2].metres is None
    assert [one.id for one in next_told(found, {2}, free=1)] == [1, 3]
    assert next_told(found, set(), free=0) == []


def test_so_many_for_each_place_are_told_and_twenty_at_least() -> None:
    found = fitting([person(number) for number in range(1, 101)], wanted())
    assert len(next_told(found, set(), free=1)) == 20
    assert len(next_told(found, set(), free=10)) == 40
    assert len(next_told(found, set(range(1, 91)), free=10)) == 10


@given(
    came=some.integers(-120, 300),
    stayed=some.integers(0, 400),
    length=some.integers(15, 240),
    went=some.booleans(),
)
def test_credited_is_what_lies_within_the_bounds(came: int, stayed: int, length: int, went: bool) -> None:
    ends = NINE + timedelta(minutes=length)
    at = NINE + timedelta(minutes=came)
    out = at + timedelta(minutes=stayed) if went else None
    # Counted minute by minute, as somebody with a watch would.
    there = [minute for minute in range(length) if came <= minute and (out is None or minute < came + stayed)]
    assert credited(at, out, NINE, ends) == len(there)


def test_who_never_came_is_credited_nothing() -> None:
    assert credited(None, ELEVEN, NINE, ELEVEN) == 0


@pytest.mark.parametrize(("minutes", "told"), [(0, "0.0"), (120, "2.0"), (89, "1.5"), (3, "0.1"), (2, "0.0")])
def test_hours_have_one_decimal(minutes: int, told: str) -> None:
    assert hours(minutes) == told


def test_one_checks_in_from_an_hour_before_until_the_end() -> None:
    early = NINE - timedelta(minutes=61)
    assert [may_check_in(at, NINE, ELEVEN) for at in (early, NINE - timedelta(minutes=60), ELEVEN)] == [
        False, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("at", "taken", "closed", "cancelled", "stands"),
    [
        (NINE - timedelta(days=1), 1, False, False, Phase.GATHERING),
        (NINE - timedelta(days=1), 2, False, False, Phase.FULL),
        (NINE, 2, False, False, Phase.RUNNING),
        (ELEVEN, 2, False, False, Phase.OVER),
        (ELEVEN, 2, True, False, Phase.CLOSED),
        (NINE, 2, False, True, Phase.CANCELLED),
    ],
)
def test_how_a_muster_stands(at: datetime, taken: int, closed: bool, cancelled: bool, stands: Phase) -> None:
    assert phase(at, NINE, ELEVEN, taken=taken, quota=2, closed=closed, cancelled=cancelled) is stands


@pytest.mark.parametrize(
    ("areas", "common"),
    [
        ([HERE], HERE),
        ([f"{HERE}001", f"{HERE}002"], HERE),
        ([HERE, "990101001002"], "990101001"),
        (["990101001", "990101001002"], "990101001"),
        (["990101001", "990101002"], "990101"),
    ],
)
def test_the_area_that_holds_all_that_are_called(areas: list[str], common: str) -> None:
    assert common_area(areas) == common


def new_muster(**more: object) -> NewMuster:
    told: dict[str, object] = {
        "title": "清扫楼道", "areas": [HERE], "quota": 2, "starts_at": NINE, "ends_at": ELEVEN,
    }  # fmt: skip
    return NewMuster(**(told | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": " "}, "title"),
        ({"words": "长" * 1001}, "words"),
        ({"areas": []}, "areas"),
        ({"skills": ["flying"]}, "skills"),
        ({"quota": 0}, "quota"),
        ({"quota": 2001}, "quota"),
        ({"lon": 114.0}, "lon"),
        ({"check_metres": 5}, "check_metres"),
        ({"near": 500}, "near"),
        ({"ends_at": NINE}, "ends_at"),
        ({"ends_at": NINE + timedelta(days=4)}, "ends_at"),
        ({"starts_at": NINE - timedelta(days=9), "ends_at": NINE - timedelta(days=8)}, "ends_at"),
        ({"starts_at": NINE + timedelta(days=300), "ends_at": ELEVEN + timedelta(days=300)}, "starts_at"),
    ],
)
def test_what_is_no_muster(more: dict[str, object], field: str) -> None:
    known = everyday_skills()
    assert wrong_in(new_muster(), known, NINE - timedelta(days=1)) == {}
    assert set(wrong_in(new_muster(**more), known, NINE - timedelta(days=1))) == {field}


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"),
        ({"area": "990101001"}, "area"),
        ({"skills": ["flying"]}, "skills"),
        ({"metres": 10}, "metres"),
        ({"unit_text": "长" * 61}, "unit_text"),
        ({"emergency": True}, "emergency"),
        ({"agreed": False}, "agreed"),
    ],
)
def test_who_is_no_volunteer(more: dict[str, object], field: str) -> None:
    told: dict[str, object] = {"name": "张小明", "area": HERE, "agreed": True}
    assert wrong_in_volunteer(NewVolunteer(**told), everyday_skills()) == {}  # type: ignore[arg-type]
    assert set(wrong_in_volunteer(NewVolunteer(**(told | more)), everyday_skills())) == {field}  # type: ignore[arg-type]


def test_of_a_position_about_a_hundred_metres_are_kept() -> None:
    assert (coarse(114.123456), coarse(None)) == (114.123, None)


def entry(number: int, matter: Matter, text: str, area: str = HERE, until: date | None = None) -> Entry:
    return Entry(number, area, matter, text, None, until)


def test_a_need_is_met_by_its_matter_near_and_in_like_words() -> None:
    need = entry(1, Matter.PLACE, "居民议事会周末要一间会议室")
    today = date(2026, 3, 2)
    offers = [
        entry(2, Matter.PLACE, "周末可借80人会议室"),
        entry(3, Matter.PLACE, "操场晚上开放", "990101002001"),
        entry(4, Matter.HEALTH, "上门量血压"),
        entry(5, Matter.OTHER, "居民议事会周末要一间会议室"),
        entry(6, Matter.PLACE, "周末可借80人会议室", until=date(2026, 3, 1)),
    ]
    found = matches(need, offers, today)
    assert [one.id for one in found] == [2, 3, 5]
    assert found[0].score > found[1].score
    assert all(0 <= one.score <= 1 for one in found)


def test_units_entries_and_projects_say_what_is_missing() -> None:
    today = date(2026, 3, 2)
    assert set(wrong_in_unit(NewUnit(name="", kind=UnitKind.SHOP, area=HERE))) == {"name"}
    resource = NewListing(sheet=Sheet.RESOURCE, matter=Matter.PLACE, title="会议室", area=HERE)
    assert set(wrong_in_listing(resource)) == {"unit_id"}
    need = NewListing(
        sheet=Sheet.NEED, matter=Matter.PLACE, title="", area=HERE, since=today, until=date(2026, 3, 1)
    )
    assert set(wrong_in_listing(need)) == {"title", "until"}
    project = NewProject(title="", need_id=1, unit_id=2, who="", promise="", due_on=date(2026, 3, 1))
    assert set(wrong_in_project(project, today)) == {"title", "who", "promise", "due_on"}


def test_how_a_project_stands() -> None:
    due = date(2026, 3, 2)
    assert state_of(due, due, done=False, stopped=False) is ProjectState.RUNNING
    assert state_of(due, date(2026, 3, 3), done=False, stopped=False) is ProjectState.LATE
    assert state_of(due, date(2026, 3, 3), done=True, stopped=False) is ProjectState.DONE
    assert state_of(due, due, done=False, stopped=True) is ProjectState.STOPPED
