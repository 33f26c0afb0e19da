"""The circle of a district: drawn of rows, kept, read by who plans; demand against supply; homes out of a table."""

import threading
from datetime import timedelta

import pytest

from huying.access.actor import system
from huying.access.roles import Role
from huying.geo.datums import Datum
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.longwork.actions import do_next
from huying.longwork.models import LongWork
from huying.people.actions import NewPost, create_account
from huying.people.models import Account
from huying.people.queries import actor_by_id
from huying.services.actions import Arrangement, arrange, cancel_own, draw_circle, finish, put_homes
from huying.services.channels import circling
from huying.services.models import Circle, PeopleSpot
from huying.services.queries import balances_for, circle_for, prepared_for
from huying.services.rules.demand import balances
from huying.services.rules.homes import Spot
from huying.services.tasks import import_homes
from tests.cast import COMMUNITY, DISTRICT, MONDAY, STREET
from tests.services.conftest import NEXT, SPOT, Town, after

pytestmark = [pytest.mark.django_db, pytest.mark.database]
EAST = 0.0000097  # a metre of longitude at 22 degrees north, nearly


def homes(town: Town, *rows: tuple[float, float]) -> None:
    spots = [
        Spot(SPOT[0] + EAST * east, SPOT[1], people, f"{east:.0f}米", COMMUNITY) for east, people in rows
    ]
    put_homes(town.cast.administrator, spots, "测绘", MONDAY)


def test_the_circle_is_drawn_of_homes_roads_and_places(town: Town) -> None:
    homes(town, (0, 100), (3000, 40))
    town.roads([(0, 0), (4000, 0)])
    town.stand("公厕", east=200)
    draw_circle(town.cast.district_dispatcher, MONDAY)
    found = circle_for(town.cast.leader)
    assert (found.people, found.spots, found.walked, found.made_by) == (140.0, 2, True, "何伟")
    toilet = next(one for one in found.kinds if one.kind == "toilet")
    assert (toilet.places, toilet.people, toilet.covered) == (1, 140.0, 100.0)
    assert toilet.share_in(COMMUNITY) == pytest.approx(100 / 140)
    assert [(site.name, site.gain, site.share) for site in toilet.sites] == [("3000米", 40.0, 1.0)]
    assert {one.kind for one in found.kinds} >= {"toilet", "clinic", "waste"}
    assert "parking" not in {one.kind for one in found.kinds}


def test_without_homes_there_is_no_circle_and_without_roads_it_says_so(town: Town) -> None:
    with pytest.raises(NotFound):
        circle_for(town.cast.leader)
    with pytest.raises(Invalid):
        draw_circle(town.cast.administrator, MONDAY)
    homes(town, (0, 10))
    draw_circle(town.cast.administrator, MONDAY)
    found = circle_for(town.cast.leader)
    assert (found.walked, found.straight) == (False, 1.0)
    assert (prepared_for(town.cast.leader).spots, prepared_for(town.cast.leader).edges) == (1, 0)


def test_only_who_looks_at_the_whole_district_draws_it(town: Town) -> None:
    homes(town, (0, 10))
    for by in (town.cast.leader, town.cast.dispatcher, town.cast.handler, town.cast.seat):
        with pytest.raises(Denied):
            draw_circle(by, MONDAY)
    with pytest.raises(Denied):
        circle_for(town.cast.seat)
    with pytest.raises(Denied):
        put_homes(town.cast.leader, [], "", MONDAY)
    assert not Circle.objects.exists()
    assert PeopleSpot.objects.count() == 1


def test_it_is_drawn_behind_the_pages_in_the_name_of_who_asked(town: Town) -> None:
    homes(town, (0, 10))
    posts = [NewPost(Role.SUPERVISOR, str(DISTRICT), None)]
    create_account(town.cast.system, "sun", "孙丽", posts, MONDAY, password=None)
    by = actor_by_id(DISTRICT, Account.objects.get(login="sun").pk, after(hours=1))
    first = circling.ask_for_circle(by, after(hours=1), "zh-hans")
    assert circling.ask_for_circle(by, after(hours=1), "zh-hans") == first
    assert do_next({circling.KIND: circling.draw}, threading.Event())
    row = LongWork.objects.get(pk=first)
    assert (row.state, row.error) == ("done", "")
    assert circle_for(by).id == row.outcome["circle"]
    assert circle_for(by).made_by == "孙丽"


def test_people_of_an_area_are_spread_over_its_ground(town: Town) -> None:
    content = "区域代码,人口\n990101001001,1600\n990101999,5\n".encode()
    spots, problems = import_homes(system(DISTRICT), content, Datum.CGCS2000, "", MONDAY, dry_run=False)
    assert sum(one.people for one in spots) == pytest.approx(1600)
    assert 10 <= len(spots) <= 25
    assert len(problems) == 1
    assert {row.area[:12] for row in PeopleSpot.objects.all()} == {COMMUNITY}
    table = f"名称,经度,纬度,人口\n东苑,{SPOT[0]},{SPOT[1]},300\n外地,120,30,9\n错,甲,22,9\n".encode()
    spots, problems = import_homes(system(DISTRICT), table, Datum.CGCS2000, "", MONDAY, dry_run=False)
    assert [(one.name, one.people, one.area[:12]) for one in spots] == [("东苑", 300.0, COMMUNITY)]
    assert len(problems) == 2
    assert PeopleSpot.objects.count() == 1


def test_demand_is_told_beside_supply_by_community(town: Town) -> None:
    service = town.serve(capacity=1)
    nine, ten = town.slots(service)
    made = town.ask(service, nine, 1)
    town.ask(service, ten, 2)
    for number in (3, 4, 5):
        town.ask(service, None, number)
    arrange(town.cast.dispatcher, made.id, Arrangement(nine), after(hours=1))
    finish(town.cast.dispatcher, made.id, True, NEXT + timedelta(hours=1))
    gone = town.ask(service, None, 6)
    cancel_own(DISTRICT, gone.id, after(hours=1))
    found = balances_for(town.cast.leader, NEXT + timedelta(hours=2))
    (row,) = [one for one in found.rows if one.demand]
    assert (row.community, row.category, row.demand, row.served, row.supply, row.gap) == (
        COMMUNITY, "养老", 5, 1, 2.0, 3.0,
    )  # fmt: skip
    assert found.categories == ["养老"]
    with pytest.raises(Denied):
        balances_for(town.cast.seat, NEXT)


def test_places_are_shared_out_by_where_people_live() -> None:
    codes = ["990101001001", "990101001002", "990101002001"]
    rows = balances(
        {(codes[0], "养老"): (10, 4), (codes[2], "养老"): (3, 0)}, {(STREET, "养老"): 12}, codes,
        {codes[0]: 100.0, codes[1]: 300.0},
    )  # fmt: skip
    assert [(one.community, one.supply, one.gap) for one in rows] == [
        (codes[0], 3.0, 7.0), (codes[2], 0.0, 3.0), (codes[1], 9.0, -9.0),
    ]  # fmt: skip
    alike = balances({}, {(STREET, "养老"): 12}, codes[:2], {})
    assert [one.supply for one in alike] == [6.0, 6.0]
