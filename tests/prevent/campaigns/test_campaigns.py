"""A campaign from its beginning to its conclusion: a task for each grid, done by who works there."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.cases.models import Case
from huying.kernel import clock
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.kernel.numbers import case_number
from huying.prevent.campaigns.actions.calendar import end_season, ensure_seasons, put_season
from huying.prevent.campaigns.actions.doing import do
from huying.prevent.campaigns.actions.running import NewCampaign, begin, close
from huying.prevent.campaigns.models import Campaign, Season, Task
from huying.prevent.campaigns.queries.calendar import proposals, season_of
from huying.prevent.campaigns.queries.campaigns import (
    campaign_for,
    campaigns_for,
    photo_for,
    task_for,
    tasks_for,
)
from huying.prevent.campaigns.queries.results import counts_of
from huying.prevent.campaigns.rules.kinds import Origin, TaskState
from tests.cast import COMMUNITY, DISTRICT, GRID, MONDAY, OTHER_STREET, STREET, Cast, gather
from tests.photos import jpeg
from tests.prevent.warnings.conftest import case
from tests.teams.conftest import draw

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TODAY = MONDAY.date()


@pytest.fixture
def cast(db: None) -> Cast:
    made = gather()
    draw(made)
    return made


def campaign(by: Any, once: str = "k1", areas: tuple[str, ...] = (STREET,), **more: Any) -> int:
    told: dict[str, Any] = {
        "name": "夜间施工噪声", "items": ("0701",), "areas": areas, "lead": "城管", "task": "走一遍工地",
        "begins": TODAY, "due": TODAY + timedelta(days=14), **more,
    }  # fmt: skip
    return begin(by, NewCampaign(**told), once, MONDAY)


def test_every_grid_of_the_chosen_areas_has_one_task_and_the_form_sent_twice_is_one(cast: Cast) -> None:
    made = campaign(cast.leader)
    assert campaign(cast.leader) == made
    view = campaign_for(cast.leader, made, TODAY)
    assert [one.grid for one in view.tasks] == [GRID, f"{COMMUNITY}002"]
    assert (view.line.tasks, view.line.done) == (2, 0)
    assert Campaign.objects.get().area == STREET


def test_a_grid_worker_does_the_own_grids_task_and_nobody_elses(cast: Cast) -> None:
    made = campaign(cast.leader)
    mine = tasks_for(cast.grid_worker, TODAY)
    assert [one.grid for one in mine] == [GRID]
    other = Task.objects.exclude(grid=GRID).get()
    with pytest.raises(NotFound):
        do(cast.grid_worker, other.pk, "nothing", "", "", MONDAY)
    with pytest.raises(NotFound):
        task_for(cast.grid_worker, other.pk, TODAY)
    do(cast.grid_worker, mine[0].id, "nothing", "", "", MONDAY)
    assert tasks_for(cast.grid_worker, TODAY) == []
    assert campaign_for(cast.leader, made, TODAY).line.done == 1


def test_what_was_found_leads_to_the_case_that_was_registered_of_it(cast: Cast) -> None:
    campaign(cast.leader)
    task = tasks_for(cast.grid_worker, TODAY)[0]
    row = case(MONDAY, "070101", GRID)
    row.body_id = cast.street_body
    Case.objects.bulk_create([row])
    for wrong in ("999", case_number(DISTRICT, row.id + 5)):
        with pytest.raises(Invalid):
            do(cast.leader, task.id, "found", "半夜还在打桩", wrong, MONDAY)
    with pytest.raises(Invalid):
        do(cast.leader, task.id, "found", " ", "", MONDAY)
    do(cast.leader, task.id, "found", "半夜还在打桩", case_number(DISTRICT, row.id), MONDAY)
    assert task_for(cast.leader, task.id, TODAY).case == case_number(DISTRICT, row.id)


def test_photos_are_added_to_a_task_the_same_once_and_six_at_most(cast: Cast) -> None:
    made = campaign(cast.leader)
    task = tasks_for(cast.grid_worker, TODAY)[0]
    two = [jpeg("a.jpg").read(), jpeg("b.jpg", "red").read()]
    do(cast.grid_worker, task.id, "nothing", "", "", MONDAY, two)
    do(cast.grid_worker, task.id, "found", "半夜打桩", "", MONDAY, two[:1])
    assert len(task_for(cast.grid_worker, task.id, TODAY).photos) == 2
    more = [jpeg("c.jpg", colour).read() for colour in ("blue", "black", "white", "yellow", "pink")]
    with pytest.raises(Invalid) as full:
        do(cast.grid_worker, task.id, "nothing", "", "", MONDAY, more)
    assert "已经交了 2 张" in full.value.fields["photos"]
    line = task_for(cast.grid_worker, task.id, TODAY)
    assert (len(line.photos), line.words) == (2, "半夜打桩")
    assert [len(one.photos) for one in campaign_for(cast.leader, made, TODAY).tasks] == [2, 0]
    with pytest.raises(Invalid):
        do(cast.grid_worker, task.id, "nothing", "", "", MONDAY, [b"no photo"])


def test_where_photos_are_asked_for_no_task_is_done_without_one(cast: Cast) -> None:
    campaign(cast.leader, photos_needed=True)
    task = tasks_for(cast.grid_worker, TODAY)[0]
    with pytest.raises(Invalid) as missing:
        do(cast.grid_worker, task.id, "nothing", "", "", MONDAY)
    assert set(missing.value.fields) == {"photos"}
    assert [one.id for one in tasks_for(cast.grid_worker, TODAY)] == [task.id]
    do(cast.grid_worker, task.id, "nothing", "", "", MONDAY, [jpeg("a.jpg").read()])
    do(cast.grid_worker, task.id, "nothing", "又看了一遍", "", MONDAY)
    assert task_for(cast.grid_worker, task.id, TODAY).state is TaskState.DONE


def test_a_photo_is_reached_by_who_may_read_the_campaign_and_who_does_the_task(cast: Cast) -> None:
    campaign(cast.leader)
    task = tasks_for(cast.grid_worker, TODAY)[0]
    do(cast.grid_worker, task.id, "nothing", "", "", MONDAY, [jpeg("a.jpg").read()])
    photo = task_for(cast.grid_worker, task.id, TODAY).photos[0]
    path = photo_for(cast.leader, task.id, photo)
    assert photo_for(cast.grid_worker, task.id, photo) == photo_for(cast.supervisor, task.id, photo) == path
    other = Task.objects.exclude(grid=GRID).get()
    for who, asked in (
        (cast.other_dispatcher, task.id),
        (cast.handler, task.id),
        (cast.stranger_in(990102), task.id),
        (cast.leader, other.pk),
    ):
        with pytest.raises(NotFound):
            photo_for(who, asked, photo)


def test_what_is_not_done_in_time_is_late(cast: Cast) -> None:
    made = campaign(cast.leader)
    later = TODAY + timedelta(days=15)
    view = campaign_for(cast.leader, made, later, TaskState.LATE.value)
    assert len(view.tasks) == view.line.late == 2
    assert campaign_for(cast.leader, made, later, TaskState.DONE.value).tasks == []


def test_a_campaign_ends_with_a_conclusion_and_then_takes_nothing_more(cast: Cast) -> None:
    made = campaign(cast.leader)
    task = Task.objects.filter(grid=GRID).get()
    with pytest.raises(Invalid):
        close(cast.leader, made, " ", MONDAY)
    close(cast.leader, made, "两处工地已停", MONDAY)
    with pytest.raises(Invalid):
        do(cast.grid_worker, task.pk, "nothing", "", "", MONDAY)
    with pytest.raises(Invalid):
        close(cast.leader, made, "再来一次", MONDAY)
    assert Campaign.objects.get().conclusion == "两处工地已停"


def test_who_is_elsewhere_sees_and_changes_nothing(cast: Cast) -> None:
    made = campaign(cast.leader)
    assert campaigns_for(cast.other_dispatcher, TODAY) == []
    with pytest.raises(NotFound):
        campaign_for(cast.other_dispatcher, made, TODAY)
    for act in (
        lambda: close(cast.other_dispatcher, made, "x", MONDAY),
        lambda: campaign(cast.other_dispatcher, "k2"),
        lambda: campaign(cast.evaluator, "k3"),
        lambda: campaign(cast.leader, "k4", (OTHER_STREET,)),
    ):
        with pytest.raises(Denied):
            act()
    with pytest.raises(NotFound):
        close(cast.stranger_in(990102), made, "x", MONDAY)
    assert Campaign.objects.count() == 1


def test_results_count_here_and_in_the_streets_without_it_and_a_year_before(cast: Cast) -> None:
    made = campaign(cast.leader, begins=TODAY - timedelta(days=7))
    year = timedelta(days=364)
    rows = [case(MONDAY - back, item, area) for back, item, area in (
        (timedelta(0), "070101", GRID), (year, "070101", GRID), (year, "070102", GRID), (year, "020101", GRID),
        (timedelta(0), "070101", f"{OTHER_STREET}001001"), (timedelta(days=30), "070101", GRID))]  # fmt: skip
    Case.objects.bulk_create(rows)
    counts = counts_of(DISTRICT, campaign_for(cast.leader, made, TODAY), TODAY)
    assert (counts.now, counts.before, counts.others_now, counts.others_before) == (1, 2, 1, 0)


def test_the_calendar_proposes_until_somebody_begins(cast: Cast) -> None:
    ensure_seasons(DISTRICT, MONDAY)
    ensure_seasons(DISTRICT, MONDAY)
    day = date(2026, 5, 10)
    assert "exam" in {one.season.code for one in proposals(DISTRICT, day)}
    campaign(cast.leader, season="exam", begins=day, due=day + timedelta(days=40))
    assert Campaign.objects.get().origin == Origin.SEASON
    assert "exam" not in {one.season.code for one in proposals(DISTRICT, day)}
    assert "exam" in {one.season.code for one in proposals(DISTRICT, date(2027, 5, 10))}


def test_a_line_of_the_calendar_is_changed_as_a_version_by_who_runs_the_district(cast: Cast) -> None:
    ensure_seasons(DISTRICT, MONDAY)
    line = season_of(DISTRICT, "exam")
    assert line is not None
    with pytest.raises(Denied):
        put_season(cast.leader, line, clock.now())
    put_season(cast.district_dispatcher, line, clock.now())
    assert Season.objects.filter(code="exam").count() == 2
    end_season(cast.district_dispatcher, "exam", clock.now())
    assert season_of(DISTRICT, "exam") is None
    with pytest.raises(NotFound):
        end_season(cast.district_dispatcher, "exam", clock.now())


def test_lists_cost_the_same_however_many_there_are(cast: Cast) -> None:
    campaign(cast.leader)
    with CaptureQueriesContext(connection) as few:
        campaigns_for(cast.leader, TODAY)
        tasks_for(cast.grid_worker, TODAY)
    for number in range(5):
        campaign(cast.leader, f"more{number}")
    with CaptureQueriesContext(connection) as many:
        campaigns_for(cast.leader, TODAY)
        tasks_for(cast.grid_worker, TODAY)
    assert len(many) == len(few) == 2
