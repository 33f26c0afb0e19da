"""The board: numbers that open to their cases, and many hurried at once."""

from datetime import timedelta

import pytest

from huying.access.roles import Role
from huying.cases.actions import fire_due
from huying.cases.models import Case, Entry
from tests.cast import MONDAY, OTHER_STREET, Cast
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
