"""我的反映: what was said under a number, for whoever reads the message sent to it."""

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PHONE = "13812346677"


@pytest.fixture(autouse=True)
def outbox(cast: Cast, settings: Any, tmp_path: Path) -> Path:
    settings.HUYING_NOTICES = tmp_path / "out"
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


@pytest.mark.parametrize(
    "asked", [{}, {"phone": PHONE}, {"phone": PHONE, "challenge": "made up", "code": "123456"}]
)
def test_where_no_code_can_arrive_nobody_is_asked_for_a_number(settings: Any, asked: dict[str, str]) -> None:
    settings.HUYING_NOTICES = None
    page = (Client().post("/mine", asked) if asked else Client().get("/mine")).text
    assert "现在不能用电话号码查" in page
    assert 'name="phone"' not in page
    assert 'href="/track"' in page


def test_no_page_sends_anybody_to_a_code_that_cannot_arrive(settings: Any) -> None:
    assert 'href="/mine"' in Client().get("/track").text
    assert "凭回执号或电话" in Client().get("/").text
    settings.HUYING_NOTICES = None
    assert 'href="/mine"' not in Client().get("/track").text
    assert "凭回执号或电话" not in Client().get("/").text


def test_who_develops_reads_the_code_in_the_log(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    settings.HUYING_NOTICES, settings.DEBUG = None, True
    _reported(PHONE, "我家门口的灯不亮")
    with caplog.at_level("INFO", "huying.notices"):
        assert "一分钟内会收到验证码" in Client().post("/mine", {"phone": PHONE}).text
    assert "验证码是" in caplog.text
