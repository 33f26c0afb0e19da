"""Recurring problems through their pages: list, map, curve; a project begun, edited, finished, measured."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.kernel import clock
from huying.prevent.hot_issues.queries.lexicons import forget_lexicons
from huying.prevent.recurring.actions import find
from huying.prevent.recurring.models import Project, Recurrence
from tests.cast import DISTRICT, OTHER_STREET, STREET, Cast
from tests.prevent.recurring.test_projects import blocked
from tests.web.desks import desk, named_streets

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LIST = "/insight/recurring/"
# The district alone is named in the cast, and its list holds no such item.
TITLE, SAID = "呼应区 · X1", "下水道又堵了"


@pytest.fixture
def found(cast: Cast) -> Recurrence:
    forget_lexicons()
    for weeks in (20, 15, 10):
        blocked(cast, clock.now() - timedelta(weeks=weeks))
    find(DISTRICT, clock.now())
    return Recurrence.objects.get()


def typed(cast: Cast, **other: object) -> dict[str, object]:
    return {
        "name": "雨污分流改造", "body_id": cast.water, "owner": "李工", "cause": "管径太小", "measure": "换管",
        "cost": "区财政 30 万元", "starts_on": "2025-01-01", "ends_on": "2025-06-01", **other,
    }  # fmt: skip


def test_the_list_maps_what_comes_again_and_opens_to_its_cases(cast: Cast, found: Recurrence) -> None:
    reader = desk(Role.STREET_LEADER, STREET)
    page = reader.get(LIST).text
    assert TITLE in page
    assert 'data-map="recurring-map"' in page
    assert SAID not in page
    one = reader.get(f"{LIST}{found.id}").text
    assert SAID in one
    assert one.count("list-title") == 3
    assert "立治理项目" in one
    taken = desk(Role.SUPERVISOR).get("/export/recurring?format=csv").text
    assert TITLE in taken
    assert SAID not in taken
    other = desk(Role.STREET_LEADER, OTHER_STREET)
    assert TITLE not in other.get(LIST).text
    assert other.get(f"{LIST}{found.id}").status_code == 404


def test_streets_are_offered_that_can_be_asked_for(cast: Cast, found: Recurrence) -> None:
    named_streets()
    assert f'value="{OTHER_STREET}"' in desk(Role.SUPERVISOR).get(LIST).text
    one = desk(Role.STREET_LEADER, STREET).get(LIST).text
    assert "青石街道 · X1" in one
    assert 'name="area"' not in one


def test_a_project_goes_from_its_beginning_to_its_effect(cast: Cast, found: Recurrence) -> None:
    dispatcher = desk(Role.STREET_DISPATCHER, STREET)
    form = dispatcher.get(f"{LIST}{found.id}/begin").text
    assert f'value="{TITLE}"' in form
    assert SAID not in form
    made = dispatcher.post(f"{LIST}{found.id}/begin", typed(cast))
    number = Project.objects.get().id
    assert made.headers["Location"] == f"{LIST}projects/{number}"
    assert dispatcher.post(f"{LIST}{found.id}/begin", typed(cast)).status_code == 409
    assert dispatcher.post(f"{LIST}projects/{number}/edit", typed(cast, owner="王工")).status_code == 302
    assert "王工" in dispatcher.get(f"{LIST}projects").text
    ended = {"on": "2025-06-01", "outcome": "换管完成"}
    assert dispatcher.post(f"{LIST}projects/{number}/finish", ended).status_code == 302
    page = dispatcher.get(f"{LIST}projects/{number}").text
    assert "件数太少，还说不准" in page
    assert "王工</ins>" in page
    assert "雨污分流改造" in desk(Role.SUPERVISOR).get("/export/projects?format=csv").text


def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(cast: Cast, found: Recurrence) -> None:
    dispatcher = desk(Role.STREET_DISPATCHER, STREET)
    refused = dispatcher.post(f"{LIST}{found.id}/begin", typed(cast, cause="", ends_on="2024-01-01"))
    assert refused.status_code == 400
    assert "区财政 30 万元" in refused.text
    late = dispatcher.post(f"{LIST}{found.id}/begin", typed(cast, ends_on="2024-01-01"))
    assert "结束不能早于开始" in late.text
    assert not Project.objects.exists()


def test_who_may_not_run_projects_changes_nothing(cast: Cast, found: Recurrence) -> None:
    assert desk(Role.EVALUATOR).post(f"{LIST}{found.id}/begin", typed(cast)).status_code == 403
    other = desk(Role.STREET_DISPATCHER, OTHER_STREET)
    assert other.post(f"{LIST}{found.id}/begin", typed(cast)).status_code == 404
    assert not Project.objects.exists()


def test_pages_ask_few_questions(cast: Cast, found: Recurrence) -> None:
    reader = desk(Role.SUPERVISOR)
    reader.get(LIST)
    with CaptureQueriesContext(connection) as listed:
        reader.get(LIST)
    with CaptureQueriesContext(connection) as one:
        reader.get(f"{LIST}{found.id}")
    assert len(listed) <= 12
    assert len(one) <= 14
