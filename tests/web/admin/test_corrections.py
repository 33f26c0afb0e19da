"""What people taught about items: listed with whose it is, taken back with a reason, closed to others."""

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.kernel.clock import now
from huying.loop.allocate.actions import LearnedItem, learn_items
from huying.loop.allocate.models import ItemLesson
from tests.cast import DISTRICT, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAGE, UNDO = "/admin/corrections", "/admin/corrections/undo"


@pytest.fixture
def taught(cast: Cast) -> int:
    """Two words of a dispatcher; the account."""
    account = cast.dispatcher.account_id
    assert account is not None
    learn_items(DISTRICT, [LearnedItem(n, 2, now(), f"会唱歌的铁圈子{n}", "X1", account) for n in (1, 2)])
    return account


def standing() -> int:
    return ItemLesson.objects.filter(taken_back_at=None).count()


def test_a_correction_is_listed_and_taken_back_with_a_reason(cast: Cast, taught: int) -> None:
    admin = desk(Role.ADMINISTRATOR)
    assert "撤回" in admin.get(PAGE).content.decode()
    told = admin.post(UNDO, {"one": "1:2", "why": "看错了"}, follow=True).content.decode()
    assert "看错了" in told
    assert standing() == 1


def test_all_of_an_account_go_at_once(cast: Cast, taught: int) -> None:
    admin = desk(Role.ADMINISTRATOR)
    assert "全部 2 条" in admin.get(PAGE, {"account": taught}).content.decode()
    admin.post(UNDO, {"all": str(taught), "why": "账号被盗用"})
    assert standing() == 0


def test_the_button_counts_all_that_it_takes_back(cast: Cast, taught: int) -> None:
    learn_items(DISTRICT, [LearnedItem(n, 2, now(), f"铁圈子{n}", "X1", taught) for n in range(3, 504)])
    admin = desk(Role.ADMINISTRATOR)
    admin.post(UNDO, {"one": "1:2", "why": "看错了"})
    page = admin.get(PAGE, {"account": taught}).content.decode()
    assert "全部 502 条" in page
    assert "只列出最近的 500 条" in page
    admin.post(UNDO, {"all": str(taught), "why": "账号被盗用"})
    assert standing() == 0


@pytest.mark.parametrize(
    "asked",
    [
        {"one": "1:2", "why": ""},
        {"one": "9:9", "why": "没有"},
        {"one": "甲", "why": "x"},
        {},
        {"all": "-1", "why": "x"},
    ],
)
def test_what_cannot_be_taken_back_changes_nothing(cast: Cast, taught: int, asked: dict[str, str]) -> None:
    told = desk(Role.ADMINISTRATOR).post(UNDO, asked)
    assert told.status_code == 422
    assert f'value="{asked.get("why", "")}"' in told.content.decode()
    assert standing() == 2


def test_others_neither_see_nor_take_back(cast: Cast, taught: int) -> None:
    client: Client = desk(Role.SEAT)
    assert client.get(PAGE).status_code in {403, 404}
    assert client.post(UNDO, {"one": "1:2", "why": "x"}).status_code in {403, 404}
    assert standing() == 2


def test_the_page_asks_as_much_for_two_as_for_twenty(
    cast: Cast, taught: int, django_assert_max_num_queries: object
) -> None:
    admin = desk(Role.ADMINISTRATOR)
    learn_items(DISTRICT, [LearnedItem(n, 2, now(), f"铁圈子{n}", "X1", taught) for n in range(10, 28)])
    for query, most in (({}, 8), ({"account": taught}, 9)):
        admin.get(PAGE, query)
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            admin.get(PAGE, query)
