"""约谈 and 解除督办 through the pages: recorded on a case, listed for whoever supervises, seen by nobody beside."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huying.access.roles import Role
from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.cases.models import Case, Interview, Supervision
from huying.kernel import clock
from tests.cast import DISTRICT, OTHER_STREET, STREET, Cast
from tests.web.calling.test_calling import take, way
from tests.web.case.pages import hidden, text
from tests.web.desks import desk
from tests.web.oversight.test_board import handled

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def spoken(cast: Cast, case: Case, talk: str = "两次没有按期回复") -> None:
    now = clock.now()
    advance(
        (DISTRICT, case.id), Verb.INTERVIEW, by=cast.leader, now=now, body=cast.urban, interviewed="城管中队 王队长",
        held_at=now - timedelta(hours=1), talk=talk, rectification="每日清运两次",
        promise_until=now + timedelta(days=3),
    )  # fmt: skip


def test_a_leader_records_a_talk_and_it_stands_in_the_list(cast: Cast) -> None:
    case, leader = handled(cast), desk(Role.STREET_LEADER, STREET)
    given = {
        "body": str(cast.urban), "interviewed": "城管中队 王队长", "held_at": "2026-03-02T10:00",
        "talk": "两次没有按期回复",
        "rectification": "每日清运两次", "promise_until": (clock.now() + timedelta(days=3)).date().isoformat(),
    }  # fmt: skip
    assert take(leader, way(case, Verb.INTERVIEW), **given) == 302
    assert Interview.objects.get().case_id == case.id
    listed = leader.get("/oversight/interviews").text
    for words in ("王队长", "两次没有按期回复", "每日清运两次", "整改中", "城市管理局"):
        assert words in listed
    assert "王队长" in leader.get(f"/oversight/interviews?body={cast.urban}").text
    assert "没有符合条件的约谈" in leader.get(f"/oversight/interviews?body={cast.water}").text


def test_a_record_half_written_comes_back_with_what_was_typed(cast: Cast) -> None:
    case, leader = handled(cast), desk(Role.STREET_LEADER, STREET)
    at = way(case, Verb.INTERVIEW)
    given = {
        "body": str(cast.urban),
        "interviewed": "王队长",
        "held_at": "2026-03-02T10:00",
        "talk": "谈话内容在此",
    }
    page = leader.post(at, hidden(text(leader.get(at))) | given | {"rectification": "每日清运两次"})
    assert page.status_code == 400
    assert "整改要求和整改期限要一起写。" in page.text
    assert "谈话内容在此" in page.text
    assert not Interview.objects.exists()


def test_a_demand_is_lifted_on_the_page_and_stays_on_record(cast: Cast) -> None:
    case, supervisor = handled(cast), desk(Role.SUPERVISOR)
    advance((DISTRICT, case.id), Verb.SUPERVISE, by=cast.leader, now=clock.now(), supervision="三日内办结")
    assert take(supervisor, way(case, Verb.LIFT), reason="已当面说清") == 302
    assert Supervision.objects.get().lifted_at is not None
    assert "三日内办结" not in supervisor.get("/oversight/orders").text
    done = supervisor.get("/oversight/orders?of=done").text
    assert "三日内办结" in done
    assert "已当面说清" in done
    assert "已解除" in done


def test_a_demand_made_again_waits_alone(cast: Cast) -> None:
    case, supervisor = handled(cast), desk(Role.SUPERVISOR)
    ref = (DISTRICT, case.id)
    advance(ref, Verb.SUPERVISE, by=cast.supervisor, now=clock.now(), supervision="先前那次要求")
    advance(ref, Verb.LIFT, by=cast.supervisor, now=clock.now(), reason="发错了")
    advance(ref, Verb.SUPERVISE, by=cast.supervisor, now=clock.now(), supervision="后来这次要求")
    waiting = supervisor.get("/oversight/orders").text
    assert "后来这次要求" in waiting
    assert "先前那次要求" not in waiting


def test_another_street_and_who_has_no_board_see_no_talk(cast: Cast) -> None:
    spoken(cast, handled(cast))
    assert "王队长" not in desk(Role.STREET_LEADER, OTHER_STREET).get("/oversight/interviews").text
    assert desk(Role.SEAT).get("/oversight/interviews").status_code == 403


def test_the_list_asks_no_more_for_many_than_for_one(cast: Cast) -> None:
    supervisor = desk(Role.SUPERVISOR)
    spoken(cast, handled(cast))
    supervisor.get("/oversight/interviews")
    with CaptureQueriesContext(connection) as one:
        supervisor.get("/oversight/interviews")
    for number in range(8):
        spoken(cast, handled(cast), f"第 {number} 次谈话")
    with CaptureQueriesContext(connection) as many:
        assert "第 7 次谈话" in supervisor.get("/oversight/interviews").text
    assert len(many) == len(one) <= 20
