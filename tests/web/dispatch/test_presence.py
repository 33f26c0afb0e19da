"""Two dispatchers never decide on the same case unknowingly."""

from datetime import timedelta

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.cases.models import Case, Entry
from huying.kernel import clock
from huying.loop.allocate.models import Presence
from tests.cast import DISTRICT, OTHER_STREET, Cast
from tests.web.desks import desk
from tests.web.dispatch.test_desk import decision, number, said

COLLEAGUE = Role.DISTRICT_DISPATCHER.zh
pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def colleague(listed: Cast) -> Client:
    """A dispatcher of the whole district, who sees the street's cases too."""
    return desk(Role.DISTRICT_DISPATCHER)


def beat(client: Client, case_id: int, **more: str) -> str:
    answer = client.post(f"/dispatch/{number(case_id)}/presence", more)
    assert answer.status_code in {200, 204}
    return answer.content.decode()


def test_the_second_to_open_a_case_is_told_who_has_it(
    dispatcher: Client, colleague: Client, listed: Cast
) -> None:
    case = said(listed, "路口污水井盖丢失，很危险")
    assert "正在办" not in beat(dispatcher, case)
    assert "正在办这件" in beat(colleague, case)
    assert f"{COLLEAGUE}也打开了这件" in beat(dispatcher, case)
    assert "正在办这件" in colleague.get(f"/dispatch/{number(case)}").content.decode()


def test_the_list_says_who_has_what_and_the_next_case_is_a_free_one(
    dispatcher: Client, colleague: Client, listed: Cast
) -> None:
    first, second, third = (
        said(listed, text) for text in ("路口污水井盖丢失，很危险", "楼下烧烤油烟扰民", "路灯不亮")
    )
    beat(colleague, second)
    sent, page = decision(dispatcher, first)
    assert page.count(f"{COLLEAGUE}在办") == 1
    assert sent["next"].endswith(number(third))
    beat(colleague, first)
    assert f'data-case="{number(second)}"' in dispatcher.get("/dispatch/").content.decode()


def test_a_case_in_another_hand_is_dispatched_only_when_taken_over(
    dispatcher: Client, colleague: Client, listed: Cast
) -> None:
    case = said(listed, "路口污水井盖丢失，很危险")
    sent, _page = decision(dispatcher, case)
    beat(colleague, case)
    entries = Entry.objects.count()
    refused = dispatcher.post(f"/dispatch/{number(case)}/decision", sent)
    assert refused.status_code == 409
    page = refused.content.decode()
    assert f"{COLLEAGUE}正在办这件" in page
    assert "接过来，派出" in page
    assert f'value="{sent["body"]}" checked' in page
    assert Entry.objects.count() == entries
    assert dispatcher.post(f"/dispatch/{number(case)}/decision", sent | {"take": "1"}).status_code == 302
    assert Case.objects.get(id=case).state == "dispatched"


def test_taking_over_turns_it_round(dispatcher: Client, colleague: Client, listed: Cast) -> None:
    case = said(listed, "路灯不亮")
    beat(colleague, case)
    assert "正在办" not in beat(dispatcher, case, take="1")
    assert "正在办这件" in beat(colleague, case)


def test_leaving_or_falling_silent_frees_a_case(dispatcher: Client, colleague: Client, listed: Cast) -> None:
    case, other = said(listed, "路灯不亮"), said(listed, "路口污水井盖丢失，很危险")
    beat(colleague, case)
    beat(colleague, other, leave="1")
    assert "正在办这件" in beat(dispatcher, case)
    beat(colleague, case, leave="1")
    assert "正在办" not in beat(dispatcher, case)
    beat(colleague, other)
    Presence.objects.filter(name=COLLEAGUE).update(seen_at=clock.now() - timedelta(minutes=2))
    assert "正在办" not in beat(dispatcher, other)


def test_many_at_once_leaves_what_another_has_in_hand(
    dispatcher: Client, colleague: Client, listed: Cast
) -> None:
    case = said(listed, "路口污水井盖丢失，很危险")
    beat(colleague, case)
    answer = dispatcher.post("/dispatch/accept", {"case": number(case)}, follow=True)
    assert number(case) in answer.content.decode()
    assert Case.objects.get(id=case).state == "received"


def test_nobody_is_present_at_a_case_they_may_not_see(listed: Cast) -> None:
    case = said(listed, "路灯不亮")
    outsider = desk(Role.STREET_DISPATCHER, OTHER_STREET)
    assert outsider.post(f"/dispatch/{number(case)}/presence").status_code == 404
    assert Client().post(f"/dispatch/{number(case)}/presence").status_code == 302
    assert not Presence.objects.filter(district=DISTRICT).exists()
