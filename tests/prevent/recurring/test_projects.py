"""Recurrences found in the ledger's cases, and projects: begun, edited, finished, measured; refusals leave nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from shapely.geometry import box

from huying.access.roles import Role
from huying.annals.models import Change
from huying.annals.rules import Subject
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.kernel.errors import Conflict, Denied, Invalid, NotFound
from huying.places.actions import add_places, put_areas
from huying.places.rules.drafts import AreaDraft, PlaceDraft
from huying.places.rules.levels import Level, PlaceKind
from huying.prevent.hot_issues.queries.lexicons import forget_lexicons
from huying.prevent.recurring.actions import NewProject, begin_project, edit_project, find, finish_project
from huying.prevent.recurring.models import Project, Recurrence
from huying.prevent.recurring.queries import project_for, recurrence_for, recurrences_for
from huying.prevent.recurring.rules.states import ProjectState
from tests.cast import DISTRICT, GRID, MONDAY, OTHER_STREET, STREET, Cast, actor, gather

pytestmark = [pytest.mark.django_db, pytest.mark.database]
YEAR = timedelta(days=364)
NOW = MONDAY + YEAR


@pytest.fixture
def cast(db: None) -> Cast:
    forget_lexicons()
    return gather()


def blocked(cast: Cast, at: datetime, lon: float | None = 114.3, where: str = "", item: str = "X1") -> int:
    """A blocked sewer, answered and so closed within the hour."""
    new = NewAppeal(
        text="下水道又堵了，污水横流", title="下水道又堵了", channel="web", kind="complaint", area=GRID, lon=lon,
        lat=None if lon is None else 22.7, item=item, place_text=where,
    )  # fmt: skip
    made = receive(DISTRICT, [new], by=cast.system, now=at)[0].case_id
    ref = (DISTRICT, made)
    advance(
        ref,
        Verb.ANSWER,
        by=cast.dispatcher,
        now=at + timedelta(minutes=30),
        reply="已请疏通队到场疏通，污水已清理干净，感谢反映。",
    )
    return made


def wanted(cast: Cast) -> NewProject:
    return NewProject(
        "春风路雨污分流改造", cast.water, "李工", "管径太小，接驳错误", "换管 120 米", "区财政 30 万元",
        date(2026, 3, 2), date(2026, 6, 1),
    )  # fmt: skip


@pytest.fixture
def found(cast: Cast) -> Recurrence:
    for weeks in (0, 5, 10):
        blocked(cast, MONDAY + timedelta(weeks=weeks))
    find(DISTRICT, NOW)
    return Recurrence.objects.get()


def test_what_was_closed_and_came_again_is_found_once(cast: Cast, found: Recurrence) -> None:
    assert (len(found.cases), found.again) == (3, 2)
    blocked(cast, MONDAY + timedelta(weeks=15))
    find(DISTRICT, NOW)
    again = Recurrence.objects.get()
    assert again.id == found.id
    assert again.again == 3


def draw_gardens() -> None:
    """The cast's first street with its outline, two estates five kilometres apart in it, and a road."""
    outline = box(114.2, 22.6, 114.4, 22.8)
    drafts = [
        AreaDraft("呼应区", Level.DISTRICT, outline, code=str(DISTRICT)),
        AreaDraft("青石街道", Level.STREET, outline, code=STREET, parent=str(DISTRICT)),
    ]
    put_areas(DISTRICT, drafts, now=MONDAY)
    gardens = [("春风花园", 114.3003), ("秋月花园", 114.35)]
    places = [PlaceDraft(name, PlaceKind.ESTATE, lon, 22.7) for name, lon in gardens]
    add_places(DISTRICT, [*places, PlaceDraft("春风路", PlaceKind.ROAD, 114.3, 22.7)])


def test_it_is_called_by_the_place_that_its_cases_name_and_lie_at(cast: Cast) -> None:
    draw_gardens()
    for weeks, where in (
        (0, "春风花园门口"),
        (5, "秋月花园"),
        (10, "春风花园3栋101，我姓李"),
        (15, "秋月花园"),
    ):
        blocked(cast, MONDAY + timedelta(weeks=weeks), where=where)
    find(DISTRICT, NOW)
    [line] = recurrences_for(cast.dispatcher)
    assert line.title == "春风花园 · X1"


def test_cases_without_a_position_lie_where_their_words_name_a_place(cast: Cast) -> None:
    draw_gardens()
    measured = blocked(cast, MONDAY, lon=114.3001)
    named = [
        blocked(cast, MONDAY + timedelta(weeks=weeks), lon=None, where="春风花园门口") for weeks in (5, 10)
    ]
    for weeks, where in (
        (1, "秋月花园"),
        (6, "秋月花园"),
        (2, "春风路"),
        (7, "春风路"),
        (12, "春风路"),
        (3, ""),
    ):
        blocked(cast, MONDAY + timedelta(weeks=weeks), lon=None, where=where)
    find(DISTRICT, NOW)
    [line] = recurrences_for(cast.dispatcher)
    assert (line.title, line.again) == ("春风花园 · X1", 2)
    assert Recurrence.objects.get().cases == [measured, *named]


def test_a_project_is_begun_edited_and_finished(cast: Cast, found: Recurrence) -> None:
    made = begin_project(cast.dispatcher, found.id, wanted(cast), NOW)
    with pytest.raises(Conflict):
        begin_project(cast.dispatcher, found.id, wanted(cast), NOW)
    edit_project(cast.dispatcher, made, replace(wanted(cast), owner="王工"), NOW)
    finish_project(cast.dispatcher, made, date(2026, 5, 1), "换管完成", NOW)
    whole = project_for(cast.supervisor, made, NOW)
    assert (whole.project.owner, whole.state, whole.body_name) == ("王工", ProjectState.FINISHED, "水务局")
    with pytest.raises(Conflict):
        edit_project(cast.dispatcher, made, wanted(cast), NOW)
    assert whole.effect is not None
    assert whole.effect.ratio is None


def test_who_opened_changed_and_closed_a_project_is_written_down(cast: Cast, found: Recurrence) -> None:
    made = begin_project(cast.dispatcher, found.id, wanted(cast), NOW)
    with pytest.raises(Conflict):
        begin_project(cast.dispatcher, found.id, wanted(cast), NOW)
    edit_project(cast.dispatcher, made, replace(wanted(cast), owner="王工"), NOW)
    edit_project(cast.dispatcher, made, replace(wanted(cast), owner="王工"), NOW)
    for by, error in ((cast.other_dispatcher, NotFound), (cast.evaluator, Denied)):
        with pytest.raises(error):
            edit_project(by, made, wanted(cast), NOW)
        with pytest.raises(error):
            finish_project(by, made, date(2026, 5, 1), "换管完成", NOW)
    finish_project(cast.dispatcher, made, date(2026, 5, 1), "换管完成", NOW)
    begun, changed, ended = Change.objects.filter(subject=Subject.PROJECT, about=str(made)).order_by("id")
    assert (begun.actor_name, begun.name, begun.deed) == (
        cast.dispatcher.name,
        "春风路雨污分流改造",
        "create",
    )
    assert begun.after["措施"] == "换管 120 米"
    assert (begun.after["牵头单位"], begun.after["开始"]) == ("水务局", "2026-03-02")
    assert (changed.before, changed.after) == ({"负责人": "李工"}, {"负责人": "王工"})
    assert (ended.deed, ended.after) == ("end", {"完成日期": "2026-05-01", "做成了什么": "换管完成"})


def test_the_fall_is_measured_against_places_without_a_project(cast: Cast) -> None:
    for week in range(8):
        blocked(cast, MONDAY + timedelta(weeks=week))
        blocked(cast, MONDAY + timedelta(weeks=week), lon=114.32)
    for week in range(9, 17):
        blocked(cast, MONDAY + timedelta(weeks=week), lon=114.32)
    find(DISTRICT, NOW)
    ours = Recurrence.objects.get(lon__lt=114.31)
    made = begin_project(cast.dispatcher, ours.id, wanted(cast), NOW)
    finish_project(cast.dispatcher, made, (MONDAY + timedelta(weeks=8)).date(), "换管完成", NOW)
    whole = project_for(cast.supervisor, made, MONDAY + timedelta(weeks=16))
    assert whole.effect is not None
    assert (whole.effect.counts.before, whole.effect.counts.after) == (8, 0)
    assert whole.effect.counts.beside_before == 8
    assert whole.effect.ratio is not None
    assert whole.effect.ratio < 0.3
    assert whole.beside == 1


def test_a_refusal_leaves_no_trace(cast: Cast, found: Recurrence) -> None:
    with pytest.raises(Denied):
        begin_project(cast.evaluator, found.id, wanted(cast), NOW)
    with pytest.raises(NotFound):
        begin_project(cast.other_dispatcher, found.id, wanted(cast), NOW)
    with pytest.raises(NotFound):
        begin_project(cast.dispatcher, found.id + 9, wanted(cast), NOW)
    with pytest.raises(Invalid) as wrong:
        begin_project(
            cast.dispatcher, found.id, replace(wanted(cast), cause="", ends_on=date(2025, 1, 1)), NOW
        )
    assert set(wrong.value.fields) == {"cause", "ends_on"}
    assert not Change.objects.filter(subject=Subject.PROJECT).exists()
    assert not Project.objects.exists()


def test_everybody_sees_their_own_area(cast: Cast, found: Recurrence, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        assert [one.id for one in recurrences_for(cast.dispatcher)] == [found.id]
    assert recurrences_for(cast.other_dispatcher) == []
    with pytest.raises(NotFound):
        recurrence_for(cast.other_dispatcher, found.id, NOW)
    with pytest.raises(NotFound):
        recurrences_for(cast.dispatcher, OTHER_STREET)
    assert len(recurrence_for(cast.dispatcher, found.id, NOW).cases) == 3


def test_a_post_within_one_body_reads_none(cast: Cast, found: Recurrence) -> None:
    within = actor("梁", 98, Role.STREET_LEADER, STREET, cast.water)
    with pytest.raises(Denied):
        recurrences_for(within)
    with pytest.raises(Denied):
        recurrence_for(within, found.id, NOW)


def test_a_project_is_finished_by_the_districts_own_day(cast: Cast, found: Recurrence) -> None:
    made = begin_project(cast.dispatcher, found.id, wanted(cast), NOW)
    early = datetime(2026, 5, 1, 16, 30, tzinfo=UTC)
    with pytest.raises(Invalid):
        finish_project(cast.dispatcher, made, date(2026, 5, 3), "换管完成", early)
    finish_project(cast.dispatcher, made, date(2026, 5, 2), "换管完成", early)
    assert Project.objects.get().finished_on == date(2026, 5, 2)
