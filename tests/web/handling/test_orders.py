"""My orders: what my unit has, how long there is, and one press to sign."""

import pytest

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import ClockKind, Verb
from huying.cases.models import Order
from huying.cases.queries.lists.own_orders import own_orders
from huying.kernel import clock
from huying.kernel.numbers import case_number
from tests.cast import DISTRICT, GRID, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def sent(cast: Cast, text: str, *assists: int) -> int:
    """The number of a case given to 城市管理局."""
    new = NewAppeal(text=text, channel="web", kind="complaint", area=GRID)
    case_id = receive(DISTRICT, [new], by=cast.system, now=clock.now())[0].case_id
    ref = (DISTRICT, case_id)
    advance(ref, Verb.FILE, by=cast.dispatcher, now=clock.now(), item="X1")
    facts = {"body": cast.urban, "assists": list(assists)} if assists else {"body": cast.urban}
    advance(ref, Verb.DISPATCH, by=cast.dispatcher, now=clock.now(), **facts)
    return case_id


def test_each_unit_sees_its_own_orders(cast: Cast) -> None:
    sent(cast, "春风路垃圾没人收")
    sent(cast, "井盖积水，路灯也坏了", cast.water)
    urban = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban).get("/handling/").content.decode()
    water = desk(Role.DEPARTMENT_HANDLER, body_id=cast.water).get("/handling/").content.decode()
    housing = desk(Role.DEPARTMENT_HANDLER, body_id=cast.housing).get("/handling/").content.decode()
    assert "春风路垃圾" in urban
    assert "井盖积水" in urban
    assert "春风路垃圾" not in water
    assert "协办" in water
    assert "没有待签收的工单" in housing


def test_ticked_orders_are_signed_and_move_to_the_next_list(cast: Cast) -> None:
    numbers = [case_number(DISTRICT, sent(cast, text)) for text in ("春风路垃圾没人收", "秋月路垃圾没人收")]
    client = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    answer = client.post("/handling/sign", {"case": numbers}, follow=True)
    assert "已签收 2 件" in answer.content.decode()
    assert set(Order.objects.values_list("state", flat=True)) == {"signed"}
    assert "没有待签收的工单" in client.get("/handling/?tab=sent").content.decode()
    assert "还没联系" in client.get("/handling/?tab=handling").content.decode()
    again = client.post("/handling/sign", {"case": numbers}, follow=True)
    assert "2 件没有签收" in again.content.decode()


def test_the_list_opens_on_the_first_tab_that_has_an_order(cast: Cast) -> None:
    case_id = sent(cast, "春风路垃圾没人收")
    client = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    assert client.get("/handling/").status_code == 200
    advance((DISTRICT, case_id), Verb.SIGN, by=cast.handler, now=clock.now())
    assert client.get("/handling/?q=垃圾", follow=True).redirect_chain == [
        ("/handling/?q=%E5%9E%83%E5%9C%BE&tab=handling", 302)
    ]
    # Who asks for a list gets that one, empty or not.
    asked = client.get("/handling/?tab=sent")
    assert asked.status_code == 200
    assert "没有待签收的工单" in asked.content.decode()


def test_a_strangers_order_is_not_signed(cast: Cast) -> None:
    number = case_number(DISTRICT, sent(cast, "春风路垃圾没人收"))
    desk(Role.DEPARTMENT_HANDLER, body_id=cast.water).post("/handling/sign", {"case": [number]})
    assert Order.objects.get().state == "sent"


def test_the_clock_shown_is_the_units_own(cast: Cast) -> None:
    case_id = sent(cast, "井盖积水，路灯也坏了", cast.water)
    advance((DISTRICT, case_id), Verb.SIGN, by=cast.handler, now=clock.now())
    mine = own_orders(cast.helper, [case_id], clock.now())[case_id]
    assert mine.body_id == cast.water
    assert mine.due_kind is ClockKind.SIGN
    theirs = own_orders(cast.handler, [case_id], clock.now())[case_id]
    assert theirs.due_kind is not ClockKind.SIGN


def test_the_case_beside_the_list_says_what_to_do(cast: Cast) -> None:
    number = case_number(DISTRICT, sent(cast, "春风路垃圾没人收"))
    client = desk(Role.DEPARTMENT_HANDLER, body_id=cast.urban)
    page = client.get(f"/handling/{number}").content.decode()
    assert f'action="/case/{number}/steps/sign' in page
    assert 'class="button button-first" aria-keyshortcuts="g">签收 <kbd>g</kbd>' in page


def test_who_belongs_to_no_unit_is_told_why_the_list_is_empty(cast: Cast) -> None:
    page = desk(Role.GRID_WORKER, GRID).get("/handling/").content.decode()
    assert "您的岗位不属于任何单位" in page
