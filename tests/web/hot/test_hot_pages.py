"""Hot issues through their pages: list, map, curve, settling, and what is refused."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, receive
from huying.kernel import clock
from huying.people.actions import NewPost
from huying.prevent.hot_issues.actions import consolidate
from huying.prevent.hot_issues.models import Heard, HotIssue
from huying.prevent.hot_issues.queries import issues
from huying.prevent.hot_issues.queries.lexicons import forget_lexicons
from tests.cast import DISTRICT, GRID, OTHER_STREET, STREET, Cast
from tests.prevent.hot_issues.test_finding import MIXING, QUIET, detail
from tests.web.desks import desk, named_streets

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HOT = "/insight/hot/"


@pytest.fixture
def issue(cast: Cast) -> HotIssue:
    forget_lexicons()
    now = clock.now() - timedelta(hours=2)
    news = [
        NewAppeal(
            text=each + detail(each),
            title=each,
            channel="web",
            kind="complaint",
            area=GRID,
            lon=114.3,
            lat=22.7,
        )
        for each in MIXING
    ]
    receive(DISTRICT, [NewAppeal(text=each, channel="web") for each in QUIET], by=cast.system, now=now)
    receive(DISTRICT, news, by=cast.system, now=now)
    consolidate(DISTRICT, clock.now())
    return HotIssue.objects.get()


def test_the_list_ranks_maps_and_opens_to_the_cases(cast: Cast, issue: HotIssue) -> None:
    reader = desk(Role.STREET_LEADER, STREET)
    page = reader.get(HOT).text
    assert issue.title in page
    assert 'data-map="hot-map"' in page
    one = reader.get(f"{HOT}{issue.id}").text
    assert all(text in one for text in MIXING)
    assert 'data-chart="issue-curve"' in one
    assert issue.title in desk(Role.SUPERVISOR).get("/export/hot-issues?format=csv").text


def test_another_street_finds_nothing_there(cast: Cast, issue: HotIssue) -> None:
    stranger = desk(Role.STREET_LEADER, OTHER_STREET)
    assert issue.title not in stranger.get(HOT).text
    assert stranger.get(f"{HOT}{issue.id}").status_code == 404


def test_an_address_nobody_would_write_breaks_nothing(cast: Cast, issue: HotIssue) -> None:
    reader = desk(Role.SUPERVISOR)
    assert reader.get(f"{HOT}?days=x&state=y&area=z").status_code == 200
    assert reader.get(f"{HOT}{issue.id + 99}").status_code == 404


def test_what_is_no_issue_is_dismissed_with_a_reason_and_comes_back(cast: Cast, issue: HotIssue) -> None:
    dispatcher = desk(Role.DISTRICT_DISPATCHER)
    settle = f"{HOT}{issue.id}/settle"
    refused = dispatcher.post(settle, {"do": "dismiss", "reason": ""})
    assert refused.status_code == 400
    assert "请写理由" in refused.text
    assert dispatcher.post(settle, {"do": "dismiss", "reason": "已经停工"}).status_code == 302
    assert issue.title not in dispatcher.get(HOT).text
    assert issue.title in dispatcher.get(f"{HOT}?state=dismissed").text
    assert "不是热点</ins>" in dispatcher.get(f"{HOT}{issue.id}").text
    assert "改动记录" not in desk(Role.STREET_LEADER, STREET).get(f"{HOT}{issue.id}").text
    assert "已经停工" in desk(Role.AUDITOR).get("/admin/audit/changes?subject=hot_issue").text
    assert dispatcher.post(settle, {"do": "reopen"}).status_code == 302
    assert issue.title in dispatcher.get(HOT).text


def test_cases_are_split_off_and_merged_back_with_what_was_typed_kept(cast: Cast, issue: HotIssue) -> None:
    dispatcher = desk(Role.DISTRICT_DISPATCHER)
    settle = f"{HOT}{issue.id}/settle"
    refused = dispatcher.post(settle, {"do": "split", "reason": "另一处"})
    assert refused.status_code == 400
    assert "另一处</textarea>" in refused.text
    two = list(Heard.objects.filter(issue_id=issue.id).values_list("case_id", flat=True)[:2])
    made = dispatcher.post(settle, {"do": "split", "reason": "另一处", "cases": two})
    number = int(made.headers["Location"].rsplit("/", 1)[1])
    assert Heard.objects.filter(issue_id=number).count() == 2
    assert dispatcher.post(settle, {"do": "merge", "reason": "同一处", "into": "x"}).status_code == 400
    assert dispatcher.post(settle, {"do": "merge", "reason": "同一处", "into": number}).status_code == 302
    assert Heard.objects.filter(issue_id=number).count() == 4
    assert "看并入的问题" in dispatcher.get(f"{HOT}{issue.id}").text


def test_a_reader_may_not_settle(cast: Cast, issue: HotIssue) -> None:
    assert desk(Role.SUPERVISOR).post(f"{HOT}{issue.id}/settle", {"do": "dismiss"}).status_code == 403
    street = desk(Role.STREET_DISPATCHER, STREET)
    assert street.post(f"{HOT}{issue.id}/settle", {"do": "dismiss", "reason": "x"}).status_code == 403
    assert HotIssue.objects.get().settled_at is None


def test_streets_are_offered_that_can_be_asked_for(cast: Cast, issue: HotIssue) -> None:
    named_streets()
    whole = desk(Role.SUPERVISOR).get(HOT).text
    assert f'value="{OTHER_STREET}"' in whole
    two = desk(Role.STREET_LEADER, STREET, None, NewPost(Role.STREET_LEADER, OTHER_STREET))
    offered = two.get(HOT).text
    for street in (STREET, OTHER_STREET):
        assert f'value="{street}"' in offered
        assert two.get(HOT, {"area": street}).status_code == 200
    one = desk(Role.STREET_LEADER, STREET).get(HOT).text
    assert 'name="days"' in one
    assert 'name="area"' not in one


def test_the_cases_of_an_issue_are_paged_with_their_true_number(
    cast: Cast, issue: HotIssue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issues, "PAGE", 3)
    dispatcher = desk(Role.DISTRICT_DISPATCHER)
    page = dispatcher.get(f"{HOT}{issue.id}")
    assert "本页 3 件，共 4 件" in page.text
    assert "本页每一件在哪里" in page.text
    after = page.context["pager"].next
    behind = dispatcher.get(f"{HOT}{issue.id}{after}")
    assert "本页 1 件，共 4 件" in behind.text
    shown = [row.line.id for each in (page, behind) for row in each.context["rows"]]
    assert sorted(shown) == sorted(Heard.objects.filter(issue_id=issue.id).values_list("case_id", flat=True))
    assert not behind.context["pager"].next
    refused = dispatcher.post(f"{HOT}{issue.id}/settle{after}", {"do": "split", "cases": shown[3]})
    assert refused.status_code == 400
    assert f'value="{shown[3]}" checked' in refused.text
    assert dispatcher.get(f"{HOT}{issue.id}?after=x").status_code == 400


def test_pages_ask_few_questions(cast: Cast, issue: HotIssue) -> None:
    reader = desk(Role.SUPERVISOR)
    reader.get(HOT)
    with CaptureQueriesContext(
        connection,
    ) as list_page:
        reader.get(HOT)
    with CaptureQueriesContext(connection) as one_page:
        reader.get(f"{HOT}{issue.id}")
    assert len(list_page) <= 12
    assert len(one_page) <= 15
