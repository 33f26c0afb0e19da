"""A call at the seat's desk: written down once, filed or answered, its receipt read aloud."""

from uuid import uuid4

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.cases.models import Appeal, Case
from huying.kernel.numbers import receipt, spoken
from huying.people.models import Caller, Viewing
from tests.cast import GRID, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
CALL = {"text": "新华路边上有人乱倒建筑垃圾，堆了两天", "phone": "13800138000", "name": "王女士"}
REPLY = "经核实，您反映的办证时间是工作日上午九点到下午五点，已向您解释清楚。"


@pytest.fixture
def seat(cast: Cast) -> Client:
    return desk(Role.SEAT)


def _call(**more: str) -> dict[str, str]:
    return {**CALL, "key": str(uuid4()), "do": "keep", **more}


def test_a_call_is_kept_and_its_receipt_read_aloud(seat: Client) -> None:
    kept = seat.post("/seat/", _call(kind="complaint"))
    appeal = Appeal.objects.get()
    assert kept.status_code == 302
    assert (appeal.channel, appeal.kind, appeal.text) == ("hotline", "complaint", CALL["text"])
    page = seat.get(kept.headers["Location"]).content.decode()
    assert all(breath in page for breath in spoken(appeal.receipt).split("，"))
    assert "13800138000" not in page


def test_saving_twice_is_one_appeal(seat: Client) -> None:
    call = _call()
    first, second = seat.post("/seat/", call), seat.post("/seat/", call)
    assert first.headers["Location"] == second.headers["Location"]
    assert Appeal.objects.count() == 1


def test_an_answer_on_the_spot_closes_the_case(seat: Client) -> None:
    answered = seat.post("/seat/", _call(do="answer", reply=REPLY))
    assert answered.status_code == 302
    assert Case.objects.get().state == "closed"
    assert "并当场答复" in seat.get(answered.headers["Location"]).content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": ""}, "请写一下是什么事"),
        ({"phone": "12"}, "电话号码"),
        ({"do": "answer", "reply": ""}, "当场答复要写明答复内容"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    seat: Client, wrong: dict[str, str], says: str
) -> None:
    refused = seat.post("/seat/", _call(**wrong))
    page = refused.content.decode()
    assert refused.status_code == 400
    assert says in page
    assert "王女士" in page
    assert not Appeal.objects.exists()


def test_a_refused_answer_keeps_nothing(seat: Client) -> None:
    refused = seat.post("/seat/", _call(do="answer", reply=REPLY + "请打 13912345678"))
    assert refused.status_code == 400
    assert "不能出现手机号" in refused.content.decode()
    assert not Appeal.objects.exists()
    assert not Caller.objects.exists()


def test_who_rings_is_shown_masked_with_what_they_said_before_and_written_down(seat: Client) -> None:
    seat.post("/seat/", _call())
    found = seat.post("/seat/caller", {"phone": "138 0013 8000"}).content.decode()
    assert CALL["text"] in found
    assert "13800138000" not in found
    assert Viewing.objects.get().kind == "search"
    assert "第一次来电" in seat.post("/seat/caller", {"phone": "13900139000"}).content.decode()


def test_without_scripts_a_button_looks_up_and_keeps_the_form(seat: Client) -> None:
    seat.post("/seat/", _call())
    page = seat.post("/seat/", _call(do="look", text="还是那件事")).content.decode()
    assert "还是那件事" in page
    assert CALL["text"] in page
    assert Appeal.objects.count() == 1


def test_the_kind_follows_the_words_until_the_seat_chooses(seat: Client) -> None:
    first = seat.post("/seat/suggestions", {"text": "请问怎么办理居住证？"}).content.decode()
    assert 'value="inquiry" checked' in first
    said = {"text": "投诉楼下噪音扰民", "kind": "inquiry", "guessed": "inquiry"}
    assert 'value="complaint" checked' in seat.post("/seat/suggestions", said).content.decode()
    said["kind"] = "thanks"
    assert 'value="thanks" checked' in seat.post("/seat/suggestions", said).content.decode()


def test_a_receipt_is_shown_to_those_who_may_see_its_case(seat: Client, cast: Cast) -> None:
    kept = seat.post("/seat/", _call()).headers["Location"]
    worker = desk(Role.GRID_WORKER, GRID, cast.street_body)
    assert worker.get(kept).status_code == 404
    assert seat.get(f"/seat/receipts/{receipt()}").status_code == 404
    assert seat.get("/seat/receipts/123456789012").status_code == 400


def test_the_desk_asks_little_of_the_database(seat: Client, django_assert_max_num_queries: object) -> None:
    seat.get("/seat/")
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        seat.get("/seat/")
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        seat.post("/seat/suggestions", {"text": CALL["text"], "place_text": "新华路"})
