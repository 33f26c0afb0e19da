"""The joint meeting: units, what they offer and need, a need that becomes a project with a promise and its day."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.people.models import Viewing
from huying.volunteers.actions import (
    call_unit,
    change_unit,
    end_listing,
    finish,
    put_listing,
    register_unit,
    report,
    stop,
    strike_unit,
    take_up,
)
from huying.volunteers.models import Listing, Progress, Project, Unit
from huying.volunteers.queries import (
    ListFilter,
    listing_for,
    listings_for,
    project_for,
    projects_for,
    suggestions_for,
    unit_for,
    units_for,
)
from huying.volunteers.queries.units import UnitFilter
from huying.volunteers.rules.kinds import Matter, ProjectState, Sheet, UnitKind
from huying.volunteers.rules.units import NewListing, NewProject, NewUnit
from tests.cast import COMMUNITY, MONDAY, OTHER_STREET, STREET
from tests.volunteers.conftest import Ground, station

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = localdate(MONDAY)


def unit(name: str = "春风物业", **more: Any) -> int:
    told: dict[str, Any] = {"kind": UnitKind.PROPERTY, "area": COMMUNITY, "phone": "13700001111"} | more
    return register_unit(station(), NewUnit(name=name, **told), MONDAY)


def entry(sheet: Sheet, title: str, once: str, **more: Any) -> int:
    told: dict[str, Any] = {"matter": Matter.PLACE, "area": COMMUNITY} | more
    return put_listing(station(), NewListing(sheet=sheet, title=title, **told), once, MONDAY)


def taken(need: int, owner: int, once: str = "p-1", **more: Any) -> int:
    told: dict[str, Any] = {
        "title": "共享会议室", "who": "李主任", "promise": "每周六开放", "due_on": TODAY + timedelta(days=10),
    }  # fmt: skip
    return take_up(station(), NewProject(need_id=need, unit_id=owner, **(told | more)), once, MONDAY)


def test_a_unit_is_registered_corrected_and_called(ground: Ground) -> None:
    number = unit(contact="林经理", body_id=ground.cast.urban)
    assert unit_for(station(), number).phone == "137****1111"
    change_unit(
        station(), number, NewUnit(name="春风物业公司", kind=UnitKind.PROPERTY, area=COMMUNITY), MONDAY
    )
    assert call_unit(station(), number, MONDAY) == "13700001111"
    assert list(Viewing.objects.values_list("kind", flat=True)) == ["unmask"]
    with pytest.raises(Conflict):
        unit("春风物业公司")
    with pytest.raises(Invalid) as wrong:
        unit("别的", area=COMMUNITY, body_id=10**9)
    assert "body_id" in wrong.value.fields
    with pytest.raises(Denied):
        call_unit(ground.cast.grid_worker, number, MONDAY)


def test_a_need_meets_a_resource_and_becomes_a_project(ground: Ground) -> None:
    school = unit("第二小学", kind=UnitKind.SCHOOL)
    hall = entry(Sheet.RESOURCE, "周末开放会议室", "r-1", unit_id=school)
    need = entry(Sheet.NEED, "议事会周末要一间会议室", "n-1")
    assert entry(Sheet.NEED, "议事会周末要一间会议室", "n-1") == need
    (offered,) = suggestions_for(station(), listing_for(station(), need), TODAY)
    assert offered.row.id == hall
    made = taken(need, school, resource_id=hall)
    assert taken(need, school) == made
    with pytest.raises(Conflict, match="已经有单位认领"):
        taken(need, school, "p-2")
    report(station(), made, "钥匙交接好了", MONDAY)
    row, said = project_for(station(), made, TODAY)
    assert (row.state, row.last, [one.words for one in said]) == (
        ProjectState.RUNNING, "钥匙交接好了", ["钥匙交接好了"],
    )  # fmt: skip
    assert project_for(station(), made, TODAY + timedelta(days=11))[0].state is ProjectState.LATE
    late = ListFilter(state="late")
    assert [one.id for one in projects_for(station(), late, TODAY + timedelta(days=11))] == [made]
    finish(station(), made, "会议室开放了", MONDAY)
    finish(station(), made, "又一次", MONDAY)
    assert Project.objects.get().result == "会议室开放了"
    assert Listing.objects.get(id=need).ended_at == MONDAY
    with pytest.raises(Conflict):
        stop(station(), made, "不做了", MONDAY)
    with pytest.raises(Conflict):
        report(station(), made, "还有", MONDAY)
    assert (unit_for(station(), school).projects, unit_for(station(), school).done) == (1, 1)


def test_a_stopped_project_frees_the_need(ground: Ground) -> None:
    owner, need = unit(), entry(Sheet.NEED, "要停车位", "n-1", matter=Matter.ORDER)
    made = taken(need, owner)
    assert listings_for(station(), ListFilter(state="free")) == []
    with pytest.raises(Invalid):
        stop(station(), made, "", MONDAY)
    stop(station(), made, "单位搬迁", MONDAY)
    assert [one.id for one in listings_for(station(), ListFilter(state="free"))] == [need]
    assert taken(need, owner, "p-2") != made


def test_a_unit_that_leaves_offers_nothing_any_more(ground: Ground) -> None:
    owner = unit()
    entry(Sheet.RESOURCE, "楼道小修", "r-1", unit_id=owner, matter=Matter.REPAIR)
    strike_unit(station(), owner, MONDAY)
    strike_unit(station(), owner, MONDAY + timedelta(days=1))
    assert Unit.objects.get().left_at == MONDAY
    assert listings_for(station(), ListFilter()) == []
    need = entry(Sheet.NEED, "楼道灯", "n-1", matter=Matter.REPAIR)
    with pytest.raises(Invalid) as wrong:
        taken(need, owner)
    assert "unit_id" in wrong.value.fields
    end_listing(station(), need, MONDAY)
    with pytest.raises(Conflict):
        taken(need, owner)


def test_whose_area_it_is_not_sees_nothing_and_may_nothing(ground: Ground) -> None:
    owner, need = unit(), entry(Sheet.NEED, "要停车位", "n-1")
    made, elsewhere = taken(need, owner), station(f"{OTHER_STREET}001")
    for look in (
        lambda: unit_for(elsewhere, owner),
        lambda: listing_for(elsewhere, need),
        lambda: project_for(elsewhere, made, TODAY),
        lambda: report(elsewhere, made, "来过", MONDAY),
        lambda: end_listing(elsewhere, need, MONDAY),
        lambda: strike_unit(elsewhere, owner, MONDAY),
    ):
        with pytest.raises(NotFound):
            look()
    worker = ground.cast.grid_worker
    assert unit_for(worker, owner).editable is False
    for deny in (
        lambda: report(worker, made, "来过", MONDAY),
        lambda: strike_unit(worker, owner, MONDAY),
        lambda: register_unit(worker, NewUnit(name="x", kind=UnitKind.SHOP, area=COMMUNITY), MONDAY),
        lambda: register_unit(station(), NewUnit(name="x", kind=UnitKind.SHOP, area=STREET), MONDAY),
    ):
        with pytest.raises(Denied):
            deny()
    assert (Progress.objects.count(), Unit.objects.filter(left_at=None).count()) == (0, 1)


def test_lists_cost_the_same_however_long(ground: Ground, django_assert_num_queries: Any) -> None:
    owners = [unit(f"单位{number}") for number in range(4)]
    for number, owner in enumerate(owners):
        entry(Sheet.RESOURCE, f"资源{number}", f"r-{number}", unit_id=owner)
        taken(entry(Sheet.NEED, f"需求{number}", f"n-{number}"), owner, f"p-{number}")
    with django_assert_num_queries(4):
        assert len(units_for(station(), UnitFilter())) == 4
    with django_assert_num_queries(3):
        assert len(listings_for(station(), ListFilter())) == 8
    with django_assert_num_queries(4):
        assert len(projects_for(station(), ListFilter(), TODAY)) == 4
