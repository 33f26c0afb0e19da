"""The board: numbers that open to their cases, and many hurried at once."""

import re
from datetime import timedelta

import pytest

from huying.access.roles import Role
from huying.cases.actions import advance, fire_due
from huying.cases.lifecycle import Verb
from huying.cases.models import Case, Entry
from huying.kernel import clock
from tests.cast import DISTRICT, MONDAY, OTHER_STREET, Cast
from tests.web.desks import desk
from tests.web.matters import counted, handled, number

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _late(cast: Cast) -> Case:
    """A case whose handling ran out long ago, warned about and counted."""
    case = handled(cast)
    now = MONDAY + timedelta(days=60)
    while fire_due(now):
        pass
    counted(now)
    return case


def test_late_cases_stand_on_the_board_and_open(cast: Cast) -> None:
    case, supervisor = _late(cast), desk(Role.SUPERVISOR)
    page = supervisor.get("/oversight/").content.decode()
    assert case.title in page
    assert "城市管理局" in page
    other = supervisor.get(f"/oversight/?body={cast.water}").content.decode()
    assert case.title not in other


def test_a_late_case_says_on_which_rung_it_stands_and_what_came_before(cast: Cast) -> None:
    case, supervisor = _late(cast), desk(Role.SUPERVISOR)
    sent = {"do": "remind", "case": number(case), "words": "请今天办结", "key": "a"}
    supervisor.post("/oversight/hurry", sent)
    row = supervisor.get("/oversight/").content.decode().split('data-label="阶梯">')[1].split("</td>")[0]
    assert row.startswith(("督办", "红牌超时"))
    assert "催办 1 次" in row
    assert "预警" in row


def test_what_is_nearly_late_is_counted_listed_soonest_first_and_may_be_hurried(cast: Cast) -> None:
    first, second, now = handled(cast), handled(cast), clock.now()
    for case, hours in ((first, 5), (second, 2)):
        due = now + timedelta(hours=hours)
        Case.objects.filter(id=case.id).update(
            warn_at=now - timedelta(hours=1), due_at=due, due_kind="handle"
        )
    page = desk(Role.SUPERVISOR).get("/oversight/?due=soon").content.decode()
    assert 'href="?due=soon#late"><span class="tile-label">快到时限</span><span class="tile-value">2<' in page
    listed = page.split('id="late"')[1]
    assert listed.index(number(second)) < listed.index(number(first))
    assert "处置 还剩" in listed
    assert 'value="remind"' in listed


def test_a_demand_and_its_answer_stand_in_the_list_of_orders(cast: Cast) -> None:
    case, supervisor = handled(cast), desk(Role.SUPERVISOR)
    at = MONDAY + timedelta(minutes=40)
    advance((DISTRICT, case.id), Verb.SUPERVISE, by=cast.supervisor, now=at, supervision="三日内办结")
    assert "三日内办结" in supervisor.get("/oversight/orders").content.decode()
    advance((DISTRICT, case.id), Verb.REPLY_SUPERVISION, by=cast.handler, now=at, note="已派人到场")
    assert number(case) not in supervisor.get("/oversight/orders").content.decode()
    done = supervisor.get("/oversight/orders?of=done").content.decode()
    assert "三日内办结" in done
    assert "已派人到场" in done
    assert "按时回复" in done
    other = desk(Role.STREET_LEADER, OTHER_STREET)
    assert number(case) not in other.get("/oversight/orders?of=done").content.decode()
    elsewhere = supervisor.get(f"/oversight/orders?of=done&area={OTHER_STREET}").text
    assert number(case) not in elsewhere
    assert 'type="hidden" name="of" value="done"' in elsewhere
    assert desk(Role.SEAT).get("/oversight/orders").status_code == 403


def test_the_paper_prints_numbers_and_not_what_is_behind_them(cast: Cast) -> None:
    _late(cast)
    page = desk(Role.SUPERVISOR).get("/oversight/?paper=1").content.decode()
    assert "/case/?" not in page


def test_the_board_of_another_street_is_empty(cast: Cast) -> None:
    case = _late(cast)
    page = desk(Role.STREET_LEADER, OTHER_STREET).get("/oversight/").content.decode()
    assert case.title not in page
    assert "没有超时的案件" in page


def test_many_are_reminded_and_a_refusal_stops_none(cast: Cast) -> None:
    case, supervisor = handled(cast), desk(Role.SUPERVISOR)
    sent = {"do": "remind", "case": [number(case), "990101-000999999"], "words": "请今天办结", "key": "a"}
    told = supervisor.post("/oversight/hurry", sent, follow=True).content.decode()
    assert "已催办 1 件" in told
    assert "1 件没有办成" in told
    assert Entry.objects.filter(case_id=case.id, verb="remind").count() == 1
    supervisor.post("/oversight/hurry", sent)
    assert Entry.objects.filter(case_id=case.id, verb="remind").count() == 1


def test_the_browser_asks_for_the_demand_before_what_is_ticked_is_lost(cast: Cast) -> None:
    _late(cast)
    page = desk(Role.SUPERVISOR).get("/oversight/").content.decode()
    assert re.search(r'<input[^>]* id="hurry-words"[^>]* required>', page)
    # To remind needs no words.
    assert 'value="remind" formnovalidate' in page


def test_supervision_needs_its_demand(cast: Cast) -> None:
    case, supervisor = handled(cast), desk(Role.SUPERVISOR)
    supervisor.post("/oversight/hurry", {"do": "supervise", "case": number(case), "key": "a"})
    assert not Entry.objects.filter(case_id=case.id, verb="supervise").exists()
    supervisor.post(
        "/oversight/hurry", {"do": "supervise", "case": number(case), "key": "a", "words": "限今天办结"}
    )
    assert Entry.objects.filter(case_id=case.id, verb="supervise").count() == 1


def test_who_may_only_remind_cannot_supervise(cast: Cast) -> None:
    case, seat = handled(cast), desk(Role.SEAT)
    told = seat.post(
        "/oversight/hurry",
        {"do": "supervise", "case": number(case), "words": "快办", "key": "a", "next": "/case/"},
        follow=True,
    ).content.decode()
    assert "没有办成" in told
    assert not Entry.objects.filter(case_id=case.id, verb="supervise").exists()


@pytest.mark.parametrize(
    "query", ["by=area", "by=item", "by=nonsense", "clock=handle", "area=990101001&body=x"]
)
def test_every_question_is_answered(cast: Cast, query: str) -> None:
    _late(cast)
    assert desk(Role.SUPERVISOR).get(f"/oversight/?{query}").status_code == 200


def test_the_board_is_read_in_few_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    _late(cast)
    supervisor = desk(Role.SUPERVISOR)
    supervisor.get("/oversight/")
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        supervisor.get("/oversight/")
