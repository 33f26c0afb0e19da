"""A caller says on the track of a receipt that they want no messages, and takes it back; nobody says it for them."""

from typing import Any

import pytest
from django.test import Client

from huying.cases.actions import NewAppeal, receive
from huying.chat.models import SmsStop
from huying.chat.queries.stopping import mark
from huying.kernel import clock
from huying.notices.models import OptOut
from huying.people.actions import ensure_callers
from tests.cast import DISTRICT, GRID, Cast


def _receipt(cast: Cast, phone: str) -> str:
    caller = ensure_callers(DISTRICT, [("", phone)], clock.now())[0]
    new = NewAppeal(text="路灯不亮", channel="web", area=GRID, caller_id=caller)
    return receive(DISTRICT, [new], by=cast.system, now=clock.now())[0].receipt


def _holder(receipt: str, tail: str) -> Client:
    client = Client()
    client.post("/track", {"receipt": receipt, "tail": tail})
    return client


def _text(answer: Any) -> str:
    return str(answer.content.decode())


def test_no_more_messages_and_messages_again(cast: Cast) -> None:
    receipt = _receipt(cast, "13812346677")
    holder = _holder(receipt, "6677")
    assert "不再给我发短信" in _text(holder.get(f"/track/{receipt}"))
    for _ in range(2):
        assert holder.post(f"/track/{receipt}/messages", {"want": "no"}).status_code == 302
    assert OptOut.objects.count() == 1
    assert "重新给我发短信" in _text(holder.get(f"/track/{receipt}"))
    holder.post(f"/track/{receipt}/messages", {"want": "yes"})
    assert not OptOut.objects.exists()


def test_a_number_that_stopped_by_short_message_takes_it_back_itself(cast: Cast) -> None:
    receipt = _receipt(cast, "13812346677")
    holder = _holder(receipt, "6677")
    SmsStop.objects.create(
        district=DISTRICT, number=mark(DISTRICT, "13812346677"), person_id=1, since=clock.now()
    )
    assert "您已选择不接收短信" in _text(holder.get(f"/track/{receipt}"))
    told = _text(holder.post(f"/track/{receipt}/messages", {"want": "yes"}, follow=True))
    assert "请用它回一条短信" in told
    assert SmsStop.objects.filter(until=None).exists()


@pytest.mark.parametrize("tail", ["", "0000"])
def test_nobody_else_decides(cast: Cast, tail: str) -> None:
    receipt = _receipt(cast, "13812346677")
    assert _holder(receipt, tail).post(f"/track/{receipt}/messages", {"want": "no"}).status_code == 404
    assert not OptOut.objects.exists()


def test_who_left_no_mobile_is_asked_nothing(cast: Cast) -> None:
    receipt = _receipt(cast, "")
    assert "发短信" not in _text(_holder(receipt, "").get(f"/track/{receipt}"))
