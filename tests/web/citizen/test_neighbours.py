"""附近有人反映过同样的事: what a resident is told, and what joining does."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client

from huying.access.roles import Role
from huying.cases.actions import NewAppeal, advance, receive
from huying.cases.lifecycle import Verb
from huying.cases.models import Appeal, Case, CaseAppeal
from huying.catalogue.actions import load_starter
from huying.kernel import clock
from huying.kernel.numbers import case_number
from huying.loop.allocate.actions.deciding import allocate
from tests.cast import DISTRICT, GRID, Cast
from tests.web.desks import desk

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TEXT = "春风路的路灯不亮，晚上黑得很"
AT = {"lon": "114.3000", "lat": "22.7000"}


@pytest.fixture
def street_lamp(cast: Cast) -> str:
    """The number of an open case about a lamp at the place of AT, told by somebody else."""
    began = clock.now() - timedelta(hours=3)
    load_starter(cast.system, DISTRICT, began)
    new = NewAppeal(
        text="王大妈家门口路灯坏了", channel="web", kind="complaint", area=GRID, lon=114.3, lat=22.7
    )
    kept = receive(DISTRICT, [new], by=cast.system, now=began)[0]
    advance((DISTRICT, kept.case_id), Verb.FILE, by=cast.dispatcher, now=began, item=_item())
    return case_number(DISTRICT, kept.case_id)


def _item() -> str:
    from huying.loop.allocate.queries import suggest_items

    return suggest_items(DISTRICT, [TEXT], 1)[0][0].code


def _asked(**given: str) -> str:
    return Client().post("/report/neighbours", {"text": TEXT, **AT, **given}).text


def _sent(client: Client, **given: str) -> str:
    answer = client.post("/report", {"key": str(uuid4()), "text": TEXT, **AT, **given})
    assert answer.status_code == 302, answer.text[:1000]
    return str(answer["Location"]).rsplit("/", 1)[1]


@pytest.fixture(autouse=True)
def anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cast's district has no outline: every point counts as lying in the grid of the case."""
    from huying.web.citizen import where

    monkeypatch.setattr(
        where,
        "locate_point",
        lambda code, lon, lat: type("Found", (), {"code": GRID})() if lat < 23 else None,
    )


def test_who_writes_of_the_same_thing_close_by_is_told_and_reads_nobodys_words(street_lamp: str) -> None:
    page = _asked()
    assert f'data-join="{street_lamp}"' in page
    assert "王大妈" not in page


@pytest.mark.parametrize(
    "given",
    [{"lat": "22.7200"}, {"text": "楼上半夜装修太吵"}, {"text": "路灯"}, {"lat": ""}],
    ids=["elsewhere", "another matter", "too few words", "no place"],
)
def test_what_is_elsewhere_or_something_else_is_not_shown(street_lamp: str, given: dict[str, str]) -> None:
    assert "data-join" not in _asked(**given)


def test_what_was_told_in_confidence_is_not_shown(street_lamp: str) -> None:
    Case.objects.update(kind="report")
    assert "data-join" not in _asked()


def test_one_tap_makes_the_report_one_more_caller_with_an_own_receipt(street_lamp: str) -> None:
    client = Client()
    number = _sent(client, join=street_lamp)
    page = client.get(f"/receipt/{number}").text
    assert "一起办" in page
    appeal = Appeal.objects.get(receipt=number)
    link = CaseAppeal.objects.get(appeal_id=appeal.id, until=None)
    assert case_number(DISTRICT, link.case_id) == street_lamp
    assert Case.objects.get(id=link.case_id).appeals == 2
    assert TEXT in client.get(f"/track/{number}").text
    assert "王大妈" not in client.get(f"/track/{number}").text


def test_joining_twice_is_joining_once(street_lamp: str) -> None:
    client, key = Client(), str(uuid4())
    first = _sent(client, join=street_lamp, key=key)
    assert _sent(client, join=street_lamp, key=key) == first
    client.post(f"/receipt/{first}/join", {"case": street_lamp})
    assert Case.objects.get(merged_into=None).appeals == 2


def test_what_was_closed_meanwhile_is_refused_and_the_report_stands(cast: Cast, street_lamp: str) -> None:
    case = Case.objects.get()
    facts = {"reply": "您好，路灯已修好，感谢您的反映。"}
    advance((DISTRICT, case.id), Verb.ANSWER, by=cast.dispatcher, now=clock.now(), **facts)
    client = Client()
    number = _sent(client, join=street_lamp)
    assert "已单独受理" in client.get(f"/receipt/{number}").text
    assert Case.objects.get(state="received").appeals == 1


def test_nobody_joins_what_was_not_offered(cast: Cast, street_lamp: str) -> None:
    other = receive(DISTRICT, [NewAppeal(text="别的事", channel="web")], by=cast.system, now=clock.now())[0]
    client = Client()
    for wanted in (case_number(DISTRICT, other.case_id), "990199-000000001", "不是号"):
        number = _sent(client, join=wanted)
        assert CaseAppeal.objects.filter(appeal_id=Appeal.objects.get(receipt=number).id).count() == 1


def test_without_scripts_the_receipt_offers_it_and_only_its_holder_may(street_lamp: str) -> None:
    client = Client()
    number = _sent(client, phone="13812346677")
    assert f'value="{street_lamp}"' in client.get(f"/receipt/{number}").text
    assert Client().post(f"/receipt/{number}/join", {"case": street_lamp}).status_code == 404
    client.post(f"/receipt/{number}/join", {"case": street_lamp})
    assert Case.objects.get(merged_into=None).appeals == 2
    assert "就是这事" not in client.get(f"/receipt/{number}").text


def test_the_automatic_allocation_leaves_alone_what_was_joined(street_lamp: str) -> None:
    _sent(Client(), join=street_lamp)
    joined = Case.objects.get(state="merged")
    allocate(DISTRICT, [joined.id], clock.now())
    assert Case.objects.get(id=joined.id).state == "merged"


def test_who_asks_without_end_is_not_answered_any_more(street_lamp: str, monkeypatch: Any) -> None:
    cache.clear()
    monkeypatch.setattr("huying.web.citizen.writing.views._MOST_ASKED", 2)
    client = Client()
    asked = [client.post("/report/neighbours", {"text": TEXT, **AT}).status_code for _ in range(3)]
    assert asked == [200, 200, 429]


def test_a_grid_worker_is_told_before_sending_what_a_resident_is_and_opens_nothing(
    cast: Cast, street_lamp: str
) -> None:
    said = {"text": TEXT, "spot": f"{AT['lon']},{AT['lat']}"}
    worker = desk(Role.GRID_WORKER, GRID, cast.street_body)
    page = worker.post("/seat/suggestions", said).text
    assert "附近有人反映过" in page
    assert street_lamp in page
    assert "王大妈" not in page
    assert worker.get(f"/case/{street_lamp}").status_code == 404
    assert "附近有人反映过" not in worker.post("/seat/suggestions", {**said, "text": "楼上半夜装修太吵"}).text
    assert "附近有人反映过" not in desk(Role.SEAT).post("/seat/suggestions", said).text
