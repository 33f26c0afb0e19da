"""Redrawing the areas of a district: drafts, putting in force, what stood before, and who may."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from huying.access.actor import Actor, ActorKind, Grant
from huying.access.roles import Role
from huying.kernel import clock
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound, StaleVersion
from huying.places import queries
from huying.places.actions import (
    add_places,
    add_step,
    drop_change,
    force_change,
    open_change,
    put_areas,
    put_district,
    renew_change,
    undo_step,
)
from huying.places.models import Area, AreaChange, District, Place
from huying.places.queries import held
from huying.places.rules.changes import ChangeState
from huying.places.rules.drafts import AreaDraft, PlaceDraft
from huying.places.rules.levels import Level, PlaceKind
from huying.places.rules.redrawing import Step, StepKind
from tests.places.conftest import box
from tests.places.test_redrawing import at

pytestmark = [pytest.mark.database, pytest.mark.django_db]
BEFORE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
HERE, COMMUNITY = 990101, "990101001001"
WEST_GRID, EAST_GRID, NEW_GRID = (f"{COMMUNITY}00{n}" for n in (1, 2, 3))
SPLIT = Step(StepKind.SPLIT, (WEST_GRID,), (at(-0.1, 0.2), at(0.6, 0.2)), "渡口网格")


def administrator(area=str(HERE), role=Role.ADMINISTRATOR):
    return Actor(ActorKind.ACCOUNT, HERE, "高敏", account_id=114, grants=(Grant(role, area),))


ADMIN = administrator()


@pytest.fixture(autouse=True)
def district():
    put_district(HERE, "云河区", city="海州市")
    drafts = [
        AreaDraft("青石街道", Level.STREET, box(0, 0, 1, 1)),
        AreaDraft("老渡社区", Level.COMMUNITY, box(0, 0, 1, 0.5)),
        AreaDraft("第1网格", Level.GRID, box(0, 0, 0.5, 0.5)),
        AreaDraft("第2网格", Level.GRID, box(0.5, 0, 0.5, 0.5)),
    ]
    put_areas(HERE, drafts, now=BEFORE, source="测绘")
    yield
    queries.forget(HERE)


def opened(*steps, actor=ADMIN):
    number = open_change(actor, COMMUNITY, uuid4(), NOW)
    for length, step in enumerate(steps):
        add_step(actor, number, step, length, NOW)
    return number


def decided(*steps, day=TODAY, now=NOW):
    number = opened(*steps)
    force_change(ADMIN, number, len(steps), day, "街道办公会 3 号纪要", now)
    return number


def grids(points, moment=None):
    lons, lats = zip(*points, strict=True)
    return queries.locate_points(HERE, lons, lats, moment)


SOUTH, NORTH = at(0.25, 0.1), at(0.25, 0.4)


def test_a_split_takes_effect_and_old_borders_stay_for_what_happened_before():
    assert grids([SOUTH, NORTH]) == [WEST_GRID, WEST_GRID]
    number = decided(SPLIT)
    assert grids([SOUTH, NORTH]) == [NEW_GRID, WEST_GRID]
    assert grids([SOUTH, NORTH], NOW - timedelta(seconds=1)) == [WEST_GRID, WEST_GRID]
    assert queries.area(HERE, NEW_GRID).name == "渡口网格"
    history = queries.area_history(HERE, WEST_GRID)
    assert [(one.valid_from, one.valid_to) for one in history] == [(BEFORE, NOW), (NOW, None)]
    assert history[1].source == f"区划变更{number}：街道办公会 3 号纪要"
    change = queries.change_for(ADMIN, number)
    assert (change.state, change.decided_by, change.reason) == (
        ChangeState.IN_FORCE,
        "高敏",
        "街道办公会 3 号纪要",
    )
    assert change.codes == (WEST_GRID, NEW_GRID)
    assert len(queries.area_history(HERE, EAST_GRID)) == 1


def test_sent_twice_everything_is_done_once():
    key = uuid4()
    assert open_change(ADMIN, COMMUNITY, key, NOW) == open_change(ADMIN, COMMUNITY, key, NOW)
    number = open_change(ADMIN, COMMUNITY, key, NOW)
    add_step(ADMIN, number, SPLIT, 0, NOW)
    add_step(ADMIN, number, SPLIT, 0, NOW)
    assert len(queries.change_for(ADMIN, number).steps) == 1
    force_change(ADMIN, number, 1, TODAY, "纪要", NOW)
    force_change(ADMIN, number, 1, TODAY, "纪要", NOW + timedelta(hours=1))
    assert Area.objects.filter(level="grid").count() == 4
    assert AreaChange.objects.count() == 1


def test_a_change_for_a_later_day_waits_for_midnight_in_the_districts_zone(monkeypatch):
    decided(SPLIT, day=TODAY + timedelta(days=3))
    midnight = datetime(2026, 3, 22, 16, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: midnight - timedelta(seconds=1))
    queries.forget(HERE)
    assert grids([SOUTH]) == [WEST_GRID]
    assert len(queries.areas(HERE, Level.GRID)) == 2
    monkeypatch.setattr(clock, "now", lambda: midnight)
    monkeypatch.setattr(held, "FRESH", -1.0)
    assert grids([SOUTH]) == [NEW_GRID]
    assert grids([SOUTH], midnight - timedelta(seconds=1)) == [WEST_GRID]


def test_while_one_change_waits_no_other_is_decided_and_it_can_be_withdrawn(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    queries.forget(HERE)
    waiting = decided(SPLIT, day=TODAY + timedelta(days=3))
    other = opened(Step(StepKind.MERGE, (WEST_GRID, EAST_GRID)))
    with pytest.raises(Conflict, match="等着生效"):
        force_change(ADMIN, other, 1, TODAY, "纪要", NOW)
    with pytest.raises(Conflict, match="请等它生效"):
        put_areas(HERE, [AreaDraft("第9网格", Level.GRID, box(0, 0, 0.1, 0.1))], now=NOW)
    drop_change(ADMIN, waiting, NOW)
    drop_change(ADMIN, waiting, NOW)
    assert [one.valid_to for one in queries.area_history(HERE, WEST_GRID)] == [None]
    assert queries.area_history(HERE, NEW_GRID) == []
    force_change(ADMIN, other, 1, TODAY, "纪要", NOW)
    assert [area.code for area in queries.areas(HERE, Level.GRID)] == [WEST_GRID]
    with pytest.raises(Conflict, match="已经生效"):
        drop_change(ADMIN, other, NOW)


def test_split_and_merged_back_the_number_is_not_given_again():
    decided(SPLIT)
    later = NOW + timedelta(days=1)
    number = open_change(ADMIN, COMMUNITY, uuid4(), later)
    add_step(ADMIN, number, Step(StepKind.MERGE, (WEST_GRID, NEW_GRID)), 0, later)
    force_change(ADMIN, number, 1, later.date(), "合回去", later)
    assert grids([SOUTH]) == [WEST_GRID]
    again = open_change(ADMIN, COMMUNITY, uuid4(), later)
    add_step(ADMIN, again, SPLIT, 0, later)
    assert f"{COMMUNITY}004" in queries.drawn_for(ADMIN, again, later).after.pieces


def test_a_draft_on_borders_changed_since_is_refused_shown_and_drawn_anew():
    stale = opened(SPLIT, Step(StepKind.MOVE, (), (at(0.5, 0.1), at(0.55, 0.1))))
    decided(Step(StepKind.MERGE, (EAST_GRID, WEST_GRID)))
    revision = District.objects.get(code=HERE).revision
    for act in (
        lambda: force_change(ADMIN, stale, 2, TODAY, "纪要", NOW),
        lambda: add_step(ADMIN, stale, SPLIT, 2, NOW),
    ):
        with pytest.raises(StaleVersion):
            act()
    assert District.objects.get(code=HERE).revision == revision
    drawn = queries.drawn_for(ADMIN, stale, NOW)
    assert drawn.stale == [WEST_GRID, EAST_GRID]
    assert drawn.problem
    assert renew_change(ADMIN, stale, NOW) == 2
    assert queries.drawn_for(ADMIN, stale, NOW).stale == []


def test_two_at_one_draft_do_not_write_over_each_other():
    number = opened(SPLIT)
    with pytest.raises(StaleVersion, match="同时在改"):
        add_step(ADMIN, number, Step(StepKind.MERGE, (WEST_GRID, EAST_GRID)), 0, NOW)
    with pytest.raises(StaleVersion, match="同时在改"):
        force_change(ADMIN, number, 3, TODAY, "纪要", NOW)
    undo_step(ADMIN, number, 1, NOW)
    undo_step(ADMIN, number, 1, NOW)
    assert queries.change_for(ADMIN, number).steps == ()


@pytest.mark.parametrize(
    ("day", "reason", "words"),
    [
        (TODAY - timedelta(days=1), "纪要", "已经过了"),
        (TODAY + timedelta(days=400), "纪要", "太远"),
        (TODAY, " ", "为什么"),
        (TODAY, "长" * 201, "200"),
    ],
)
def test_without_a_day_to_come_and_a_reason_nothing_is_put_in_force(day, reason, words):
    number = opened(SPLIT)
    with pytest.raises(Invalid, match=words):
        force_change(ADMIN, number, 1, day, reason, NOW)
    assert queries.change_for(ADMIN, number).state is ChangeState.DRAFT
    assert Area.objects.filter(level="grid").count() == 2


def test_an_empty_or_dropped_draft_is_not_put_in_force():
    number = opened()
    with pytest.raises(Invalid, match="没有任何改动"):
        force_change(ADMIN, number, 0, TODAY, "纪要", NOW)
    drop_change(ADMIN, number, NOW)
    with pytest.raises(Conflict):
        force_change(ADMIN, number, 0, TODAY, "纪要", NOW)


@pytest.mark.parametrize(
    "stranger",
    [administrator("990101002"), administrator(role=Role.STREET_DISPATCHER)],
    ids=["another street's", "not an administrator"],
)
def test_whoever_may_not_leaves_no_trace(stranger):
    number = opened(SPLIT)
    with pytest.raises(Denied):
        open_change(stranger, COMMUNITY, uuid4(), NOW)
    for act in (
        lambda: add_step(stranger, number, SPLIT, 1, NOW),
        lambda: undo_step(stranger, number, 1, NOW),
        lambda: renew_change(stranger, number, NOW),
        lambda: drop_change(stranger, number, NOW),
        lambda: force_change(stranger, number, 1, TODAY, "纪要", NOW),
        lambda: queries.drawn_for(stranger, number, NOW),
    ):
        with pytest.raises(NotFound):
            act()
    assert queries.changes_for(stranger) == []
    row = AreaChange.objects.get()
    assert (row.state, len(row.steps), row.decided_by) == ("draft", 1, "")
    assert Area.objects.filter(level="grid").count() == 2


def test_a_streets_own_administrator_redraws_it():
    number = opened(SPLIT, actor=administrator("990101001"))
    assert [one.id for one in queries.changes_for(administrator("990101001"))] == [number]


@pytest.mark.parametrize(("parent", "error"), [("990101009", NotFound), (WEST_GRID, Invalid)])
def test_there_must_be_something_to_redraw(parent, error):
    with pytest.raises(error):
        open_change(ADMIN, parent, uuid4(), NOW)


def test_addresses_lead_to_the_new_grid_at_once():
    add_places(HERE, [PlaceDraft("渡口市场", PlaceKind.POI, *SOUTH)])
    assert queries.locate_text(HERE, "渡口市场门口")[0].area == WEST_GRID
    decided(SPLIT)
    assert queries.locate_text(HERE, "渡口市场门口")[0].area == NEW_GRID
    assert Place.objects.get().area_code == WEST_GRID


def test_a_split_keeps_the_ground_to_the_last_digit_when_kept_and_read_again():
    slanted = Step(StepKind.SPLIT, (WEST_GRID,), (at(-0.1, 0.123), at(0.6, 0.377)), "渡口网格")
    decided(slanted)
    whole = box(0, 0, 0.5, 0.5)
    parts = [queries.area(HERE, code).outline for code in (WEST_GRID, NEW_GRID)]
    assert parts[0].intersection(parts[1]).area < 1e-9 * whole.area
    assert abs(sum(part.area for part in parts) - whole.area) < 1e-9 * whole.area
    assert parts[0].union(parts[1]).symmetric_difference(whole).area < 1e-9 * whole.area
