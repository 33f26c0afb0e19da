"""What a phone keeps for when there is no signal: all that the page asks for, and nobody's data."""

import io
import json
import re
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image

from huying.web.citizen.shell import modules
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def _shell() -> list[str]:
    code = Client().get("/worker.js").text
    found: list[str] = json.loads(re.findall(r"^const SHELL = (.*);$", code, re.MULTILINE)[0])
    return found


def test_everything_the_shell_names_is_there(cast: Cast) -> None:
    for address in _shell():
        assert Client().get(address).status_code == 200, address


def test_it_holds_every_script_and_style_of_the_page_it_opens(cast: Cast) -> None:
    page = Client().get("/offline").text
    asked = re.findall(r'(?:<script[^>]* src|<link rel="stylesheet" href)="([^"]+)"', page)
    assert asked
    assert set(asked) <= set(_shell())
    assert {"resident.js", "offline.js", "within.js", "photos.js"} <= set(modules())
    assert "pin.js" not in modules()


def test_the_kept_page_speaks_of_nobody_even_to_somebody_known(cast: Cast) -> None:
    client = Client()
    said = {"key": str(uuid4()), "text": "只有我自己知道的事", "phone": "13812346677"}
    number = client.post("/report", said)["Location"].rsplit("/", 1)[1]
    client.post(f"/track/{number}/withdrawal")
    page = client.get("/offline").text
    assert "已撤回" not in page
    assert "只有我自己知道的事" not in page
    assert number not in page
    assert "已撤回" in client.get("/").text


def test_a_report_that_waited_is_answered_with_its_number(cast: Cast) -> None:
    client, said = Client(), {"key": str(uuid4()), "text": "没信号时写的事"}
    answers = [client.post("/report", said, headers={"accept": "application/json"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert client.get(answers[0].json()["at"]).status_code == 200
    wrong = client.post("/report", {**said, "phone": "12"}, headers={"accept": "application/json"})
    assert wrong.status_code == 400
    assert "电话号码不对" in wrong.json()["errors"]["phone"][0]


@pytest.mark.parametrize(("language", "first"), [("en", "Report something"), ("zh-hans", "我要反映")])
def test_a_phone_is_told_all_it_needs_to_install_the_page(cast: Cast, language: str, first: str) -> None:
    client = Client()
    client.cookies["django_language"] = language
    told = client.get("/manifest.webmanifest").json()
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}
    assert told["shortcuts"][0]["name"] == told["screenshots"][0]["label"] == first
    for picture in [*told["icons"], *told["screenshots"]]:
        size = Image.open(io.BytesIO(client.get(picture["src"]).getvalue())).size
        assert picture["sizes"] == f"{size[0]}x{size[1]}"
    for shortcut in told["shortcuts"]:
        assert client.get(shortcut["url"]).status_code == 200
