"""Units and people: every duty has somebody everywhere, and everybody's post is within the district."""

from huying.access.roles import Role
from huying.catalogue.rules.duties import Duty
from huying.people.rules.phones import is_mobile, phone_or_none
from huying.simulate.folk import CAST, bearings, bodies, caller, staff
from huying.simulate.land import Size, district
from huying.simulate.stories import Setting
from huying.worktime import mainland

LAND = district(2, Size(streets=2))
UNITS = bodies(2, LAND)
SETTING = Setting(LAND.code, UNITS, bearings(2, LAND, UNITS), mainland())


def test_every_duty_is_borne_by_a_unit_of_its_own_and_not_by_the_last_resort() -> None:
    for duty in Duty:
        for grid in LAND.of("grid"):
            assert duty.value in (*SETTING.bearer(duty.value, grid.code).duties, "property_company"), duty


def test_a_street_unit_bears_its_duty_before_the_district() -> None:
    street = LAND.of("street")[0].code
    assert SETTING.bearer("urban_management", street + "001001").key == f"enforcement-{street}"
    assert SETTING.bearer("water", street + "001001").key == "water"


def test_names_codes_and_keys_of_units_are_unique() -> None:
    for values in ([u.name for u in UNITS], [u.code for u in UNITS], [u.key for u in UNITS]):
        assert len(set(values)) == len(values)
    assert max(len(unit.code) for unit in UNITS) <= 18


def test_parents_stand_before_their_children() -> None:
    seen: set[str] = set()
    for unit in UNITS:
        assert not unit.parent or unit.parent in seen
        seen.add(unit.key)


def test_the_cast_holds_every_role_but_the_resident() -> None:
    assert {line[2] for line in CAST} == set(Role) - {Role.RESIDENT}


def test_everybody_works_in_the_district_and_in_a_unit_that_exists() -> None:
    people = staff(2, LAND, UNITS)
    keys, areas = {unit.key for unit in UNITS}, {area.code for area in LAND.areas}
    assert len({person.login for person in people}) == len(people)
    for person in people:
        assert person.post.area in areas
        assert not person.post.body or person.post.body in keys


def test_every_unit_has_staff_and_every_grid_a_worker() -> None:
    posts = [person.post for person in staff(2, LAND, UNITS)]
    assert {post.body for post in posts} >= {unit.key for unit in UNITS}
    assert {post.area for post in posts if post.role is Role.GRID_WORKER} == {g.code for g in LAND.of("grid")}


def test_a_home_always_answers_with_the_same_person_and_a_number_nobody_has() -> None:
    one = caller(1, "990101001001001", 7)
    assert one == caller(1, "990101001001001", 7)
    assert one != caller(1, "990101001001001", 8)
    assert phone_or_none(one.phone) == one.phone
    assert is_mobile(one.phone)
    assert one.phone.startswith("154")
