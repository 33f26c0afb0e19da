"""Who may take whom into the register, what is refused, and what nobody else learns of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from huying.kernel.errors import Conflict, Denied, HuyingError, Invalid, NotFound
from huying.residents.actions import (
    add_person,
    change_person,
    end_building,
    end_label,
    leave,
    mark,
    put_building,
    put_contact,
    put_kind,
    put_use,
    withdraw_ground,
)
from huying.residents.models import Building, Ground, KeyKind, KeyLabel, Person
from huying.residents.queries import building_for, buildings_for, flats_for, key_persons, kinds_of
from huying.residents.rules.kinds import CareLevel, HomeUse, Leaving, LegalBasis, Relation
from huying.residents.rules.registering import NewBuilding, NewPerson
from tests.cast import DISTRICT, GRID, MONDAY, OTHER_STREET
from tests.residents.conftest import GROUND, NUMBER, OTHER_GRID, Homes, viewed

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_person_stands_sealed_in_a_flat_with_the_ground_for_it(homes: Homes) -> None:
    new = NewPerson(
        building_id=homes.building, room=" 2单元 501", name="王桂英", phone="138 0000 1111", id_number=NUMBER
    )
    number = add_person(homes.cast.grid_worker, new, GROUND, MONDAY)
    row = homes.row(number)
    assert (row.area, row.born, row.relation) == (GRID, 1942, "head")
    kept = b"".join(bytes(value) for value in (row.name_sealed, row.phone_sealed, row.id_sealed) if value)
    assert not any(word.encode() in kept for word in ("王桂英", "13800001111", NUMBER))
    ground = Ground.objects.get(person_id=number)
    assert (ground.basis, ground.consent, ground.detail, ground.made_by) == (
        "consent",
        "written",
        "同意书在社区",
        "王秀英",
    )
    (flat,) = flats_for(homes.cast.grid_worker, homes.building)
    assert (flat.number, [one.name for one in flat.people]) == ("2单元501", ["王**"])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"room": ""}, "room"),
        ({"id_number": NUMBER[:-1] + "7"}, "id_number"),
        ({"phone": "12"}, "phone"),
        ({"born": 1700}, "born"),
        ({"household": 21}, "household"),
    ],
)
def test_what_is_wrong_is_named_and_nobody_kept(homes: Homes, wrong: dict[str, Any], field: str) -> None:
    new = NewPerson(building_id=homes.building, room="501", name="王桂英")
    with pytest.raises(Invalid) as refused:
        add_person(homes.cast.grid_worker, replace(new, **wrong), GROUND, MONDAY)
    assert field in refused.value.fields
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("ground", "field"),
    [
        (replace(GROUND, consent=None), "consent"),
        (replace(GROUND, basis=LegalBasis.DUTY, detail=""), "detail"),
        (replace(GROUND, until=MONDAY.date() - timedelta(days=1)), "until"),
    ],
)
def test_without_a_ground_nobody_is_kept(homes: Homes, ground: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        add_person(
            homes.cast.system, NewPerson(building_id=homes.building, room="1", name="甲"), ground, MONDAY
        )
    assert field in refused.value.fields
    assert not Person.objects.exists()


def test_one_identity_number_stands_once_until_they_left(homes: Homes) -> None:
    first = homes.live(id_number=NUMBER)
    with pytest.raises(Conflict) as refused:
        homes.live("李四", id_number=NUMBER)
    assert "id_number" in refused.value.fields
    leave(homes.cast.system, first, Leaving.MOVED, MONDAY)
    homes.live("王桂英", id_number=NUMBER)


def test_each_sees_their_own_area_and_others_leave_no_trace(homes: Homes) -> None:
    number = homes.live()
    cast = homes.cast
    before = (list(Person.objects.values()), viewed())
    new = NewPerson(building_id=homes.building, room="9", name="甲")
    for by in (cast.seat, cast.handler, cast.supervisor, cast.auditor, cast.administrator, cast.leader):
        with pytest.raises(HuyingError):
            add_person(by, new, GROUND, MONDAY)
        with pytest.raises((Denied, NotFound)):
            put_contact(by, number, "甲", "女儿", "13800000000", MONDAY)
    with pytest.raises(NotFound):
        change_person(cast.other_dispatcher, number, new, MONDAY)
    with pytest.raises(NotFound):
        building_for(homes.worker("wg2", OTHER_GRID), homes.building)
    assert (list(Person.objects.values()), viewed()) == before
    assert [one.id for one in buildings_for(cast.grid_worker)] == [homes.building]
    assert buildings_for(cast.other_dispatcher) == []


def test_a_building_that_moves_takes_its_people_along(homes: Homes) -> None:
    number = homes.live()
    moved = NewBuilding(name="3栋", estate="春风小区", area=OTHER_GRID)
    put_building(homes.station, moved, MONDAY, homes.building)
    assert homes.row(number).area == OTHER_GRID
    assert KeyLabel.objects.get().area == OTHER_GRID
    with pytest.raises(NotFound):
        building_for(homes.cast.grid_worker, homes.building)


def test_buildings_are_refused_without_sense_and_end_when_empty(homes: Homes) -> None:
    by = homes.cast.grid_worker
    with pytest.raises(Conflict):
        put_building(by, NewBuilding(name="3栋", estate="春风小区", area=GRID), MONDAY)
    with pytest.raises(Invalid):
        put_building(by, NewBuilding(name="4栋", area=GRID[:12]), MONDAY)
    with pytest.raises(NotFound):
        put_building(by, NewBuilding(name="4栋", area=OTHER_GRID), MONDAY)
    put_use(by, homes.building, "501", HomeUse.LET, MONDAY)
    (flat,) = flats_for(by, homes.building)
    assert (flat.number, flat.use, flat.people) == ("501", HomeUse.LET, ())
    person = homes.live()
    with pytest.raises(Conflict):
        end_building(by, homes.building, MONDAY)
    leave(by, person, Leaving.DIED, MONDAY)
    end_building(by, homes.building, MONDAY)
    assert Building.objects.get().ended_by == "王秀英"
    assert buildings_for(by) == []


def test_a_mark_needs_a_ground_for_care_and_only_becomes_more_urgent(homes: Homes) -> None:
    by, number = homes.cast.grid_worker, homes.live(kind="")
    with pytest.raises(Invalid):
        mark(by, number, "nonsense", None, "", MONDAY)
    with pytest.raises(Invalid) as refused:
        mark(by, number, "elder_alone", CareLevel.GENERAL, "身体很好", MONDAY)
    assert "level" in refused.value.fields
    with pytest.raises(Invalid):
        mark(by, number, "empty_nest", CareLevel.HIGH, "", MONDAY)
    made = mark(by, number, "empty_nest", CareLevel.HIGH, "刚出院", MONDAY)
    with pytest.raises(Conflict):
        mark(by, number, "empty_nest", None, "", MONDAY)
    mark(by, number, "low_income", None, "", MONDAY)
    (key,) = key_persons(DISTRICT, GRID)
    assert (key.level, sorted(key.kinds)) == (CareLevel.HIGH, ["empty_nest", "low_income"])
    end_label(by, number, made, "恢复了", MONDAY)
    (key,) = key_persons(DISTRICT, GRID)
    assert key.level is CareLevel.GENERAL
    ground = Ground.objects.get(person_id=number)
    withdraw_ground(by, number, ground.id, "本人不愿意", MONDAY)
    with pytest.raises(Conflict):
        mark(by, number, "elder_alone", None, "", MONDAY)


def test_who_leaves_is_visited_no_more_and_every_ground_ends(homes: Homes) -> None:
    number = homes.live()
    leave(homes.cast.grid_worker, number, Leaving.MOVED, MONDAY)
    assert key_persons(DISTRICT, GRID) == []
    assert Ground.objects.get().withdrawn_why == "已搬走"
    with pytest.raises(HuyingError):
        put_contact(homes.cast.outsider, number, "甲", "女儿", "13800000000", MONDAY)


def test_nine_kinds_come_along_and_a_district_keeps_its_own(homes: Homes) -> None:
    assert len(kinds_of(DISTRICT)) == 9
    admin = homes.cast.administrator
    with pytest.raises(Denied):
        put_kind(homes.station, "", "孕产妇", CareLevel.KEY, False, "", MONDAY)
    code = put_kind(admin, "", "孕产妇", CareLevel.KEY, False, "产后一年内", MONDAY)
    with pytest.raises(Conflict):
        put_kind(admin, "", "孕产妇", CareLevel.KEY, False, "", MONDAY)
    assert kinds_of(DISTRICT)[-1].code == code
    assert KeyKind.objects.get(code=code).hint == "产后一年内"


def test_a_household_holds_several_people(homes: Homes) -> None:
    homes.live(room="501")
    homes.live("李建国", kind="", room="501", relation=Relation.SPOUSE)
    homes.live("张三", kind="", room="501", household=2)
    flats = flats_for(homes.cast.grid_worker, homes.building)
    assert [(flat.household, [one.name for one in flat.people]) for flat in flats] == [
        (1, ["王**", "李**"]), (2, ["张**"]),
    ]  # fmt: skip
    assert OTHER_STREET not in {row.area for row in Person.objects.all()}
