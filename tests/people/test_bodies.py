from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from pytest_django import DjangoAssertNumQueries

from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.people import actions, queries
from huying.people.actions import NewBearing, NewBody
from huying.people.models import Bearing
from huying.people.rules.kinds import BodyKind
from tests.people.cast import DISTRICT, NOW, SYSTEM, actor, make_cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _bodies(*names: str) -> dict[str, int]:
    given = [NewBody(name, name, BodyKind.DEPARTMENT, "990101") for name in names]
    return actions.create_bodies(SYSTEM, given, NOW)


def test_a_unit_is_found_by_name_short_name_and_every_spelling_taught() -> None:
    water = NewBody("W1", "某区水务局", BodyKind.DEPARTMENT, "990101", "水务局", aliases=["区水务局（本级）"])
    made = actions.create_body(SYSTEM, water, NOW)
    for spelling in ("某区水务局", " 水务局 ", "区水务局(本级)"):
        found = queries.find_body(DISTRICT, spelling)
        assert found is not None
        assert found.id == made
    assert queries.find_body(DISTRICT, "城管局") is None
    actions.add_aliases(SYSTEM, [("水利局", made)])
    assert queries.find_body(DISTRICT, "水利局") == queries.body(DISTRICT, made)


def test_units_of_another_district_are_not_seen() -> None:
    made = _bodies("水务局")["水务局"]
    with pytest.raises(NotFound):
        queries.body(990102, made)
    assert queries.bodies(990102, NOW) == ()


def test_the_longest_prefix_bears_the_duty_then_the_body_of_last_resort() -> None:
    ids = _bodies("市政", "街道办", "社区站", "兜底")
    actions.set_bearings(
        SYSTEM,
        [
            NewBearing("01", "990101", ids["市政"]),
            NewBearing("01", "990101001", ids["街道办"]),
            NewBearing("01", "990101001002", ids["社区站"]),
            NewBearing("", "990101001", ids["兜底"]),
        ],
        NOW,
    )
    grid = "990101001002003"
    assert queries.body_for(DISTRICT, "01", grid, NOW) == ids["社区站"]
    assert queries.body_for(DISTRICT, "01", "990101001009001", NOW) == ids["街道办"]
    assert queries.body_for(DISTRICT, "01", "990101002", NOW) == ids["市政"]
    assert queries.body_for(DISTRICT, "02", grid, NOW) == ids["兜底"]
    assert queries.body_for(DISTRICT, "02", "990101002", NOW) is None


def test_a_new_bearer_takes_over_today_and_the_past_stays() -> None:
    ids = _bodies("甲", "乙")
    actions.set_bearings(SYSTEM, [NewBearing("01", "990101", ids["甲"])], NOW)
    later = NOW + timedelta(days=10)
    actions.set_bearings(SYSTEM, [NewBearing("01", "990101", ids["乙"])], later)
    assert queries.body_for(DISTRICT, "01", "990101", NOW) == ids["甲"]
    assert queries.body_for(DISTRICT, "01", "990101", later) == ids["乙"]
    assert Bearing.objects.count() == 2


def test_saying_it_twice_and_changing_ones_mind_on_one_day_leave_one_row() -> None:
    ids = _bodies("甲", "乙")
    for name in ("甲", "甲", "乙"):
        actions.set_bearings(SYSTEM, [NewBearing("01", "990101", ids[name])], NOW)
    assert [row.body_id for row in Bearing.objects.all()] == [ids["乙"]]


def test_a_closed_unit_bears_nothing_and_keeps_its_name() -> None:
    ids = _bodies("甲")
    actions.set_bearings(SYSTEM, [NewBearing("01", "990101", ids["甲"])], NOW)
    later = NOW + timedelta(days=1)
    actions.close_body(SYSTEM, ids["甲"], later)
    assert queries.body_for(DISTRICT, "01", "990101", later) is None
    assert queries.bodies(DISTRICT, later) == ()
    assert queries.body(DISTRICT, ids["甲"]).name == "甲"
    with pytest.raises(NotFound):
        actions.set_bearings(SYSTEM, [NewBearing("01", "990101", ids["甲"])], later)
    actions.close_body(SYSTEM, ids["甲"], later + timedelta(days=3))
    assert queries.body(DISTRICT, ids["甲"]).active_to == localdate(later)


def test_a_closed_unit_that_is_opened_again_bears_what_it_is_given_anew() -> None:
    ids = _bodies("甲")
    actions.set_bearings(SYSTEM, [NewBearing("01", "990101", ids["甲"])], NOW)
    actions.close_body(SYSTEM, ids["甲"], NOW + timedelta(days=1))
    later = NOW + timedelta(days=2)
    actions.reopen_body(SYSTEM, ids["甲"], later)
    assert [one.name for one in queries.bodies(DISTRICT, later)] == ["甲"]
    assert queries.body_for(DISTRICT, "01", "990101", later) is None
    actions.set_bearings(SYSTEM, [NewBearing("01", "990101", ids["甲"])], later)
    assert queries.body_for(DISTRICT, "01", "990101", later) == ids["甲"]


def test_parents_are_named_by_code_also_within_one_batch() -> None:
    child = NewBody("C", "执法队", BodyKind.DEPARTMENT, "990101", parent="P")
    parent = NewBody("P", "城管局", BodyKind.DEPARTMENT, "990101")
    ids = actions.create_bodies(SYSTEM, [child, parent], NOW)
    assert queries.body(DISTRICT, ids["C"]).parent_id == ids["P"]
    with pytest.raises(Invalid):
        actions.create_bodies(SYSTEM, [NewBody("D", "丁", BodyKind.OTHER, "990101", parent="nobody")], NOW)


def test_who_may_not_edit_leaves_no_trace() -> None:
    cast = make_cast()
    with pytest.raises(Denied):
        actions.create_body(actor(cast.zhao), NewBody("X", "某局", BodyKind.OTHER, "990101"), NOW)
    assert queries.find_body(DISTRICT, "某局") is None


def test_two_units_of_one_name_are_refused() -> None:
    _bodies("甲")
    with pytest.raises(Conflict):
        actions.create_body(SYSTEM, NewBody("other", "甲", BodyKind.OTHER, "990101"), NOW)
    with pytest.raises(Conflict):
        actions.create_bodies(SYSTEM, [NewBody("other", "甲", BodyKind.OTHER, "990101")], NOW)


def test_a_district_is_read_once_until_it_changes(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ids = _bodies("甲")
    queries.bodies(DISTRICT, NOW)
    with django_assert_num_queries(0):
        for _ in range(100):
            queries.body_for(DISTRICT, "01", "990101001002003", NOW)
            queries.body(DISTRICT, ids["甲"])
