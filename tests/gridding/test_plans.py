"""A plan from its wishes to versions of grids: drawn, compared, published, withdrawn; denied without a trace."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from huying.annals.models import Change
from huying.annals.rules import Subject
from huying.geo.datums import Datum
from huying.gridding.actions import (
    ask_plan,
    clear_sites,
    draw,
    drop_plan,
    import_sites,
    publish_plan,
    put_sites,
    redraw_plan,
    withdraw_plan,
)
from huying.gridding.models import GridPlan, PlanGrid, Site
from huying.gridding.queries import (
    grids_of,
    plan_features,
    plan_for,
    plans_for,
    scopes_for,
    stock_of,
    today_count,
)
from huying.gridding.queries.plans import LOST
from huying.gridding.rules.kinds import PlanState, SiteKind, Within
from huying.gridding.rules.weighing import Weights
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound, StaleVersion
from huying.longwork.models import LongWork
from huying.places.actions import put_areas
from huying.places.models import Area, AreaChange
from huying.places.queries import drawn_for, forget, locate_point
from huying.places.rules.drafts import AreaDraft
from huying.places.rules.levels import Level
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, STREET, Cast
from tests.gridding.lattice import SOUTH, STEP, WEST, box
from tests.gridding.town import SECOND, THIRD, WEIGHTS, complain, drawn, houses, wishes

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = timezone.localdate(MONDAY)


def versions() -> list[tuple[str, str]]:
    return sorted(Area.objects.filter(valid_to=None, level="grid").values_list("code", "digest"))


def test_a_plan_evens_work_out_and_says_what_it_changes_for_whom(town: Cast) -> None:
    plan = plan_for(town.administrator, drawn(town.administrator))
    assert plan.state is PlanState.READY
    assert plan.before["spread"] == pytest.approx(1 / 3, abs=1e-3)
    assert (plan.after["spread"] <= 0.1, plan.after["within"], plan.after["broken"]) == (True, 1.0, 0)
    assert (plan.before["split"], plan.after["split"], plan.after["on_lines"]) == (1, 0, 1.0)
    rows = {row.code: row for row in grids_of(town.administrator, plan.id)}
    assert set(rows) == {GRID, SECOND}
    assert 30 <= rows[GRID].left == rows[SECOND].came == plan.moved <= 50
    assert [(one["from"], one["to"], one["homes"]) for one in plan.flows] == [
        (GRID, rows[SECOND].number, plan.moved)
    ]
    assert plan.flows[0]["estates"] in ([], ["花园"])
    assert rows[GRID].before["homes"] == 160
    assert rows[GRID].figures["homes"] + rows[SECOND].figures["homes"] == 240
    assert {row.name for row in rows.values()} == {"老渡社区第01网格", "老渡社区第02网格"}
    assert len(plan_features(town.administrator, plan.id)["features"]) == 2


def test_more_grids_get_new_names_and_fewer_end(town: Cast) -> None:
    by = town.administrator
    more = grids_of(by, drawn(by, grids=3))
    assert sorted(row.name for row in more) == [f"老渡社区第0{n}网格" for n in (1, 2, 3)]
    assert [row.parent for row in more] == [COMMUNITY] * 3
    fewer = grids_of(by, drawn(by, grids=1))
    assert [(row.code, row.ends) for row in fewer if row.ends] in ([(GRID, True)], [(SECOND, True)])
    assert sum(row.left for row in fewer if row.ends) == plan_for(by, GridPlan.objects.latest("id").pk).moved


def test_past_cases_weigh_where_they_lie(town: Cast) -> None:
    complain(town, 0.5, 0.5, 30)
    by = town.administrator
    only_cases = Weights(people=0, homes=50, buildings=0, shops=0, cases=50)
    plan = drawn(by, weights=only_cases, keep=0, tolerance=25)
    homes = {row.figures["cases"]: row.figures["homes"] for row in grids_of(by, plan) if not row.ends}
    assert set(homes) == {0, 30}
    assert homes[30] < homes[0]


def test_without_leave_grids_stay_in_their_communities_and_with_it_they_may_cross(town: Cast) -> None:
    by = town.administrator
    kept = drawn(by, scope=STREET, grids=3)
    assert {row.parent for row in grids_of(by, kept)} == {COMMUNITY, THIRD[:12]}
    assert plan_for(by, kept).after["grids"] == 3
    free = drawn(by, scope=STREET, grids=3, within=Within.STREET, keep=0)
    assert plan_for(by, free).after["spread"] <= 0.1


def test_published_at_once_its_grids_are_where_people_are_found(town: Cast) -> None:
    by = town.administrator
    number = drawn(by, grids=3)
    later = MONDAY + timedelta(hours=1)
    publish_plan(by, number, TODAY, "3 号纪要", later)
    forget(DISTRICT)
    assert len(versions()) == 4
    found = {
        locate_point(DISTRICT, WEST + (x + 0.5) * STEP, SOUTH + (y + 0.5) * STEP).grid  # type: ignore[union-attr]
        for x in range(6) for y in range(4)
    }  # fmt: skip
    assert found == {GRID, SECOND, f"{COMMUNITY}003"}
    change = AreaChange.objects.get()
    assert (change.parent_code, change.reason) == (COMMUNITY, f"网格调整方案{number}：3 号纪要")
    shown = drawn_for(by, change.pk, later)
    assert (len(shown.before.pieces), len(shown.after.pieces)) == (2, 3)
    assert Change.objects.filter(subject=Subject.AREA.value, about=str(change.pk)).count() == 1
    plan = plan_for(by, number)
    assert (plan.state, plan.changes, plan.valid_from) == (PlanState.PUBLISHED, [change.pk], later)
    publish_plan(by, number, TODAY, "再点一次", later)
    assert AreaChange.objects.count() == 1
    with pytest.raises(Conflict):
        withdraw_plan(by, number, later + timedelta(minutes=1))


def test_published_for_a_later_day_it_can_be_taken_back(town: Cast) -> None:
    by, before = town.administrator, versions()
    number = drawn(by)
    publish_plan(by, number, TODAY + timedelta(days=7), "3 号纪要", MONDAY)
    assert plan_for(by, number).waits(MONDAY)
    assert not plan_for(by, number).waits(MONDAY + timedelta(days=8))
    with pytest.raises(Conflict, match="等着生效"):
        publish_plan(by, drawn(by), TODAY, "另一份", MONDAY)
    withdraw_plan(by, number, MONDAY)
    withdraw_plan(by, number, MONDAY)
    assert versions() == before
    assert plan_for(by, number).state is PlanState.WITHDRAWN


def test_grids_that_somebody_redrew_meanwhile_are_not_overwritten(town: Cast) -> None:
    by = town.administrator
    number = drawn(by)
    later = MONDAY + timedelta(hours=1)
    put_areas(DISTRICT, [AreaDraft("渡口网格", Level.GRID, box(4, 0, 2, 4), SECOND)], now=later)
    before = versions()
    with pytest.raises(StaleVersion):
        publish_plan(by, number, TODAY, "3 号纪要", later)
    assert versions() == before
    assert (plan_for(by, number).state, AreaChange.objects.count()) == (PlanState.READY, 0)


def test_what_cannot_be_published_is_refused_in_words(town: Cast) -> None:
    by = town.administrator
    number = drawn(by)
    with pytest.raises(Invalid) as refused:
        publish_plan(by, number, TODAY - timedelta(days=1), "3 号纪要", MONDAY)
    assert "day" in refused.value.fields
    with pytest.raises(Invalid) as refused:
        publish_plan(by, number, TODAY, " ", MONDAY)
    assert "reason" in refused.value.fields
    drop_plan(by, number, MONDAY)
    drop_plan(by, number, MONDAY)
    with pytest.raises(Conflict):
        publish_plan(by, number, TODAY, "3 号纪要", MONDAY)
    assert not AreaChange.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"scope": "99"}, "scope"),
        ({"scope": f"{STREET}777"}, "scope"),
        ({"scope": GRID}, "scope"),
        ({"grids": 0}, "grids"),
        ({"tolerance": 2}, "tolerance"),
        ({"keep": 101}, "keep"),
        ({"days": -1}, "days"),
        ({"weights": Weights(0, 0, 0, 0, 0)}, "people"),
    ],
)
def test_wishes_that_cannot_be_are_named(town: Cast, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        ask_plan(town.administrator, wishes(**wrong), uuid4(), MONDAY)
    assert field in refused.value.fields
    assert (GridPlan.objects.count(), LongWork.objects.count()) == (0, 0)


def test_ground_without_anything_on_it_gives_no_plan(town: Cast) -> None:
    Site.objects.all().delete()
    number = ask_plan(town.administrator, wishes(), uuid4(), MONDAY, behind=False)
    with pytest.raises(Invalid, match="底数"):
        draw(town.administrator, number, MONDAY)
    assert not PlanGrid.objects.exists()


def test_asked_twice_with_one_key_there_is_one_plan_and_one_work(town: Cast) -> None:
    key = uuid4()
    first, second = (ask_plan(town.administrator, wishes(), key, MONDAY) for _ in range(2))
    assert first == second
    assert (GridPlan.objects.count(), LongWork.objects.count()) == (1, 1)
    with pytest.raises(Conflict):
        redraw_plan(town.administrator, first, MONDAY)
    redraw_plan(town.administrator, first, MONDAY + LOST + timedelta(seconds=1))
    assert LongWork.objects.count() == 2


def test_nobody_else_sees_or_changes_anything_and_leaves_no_trace(town: Cast) -> None:
    number = drawn(town.administrator)
    kept = (GridPlan, PlanGrid, Site, Area, AreaChange, Change, LongWork)
    before = [list(model.objects.order_by("pk").values()) for model in kept]
    for by in (town.dispatcher, town.seat, town.leader, town.supervisor, town.auditor, town.grid_worker):
        for act in (
            lambda by: ask_plan(by, wishes(), uuid4(), MONDAY), lambda by: drop_plan(by, number, MONDAY),
            lambda by: publish_plan(by, number, TODAY, "理由", MONDAY), lambda by: plans_for(by),
            lambda by: withdraw_plan(by, number, MONDAY), lambda by: redraw_plan(by, number, MONDAY),
            lambda by: put_sites(by, houses(), MONDAY), lambda by: clear_sites(by, SiteKind.SHOP, MONDAY),
            lambda by: stock_of(by), lambda by: plan_for(by, number), lambda by: grids_of(by, number),
        ):  # fmt: skip
            with pytest.raises(Denied):
                act(by)
    with pytest.raises(NotFound):
        plan_for(town.administrator, number + 1000)
    assert [list(model.objects.order_by("pk").values()) for model in kept] == before


def test_an_administrator_of_one_street_plans_there_alone(town: Cast) -> None:
    from tests.cast import OTHER_STREET, Role, actor

    whole, there = drawn(town.administrator), actor("街道管理员", 120, Role.ADMINISTRATOR, OTHER_STREET)
    assert [code for code, _name in scopes_for(there)] == [OTHER_STREET]
    assert plans_for(there) == []
    with pytest.raises(NotFound):
        plan_for(there, whole)
    with pytest.raises(Denied):
        ask_plan(there, wishes(), uuid4(), MONDAY)
    with pytest.raises(Denied):
        put_sites(there, houses(), MONDAY)
    here = actor("街道管理员", 121, Role.ADMINISTRATOR, STREET)
    assert [plan.id for plan in plans_for(here)] == [whole]


def test_the_ground_is_kept_once_and_counted(town: Cast) -> None:
    by = town.administrator
    assert put_sites(by, houses(), MONDAY) == 36
    told = stock_of(by)
    assert (told.buildings, told.estates, told.homes, told.people, told.roads, told.waters) == (
        36,
        0,
        360,
        936,
        15,
        0,
    )
    count, problems = import_sites(
        by, "商铺.csv", "类型,编号,lon,lat\nshop,1,114,22\nshop,2,x,22".encode(), Datum.CGCS2000, MONDAY
    )
    assert (count, len(problems), stock_of(by).shops) == (1, 1, 1)
    assert clear_sites(by, SiteKind.BUILDING, MONDAY) == 36
    assert clear_sites(by, SiteKind.BUILDING, MONDAY) == 0
    told = [(one.deed, one.name) for one in Change.objects.filter(about="sites").order_by("id")]
    assert told == [("change", "网格底数")] * 3 + [("delete", "网格底数")]
    assert today_count(by, COMMUNITY) == 2


def test_an_estate_counts_for_itself_only_what_its_buildings_do_not_say(town: Cast) -> None:
    from huying.gridding.queries import known_of
    from huying.gridding.rules.drafts import SiteDraft

    by = town.administrator
    lon, lat = WEST + 3.5 * STEP, SOUTH + 0.5 * STEP
    put_sites(by, [
        SiteDraft("estate:花园", SiteKind.ESTATE, lon, lat, "花园", "花园", homes=999, people=999, shops=5),
        SiteDraft("estate:新村", SiteKind.ESTATE, lon, lat + STEP, "新村", "新村", homes=7, people=9),
    ], MONDAY)  # fmt: skip
    sites = known_of(by, wishes(weights=WEIGHTS), MONDAY).ground.sites
    assert sites.homes.sum() == 247
    assert sites.shops.sum() == 5
    assert sorted(sites.names) == ["新村", "花园"]


@pytest.mark.slow
def test_a_plan_is_drawn_behind_the_pages(transactional_db: None, settings: object, tmp_path: object) -> None:
    import threading

    from huying.access.roles import Role
    from huying.kernel import clock
    from huying.longwork.actions import do_next
    from huying.site.wiring import LONG_WORK
    from tests.cast import gather
    from tests.gridding.town import settle
    from tests.longwork.conftest import person

    settings.HUYING_WORK_DIR = tmp_path  # type: ignore[attr-defined]
    cast = gather()
    settle(cast)
    by = person(cast, "guanli", Role.ADMINISTRATOR)
    number = ask_plan(by, wishes(), uuid4(), clock.now())
    lost = ask_plan(by, wishes(scope=STREET, grids=1), uuid4(), clock.now())
    for _work in range(2):
        assert do_next(LONG_WORK, threading.Event())
    assert plan_for(by, number).state is PlanState.READY
    failed = plan_for(by, lost)
    assert (failed.state, failed.lost(clock.now())) == (PlanState.FAILED, True)
    assert "网格数不能比它少" in failed.problem
