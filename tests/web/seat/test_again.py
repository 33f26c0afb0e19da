"""The same caller about the same matter: shown to the seat once the number was looked up, which is written down."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, receive
from huying.cases.models import Entry
from huying.cases.tasks import index_words
from huying.kernel import clock
from huying.people.actions import ensure_callers
from huying.people.models import Viewing
from tests.cast import DISTRICT, GRID, STREET, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PHONE = "13812345678"
TEXT = "春风路38号门口下水道堵了，污水漫到路上"


@pytest.fixture
def seat(cast: Cast) -> Client:
    caller = ensure_callers(DISTRICT, [("张小三", PHONE)], clock.now())[0]
    new = NewAppeal(text=TEXT, channel="hotline", area=GRID, caller_id=caller, place_text="春风路38号")
    receive(DISTRICT, [new], by=cast.system, now=clock.now() - timedelta(hours=5))
    return desk(Role.SEAT)


def _looked_up(seat: Client, phone: str = PHONE) -> str:
    page = seat.post("/seat/caller", {"phone": phone}).content.decode()
    found = re.search(r'name="looked_up" value="([^"]+)"', page)
    return found[1] if found else ""


def _suggested(seat: Client, **sent: str) -> str:
    return seat.post(
        "/seat/suggestions", {"text": TEXT, "place_text": "春风路38号", "phone": PHONE, **sent}
    ).content.decode()


def test_what_this_caller_said_before_is_shown_after_a_look_up_that_is_written_down(seat: Client) -> None:
    assert "同一来电人" not in _suggested(seat)
    before = Viewing.objects.count()
    sealed = _looked_up(seat)
    assert Viewing.objects.count() == before + 1
    page = _suggested(seat, looked_up=sealed)
    assert "同一来电人" in page
    assert "没有新情况" in page
    fresh = _suggested(seat, looked_up=sealed, text=f"{TEXT}，昨晚有老人在那里滑倒摔断了腿")
    assert "这次新说了" in fresh
    assert "老人" in fresh


def test_nobody_is_shown_by_a_made_up_or_borrowed_seal(seat: Client) -> None:
    sealed = _looked_up(seat)
    for sent in (
        {"looked_up": "1"},
        {"looked_up": sealed[:-2]},
        {"looked_up": sealed, "phone": "13900000000"},
    ):
        assert "同一来电人" not in _suggested(seat, **sent)
    assert "同一来电人" not in _suggested(desk(Role.SEAT, STREET), looked_up=sealed)


@pytest.mark.parametrize(
    "text", ["", "路", "😀", "a" * 50_000, "路口井盖没了" * 8_000, "<b>' OR 1=1 --", "\x00\u200b"]
)
def test_whatever_is_typed_is_answered(seat: Client, text: str) -> None:
    assert seat.post("/seat/suggestions", {"text": text, "place_text": text[:200]}).status_code == 200


def test_advice_is_given_while_an_answer_is_written(seat: Client) -> None:
    said = seat.post(
        "/seat/reply-check", {"text": TEXT, "reply": "下水道问题已转相关部门处理。"}
    ).content.decode()
    assert "<mark>下水道问题已转相关部门处理。</mark>" in said
    assert seat.post("/seat/reply-check", {"text": TEXT, "reply": ""}).content.decode().strip() == ""


def test_a_grid_worker_who_writes_a_matter_down_sees_the_same_before_sending_it(seat: Client) -> None:
    entries = list(Entry.objects.filter(district=DISTRICT))
    index_words(DISTRICT, entries, clock.now())  # type: ignore[arg-type]
    worker = desk(Role.GRID_WORKER, GRID)
    said = {"text": TEXT, "place_text": "春风路38号"}
    assert "可能是同一件事" in worker.post("/seat/suggestions", said).content.decode()
    assert "可能是同一件事" in worker.post("/seat/", {**said, "do": "look"}).content.decode()
    other = desk(Role.GRID_WORKER, "990101002001001")
    assert "可能是同一件事" not in other.post("/seat/suggestions", said).content.decode()
