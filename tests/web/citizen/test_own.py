"""我的反映: what was said under a number, for whoever reads the message sent to it."""

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from huying.web.citizen import own
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PHONE = "13812346677"


@pytest.fixture(autouse=True)
def outbox(cast: Cast, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.HUYING_NOTICES = tmp_path / "out"
    # As if a gateway were there, while the messages lie in a file where the test reads them.
    monkeypatch.setattr(own, "goes_out", lambda way: True)
    return tmp_path / "out"


def _reported(phone: str, text: str) -> str:
    said = {"key": str(uuid4()), "text": text, "phone": phone}
    return str(Client().post("/report", said)["Location"]).rsplit("/", 1)[1]


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found
    return found[1]


def _code(outbox: Path) -> str:
    return outbox.read_text(encoding="utf-8").split("验证码是 ")[-1][:6]


def test_the_code_shows_all_that_was_said_under_the_number_and_nothing_else(outbox: Path) -> None:
    mine = [_reported(PHONE, f"我家门口第 {n} 盏灯不亮") for n in range(2)]
    other = _reported("13900001111", "别人家的事")
    client = Client()
    page = client.post("/mine", {"phone": "138 1234 6677"}).text
    given = {"phone": _hidden(page, "phone"), "challenge": _hidden(page, "challenge"), "code": _code(outbox)}
    page = client.post("/mine", given, follow=True).text
    assert all(f"/track/{number}" in page for number in mine)
    assert other not in page
    assert client.get(f"/track/{mine[0]}").status_code == 200


def test_a_wrong_code_opens_nothing_and_the_number_stays(outbox: Path) -> None:
    number = _reported(PHONE, "我家门口的灯不亮")
    client = Client()
    page = client.post("/mine", {"phone": PHONE}).text
    wrong = {"phone": PHONE, "challenge": _hidden(page, "challenge"), "code": "abc"}
    answer = client.post("/mine", wrong)
    assert answer.status_code == 400
    assert "验证码不对" in answer.text
    assert _hidden(answer.text, "phone") == PHONE
    assert client.get(f"/track/{number}").status_code == 302


def test_an_unknown_number_is_answered_alike_and_gets_no_message(outbox: Path) -> None:
    unknown = Client().post("/mine", {"phone": PHONE})
    assert unknown.status_code == 200
    assert "一分钟内会收到验证码" in unknown.text
    assert not outbox.exists()


@pytest.mark.parametrize("typed", ["", "12", "不是号码"])
def test_what_is_no_number_is_told_and_kept(typed: str) -> None:
    answer = Client().post("/mine", {"phone": typed})
    assert answer.status_code == 400
    assert 'class="error"' in answer.text


def test_asking_too_often_is_told() -> None:
    client = Client()
    client.post("/mine", {"phone": PHONE})
    assert "过一会儿再试" in client.post("/mine", {"phone": PHONE}).text


def test_no_message_is_promised_where_none_can_leave_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    for page in (Client().get("/mine").text, Client().post("/mine", {"phone": PHONE}).text):
        assert "短信还没有接通" in page
        assert "一分钟内会收到" not in page
