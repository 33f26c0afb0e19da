"""A caller who asks about a matter: it is read to them, its body hurried, or one more caller put to it."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from huying.access.roles import Role
from huying.cases.actions import advance
from huying.cases.lifecycle import Verb
from huying.cases.models import Appeal, Case, Entry
from huying.cases.queries.desks import shift
from huying.kernel import clock
from huying.kernel.numbers import case_number
from tests.cast import DISTRICT, GRID, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TEXT = "新华路边上有人乱倒建筑垃圾，堆了两天"
REPLY = "经核实，您反映的办证时间是工作日上午九点到下午五点，已向您解释清楚。"


@pytest.fixture
def seat(cast: Cast) -> Client:
    return desk(Role.SEAT)


def _call(seat: Client, **more: str) -> Appeal:
    said = {"text": TEXT, "phone": "13800136644", "key": str(uuid4()), "do": "keep", **more}
    assert seat.post("/seat/", said).status_code == 302
    return Appeal.objects.latest("id")


def _number() -> str:
    return case_number(DISTRICT, Case.objects.latest("id").id)


def test_a_receipt_typed_in_any_way_is_told_with_the_end_of_the_number_to_ask_for(seat: Client) -> None:
    receipt = _call(seat).receipt
    for typed in (receipt, f"{receipt[:4]} {receipt[4:8]}-{receipt[8:]}"):
        page = seat.post("/seat/matter", {"of": typed}).content.decode()
        assert "收到了，正在受理" in page
        assert "6644" in page
        assert "13800136644" not in page


def test_a_slip_in_a_receipt_and_a_number_of_nobody_are_said(seat: Client) -> None:
    assert "可能输错" in seat.post("/seat/matter", {"of": "123456789012"}).content.decode()
    assert "没有" in seat.post("/seat/matter", {"of": f"{DISTRICT}-000999999"}).content.decode()


def test_a_seat_of_another_place_is_told_nothing(seat: Client, cast: Cast) -> None:
    receipt = _call(seat).receipt
    worker = desk(Role.GRID_WORKER, GRID, cast.street_body)
    assert TEXT not in worker.post("/seat/matter", {"of": receipt}).content.decode()
    assert worker.post("/seat/reminders", {"case": _number()}).status_code == 403


def test_a_body_is_hurried_once_with_the_callers_words(seat: Client) -> None:
    receipt = _call(seat).receipt
    said = {"case": _number(), "of": receipt, "remind_words": "又打电话来催，今晚还睡不着", "version": "1"}
    for _ in range(2):
        assert "已催办" in seat.post("/seat/reminders", said).content.decode()
    assert Entry.objects.filter(verb="remind").count() == 1
    page = seat.get(f"/case/{_number()}").content.decode()
    assert "今晚还睡不着" in page


def test_two_matters_of_one_version_are_both_hurried(seat: Client) -> None:
    _call(seat)
    first = _number()
    _call(seat, text="公园路的路灯三天不亮了，晚上看不清路")
    assert _number() != first
    for number in (first, _number()):
        said = {"case": number, "of": number, "version": "1"}
        assert "已催办" in seat.post("/seat/reminders", said).content.decode()
    assert Entry.objects.filter(verb="remind").values("case_id").distinct().count() == 2


def test_what_is_closed_is_not_hurried(seat: Client) -> None:
    receipt = _call(seat, do="answer", reply=REPLY).receipt
    page = seat.post("/seat/matter", {"of": receipt}).content.decode()
    assert "已办结" in page
    assert "data-remind" not in page
    assert "data-join" not in page
    again = seat.post("/seat/reminders", {"case": _number(), "of": receipt}).content.decode()
    assert "已催办" not in again
    assert not Entry.objects.filter(verb="remind").exists()


def test_who_rings_about_an_open_case_is_put_to_it_with_a_receipt_of_their_own(seat: Client) -> None:
    first = _call(seat)
    number = _number()
    key = str(uuid4())
    second = _call(seat, text="还是那堆垃圾，没人来", phone="13900139000", join=number, key=key)
    assert first.receipt != second.receipt
    assert Case.objects.get(state="received").appeals == 2
    assert Case.objects.get(state="merged").merged_into == Case.objects.get(state="received").id
    told = seat.get(f"/seat/receipts/{second.receipt}").content.decode()
    assert number in told
    assert "现在共 2 位诉求人" in told
    _call(seat, text="还是那堆垃圾，没人来", phone="13900139000", join=number, key=key)
    assert Appeal.objects.count() == 2


def test_a_join_sent_again_after_the_case_was_closed_is_the_join_that_was_kept(
    seat: Client, cast: Cast
) -> None:
    _call(seat)
    number, first = _number(), Case.objects.latest("id").id
    said = {"text": "还是那堆垃圾", "phone": "13900139000", "join": number, "key": str(uuid4())}
    kept = _call(seat, **said)
    advance((DISTRICT, first), Verb.ANSWER, by=cast.seat, now=clock.now(), reply=REPLY)
    assert Case.objects.get(id=first).state == "closed"
    assert _call(seat, **said).receipt == kept.receipt
    assert Appeal.objects.count() == 2


def test_a_case_that_is_closed_by_now_is_not_joined_and_nothing_typed_is_lost(seat: Client) -> None:
    _call(seat, do="answer", reply=REPLY)
    said = {
        "text": "还是那堆垃圾",
        "phone": "13900139000",
        "key": str(uuid4()),
        "do": "keep",
        "join": _number(),
    }
    refused = seat.post("/seat/", said)
    page = refused.content.decode()
    assert refused.status_code in {400, 409}
    assert "已经办结" in page
    assert "还是那堆垃圾" in page
    assert Appeal.objects.count() == 1


def test_the_day_so_far_is_counted_and_opens_to_its_calls(seat: Client) -> None:
    _call(seat)
    number = _number()
    _call(seat, do="answer", reply=REPLY, text="办证时间是几点")
    _call(seat, join=number, text="还是那堆垃圾")
    head = seat.get("/seat/").content.decode()
    assert '登记 <strong class="number">3</strong>' in head
    assert '当场答复 <strong class="number">1</strong>' in head
    every = seat.get("/seat/today").content.decode()
    assert every.count("<tr data-href") == 3
    answered = seat.get("/seat/today?ended=answered").content.decode()
    assert answered.count("<tr data-href") == 1
    assert "办证时间是几点" in answered
    assert seat.get("/seat/today?ended=joined").content.decode().count("<tr data-href") == 1


def test_a_day_longer_than_a_page_is_counted_as_it_is_listed(
    seat: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shift, "MOST", 2)
    for word in ("一", "二", "三", "四", "五"):
        _call(seat, text=f"第{word}堆建筑垃圾没有人清")
    page, seen = "?", list[str]()
    while page:
        told = seat.get(f"/seat/today{page}").content.decode()
        assert "共 5 件" in told
        seen += re.findall(r"第.堆", told)
        after = re.search(r'rel="next" href="([^"]+)"', told)
        page = after[1].replace("&amp;", "&") if after else ""
    assert sorted(set(seen)) == sorted({f"第{word}堆" for word in "一二三四五"})


def test_the_help_names_the_keys_of_the_line_only_where_there_is_one(seat: Client) -> None:
    assert "Alt+Y" not in seat.get("/seat/").content.decode()
